import Foundation
import Glibc
import HTTP

/// Where a request comes from, as far as that can be known.
public struct ClientAddress: Hashable, Sendable {
    /// Without the port; as it is recorded.
    public let text: String
    /// What is counted together: an IPv4 address, or the 64 bits of an IPv6 network, of which one person has many.
    /// In hexadecimal digits.
    public let group: String
    /// Sent by this machine, and not on behalf of another.
    public let isLocal: Bool
    /// Whether it came over TLS to a server in front of this one, on this machine.
    public let cameOverTLS: Bool

    /// - Parameter remote: the connection's other end, such as `127.0.0.1:50312` or `[::1]:50312`.
    public init(_ headers: Headers, from remote: String) {
        let direct = Self.withoutPort(remote)
        let isLoopback = direct.hasPrefix("127.") || direct == "::1" || direct == "::ffff:127.0.0.1"
        // Only a server in front of this node, on this machine, is believed about whom it speaks for.
        let forwarded = isLoopback ? headers.listTokens("X-Forwarded-For").last : nil
        let shown = forwarded ?? direct
        let bytes = Self.bytes(shown)
        text = bytes == nil ? direct : shown
        group = bytes.map { Secrets.hex(Array($0.prefix(8))) } ?? direct
        isLocal = isLoopback && !headers.contains("X-Forwarded-For") && !headers.contains("Forwarded")
        cameOverTLS = isLoopback && headers.listTokens("X-Forwarded-Proto") == ["https"]
    }

    private static func withoutPort(_ remote: String) -> String {
        if remote.hasPrefix("[") { return String(remote.dropFirst().prefix { $0 != "]" }) }
        return String(remote.prefix { $0 != ":" })
    }

    /// An address as its 4 or 16 bytes; nil when it is none.
    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &sixteen) { Array($0) }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }
}
