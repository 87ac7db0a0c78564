import Glibc
import HTTP

/// One connection to a node on this machine that asks again and again: what a request costs without connecting.
final class LoopbackClient {
    private static let chunkBytes = 1 << 16
    private static let headEnd = Array("\r\n\r\n".utf8)

    private let descriptor: Int32
    private let address: NodeAddress

    init(_ address: NodeAddress) throws {
        self.address = address
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, Self.connect(descriptor, to: address.socket.port) else {
            throw Self.failure(address, "it does not take the connection")
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func connect(_ descriptor: Int32, to port: UInt16) -> Bool {
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return withUnsafeBytes(of: &place) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { list in
                Glibc.connect(descriptor, list.baseAddress, socklen_t(bytes.count)) == 0
            }
        }
    }

    /// Reads something and waits for the whole answer.
    /// - Returns: how long the body is, in bytes.
    @discardableResult
    func get(_ target: String) throws -> Int {
        let request =
            "GET \(target) HTTP/1.1\r\nHost: \(address.host)\r\nAuthorization: Bearer \(address.token)\r\n"
            + "Tributary-Actor: bench\r\n\r\n"
        guard
            Array(request.utf8).withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, 0) }) == request.utf8.count
        else { throw Self.failure(address, "it closed the connection") }
        var answer: [UInt8] = []
        var (headLength, whole): (Int?, Int) = (nil, .max)
        while answer.count < whole {
            try read(into: &answer)
            guard headLength == nil, let end = Self.end(ofHeadIn: answer) else { continue }
            let head = String(decoding: answer[..<end], as: UTF8.self)
            guard head.hasPrefix("HTTP/1.1 2") else {
                throw Self.failure(address, "it answered \(target) with \(head.prefix { $0 != "\r\n" })")
            }
            headLength = end
            whole = end + Self.bodyLength(head)
        }
        return answer.count - (headLength ?? 0)
    }

    private func read(into answer: inout [UInt8]) throws {
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        guard !chunk.isEmpty else { throw Self.failure(address, "it closed the connection") }
        answer += chunk
    }

    private static func end(ofHeadIn answer: [UInt8]) -> Int? {
        var from = answer.startIndex
        while let found = answer[from...].firstIndex(of: headEnd[0]) {
            if answer[found...].starts(with: headEnd) { return found + headEnd.count }
            from = found + 1
        }
        return nil
    }

    private static func bodyLength(_ head: String) -> Int {
        for line in head.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-length" {
                return Int(parts[1].filter { $0 != " " }) ?? 0
            }
        }
        return 0
    }

    private static func failure(_ address: NodeAddress, _ reason: String) -> CommandError {
        CommandError(.no, "measure \(address.url)", reason: reason, remedy: "look into the node's log")
    }
}
