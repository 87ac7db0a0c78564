import Foundation
import HTTP

/// Where a node listens, and what it wants to hear from whoever calls.
struct NodeAddress: Hashable, Sendable {
    /// The port of an address that names none.
    static let usualPort: UInt16 = 80

    /// As the operator or the node wrote it, without a slash at the end.
    let url: String
    let socket: SocketAddress
    /// For the Host field.
    let host: String
    /// The bearer token of its API.
    let token: String

    /// - Throws: when the text is no address of a node: the API is spoken on this machine, without TLS, and a name is
    ///   not looked up.
    init(_ text: String, token: String) throws {
        guard let url = URL(string: text), url.scheme == "http", let host = url.host, url.user == nil,
            url.path.isEmpty || url.path == "/", url.query == nil, url.fragment == nil,
            let port = url.port.map({ UInt16(exactly: $0) }) ?? Self.usualPort,
            let socket = try? SocketAddress(host: Self.withoutBrackets(host), port: port)
        else {
            throw CommandError.usage("`\(text)` is not the address of a node", "write it as http://127.0.0.1:7071")
        }
        guard !token.isEmpty, !token.utf8.contains(where: { $0 < 0x21 || $0 > 0x7E }) else {
            throw CommandError.usage("the token is empty or has characters that none has", "copy it again")
        }
        self.url = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.socket = socket
        self.host = socket.description
        self.token = token
    }

    private static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}
