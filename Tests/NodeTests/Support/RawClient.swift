import Foundation
import Glibc
import Standards

/// What a node answered, as it came over the socket.
struct RawAnswer: Sendable {
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]

    var json: JSONValue { (try? JSONValue(parsing: body, sizeLimit: 64 << 20)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
    var isProblem: Bool {
        headers["content-type"] == "application/problem+json" && json["status"]?.intValue == status
            && json["title"]?.stringValue?.isEmpty == false && json["detail"]?.stringValue?.isEmpty == false
    }
}

/// Speaks HTTP over a socket of its own, so that a test may send what a well-behaved client would not.
enum RawClient {
    struct Failure: Error { let what: String }

    /// Longer than anything here takes; a node that hangs fails the test and does not hang it.
    private static let secondsMax = 30

    static func send(
        port: UInt16, _ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) throws -> RawAnswer {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        let descriptor = try connect(port)
        defer { close(descriptor) }
        write(Array((head + "\r\n").utf8) + (body ?? []), to: descriptor)
        return try answer(read(descriptor))
    }

    private static func connect(_ port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "no socket") }
        var limit = timeval(tv_sec: secondsMax, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else {
            close(descriptor)
            throw Failure(what: "not connected: \(errno)")
        }
        return descriptor
    }

    /// A node may answer and close before it has read a body that is too large.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private static func read(_ descriptor: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static func answer(_ bytes: [UInt8]) throws -> RawAnswer {
        let end = Array("\r\n\r\n".utf8)
        guard let place = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
            throw Failure(what: "no answer")
        }
        let lines = String(decoding: bytes[..<place], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure(what: "no status")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return RawAnswer(status: status, headers: headers, body: Array(bytes[(place + 4)...]))
    }
}
