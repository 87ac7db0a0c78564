import Glibc

/// A numeric IPv4 or IPv6 address with a port.
public struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as text, such as `127.0.0.1` or `::1`.
    public let host: String
    public let port: UInt16

    /// - Parameter host: numeric, or `localhost`, which is taken as 127.0.0.1. Other names are refused, since looking
    ///   them up would block.
    public init(host: String, port: UInt16) throws(HTTPError) {
        let numeric = host == "localhost" ? "127.0.0.1" : host
        guard Self.bytes(AF_INET, numeric) != nil || Self.bytes(AF_INET6, numeric) != nil else {
            throw HTTPError(
                .invalidAddress, status: .internalServerError, subject: "socket address",
                reason: "The host is neither a numeric address nor localhost.", advice: "Give an address in digits.")
        }
        self.host = numeric
        self.port = port
    }

    private init(numericHost: String, port: UInt16) {
        host = numericHost
        self.port = port
    }

    public var description: String {
        host.utf8.contains(ByteRules.colon) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    var family: CInt {
        host.utf8.contains(ByteRules.colon) ? AF_INET6 : AF_INET
    }

    /// Calls with the system's form of the address.
    func withSystemForm<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        var storage = sockaddr_storage()
        let bytes = Self.bytes(family, host) ?? []
        let length = withUnsafeMutableBytes(of: &storage) { raw in
            if family == AF_INET {
                var form = sockaddr_in()
                form.sin_family = sa_family_t(AF_INET)
                form.sin_port = port.bigEndian
                withUnsafeMutableBytes(of: &form.sin_addr) { $0.copyBytes(from: bytes) }
                withUnsafeBytes(of: form) { raw.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in>.size
            }
            var form = sockaddr_in6()
            form.sin6_family = sa_family_t(AF_INET6)
            form.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &form.sin6_addr) { $0.copyBytes(from: bytes) }
            withUnsafeBytes(of: form) { raw.copyMemory(from: $0) }
            return MemoryLayout<sockaddr_in6>.size
        }
        return withUnsafeBytes(of: storage) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { list in
                guard let address = list.baseAddress else { preconditionFailure("an address is never empty") }
                return body(address, socklen_t(length))
            }
        }
    }

    /// Reads what the system wrote; nil for other families.
    static func read(_ fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Void) -> Self? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { fill($0, &length) }
        }
        return withUnsafeBytes(of: storage) { raw in
            switch CInt(storage.ss_family) {
            case AF_INET:
                var form = raw.loadUnaligned(as: sockaddr_in.self)
                return Self(numericHost: text(AF_INET, &form.sin_addr), port: UInt16(bigEndian: form.sin_port))
            case AF_INET6:
                var form = raw.loadUnaligned(as: sockaddr_in6.self)
                return Self(numericHost: text(AF_INET6, &form.sin6_addr), port: UInt16(bigEndian: form.sin6_port))
            default:
                return nil
            }
        }
    }

    private static func text(_ family: CInt, _ address: UnsafeRawPointer) -> String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(family, address, &buffer, socklen_t(buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func bytes(_ family: CInt, _ host: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
        return inet_pton(family, host, &bytes) == 1 ? bytes : nil
    }
}
