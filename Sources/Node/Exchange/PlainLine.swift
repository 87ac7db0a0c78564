import Dispatch
import Foundation
import Glibc
import HTTP
import Replication

/// The hub over plain HTTP, on connections of our own.
///
/// URLSession on Linux keeps asking the system whether it may write for as long as a request is unanswered, which for
/// a poll that is held without end costs a good part of a core.
final class PlainLine: HubLine {
    private let base: String
    private let queue = DispatchQueue(label: "tributary.plain-line", attributes: .concurrent)

    init(base: String) { self.base = base }

    func close() {}

    func post(
        _ path: String, headers: [String: String], body: [UInt8], seconds: Double,
        completion: @escaping @Sendable (Result<HubReply, any Error>) -> Void
    ) {
        guard let url = URL(string: base + path), let host = url.host, url.scheme == "http" else {
            return completion(
                .failure(NodeError(.badConfiguration, "\(base) is not a URL.", remedy: "Correct the hub's address.")))
        }
        let port = UInt16(exactly: url.port ?? 80) ?? 80
        let base = base
        // Looking a name up may block.
        queue.async {
            guard let numeric = Self.look(up: host), let address = try? SocketAddress(host: numeric, port: port) else {
                return completion(.failure(HubClient.unreachable(base, "its name is not known here", isUnsent: true)))
            }
            var request = ClientRequest(.post, Self.target(of: url), body: body)
            for (name, value) in headers.sorted(by: { $0.key < $1.key }) { request.headers[name] = value }
            ClientCall.send(
                request, to: address, host: "\(host):\(port)", bodyBytesMax: ReplicationLimits.bytesInFrame,
                connectSeconds: Double(ExchangeRequest.Lane.connectMilliseconds) / 1_000, deadlineSeconds: seconds
            ) { result in
                completion(
                    result.map { HubReply(status: $0.head.status.code, body: $0.body) }
                        .mapError { HubClient.unreachable(base, $0.reason, isUnsent: $0.isUnsent) as any Error })
            }
        }
    }

    private static func target(of url: URL) -> String {
        let parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
        let path = parts?.percentEncodedPath ?? ""
        return (path.isEmpty ? "/" : path) + (parts?.percentEncodedQuery.map { "?\($0)" } ?? "")
    }

    /// The first numeric address of a name; the name itself if it is one.
    private static func look(up host: String) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(found) }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = getnameinfo(
            first.pointee.ai_addr, first.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        return status == 0
            ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
