import Foundation

/// Where events are sent: http or https, a host, and nothing that hides who is meant.
struct CallbackAddress {
    let isSecure: Bool
    let host: String
    let port: UInt16
    /// With the query.
    let target: String

    init(_ text: String) throws {
        guard text.utf8.count <= Subscription.callbackBytesMax, let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil,
            let port = UInt16(exactly: parts.port ?? (scheme == "https" ? 443 : 80)), port > 0,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw NodeError(
                .badRequest,
                "callback is not an address that events can be sent to.",
                remedy: "Send an http or https URL of at most \(Subscription.callbackBytesMax) bytes, without a name, "
                    + "password or fragment.")
        }
        isSecure = scheme == "https"
        self.host = host
        self.port = port
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        target = path + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }

    var origin: String { "\(isSecure ? "https" : "http")://\(host):\(port)" }
}
