import Foundation
import Glibc

/// A small HTTP client on a bare socket: one connection a request, every byte as it was given.
struct WebClient: Sendable {
    let port: UInt16
    /// For sending and for each piece of the answer.
    var timeoutSeconds = 20

    /// - Throws: ``Failure`` when no whole answer came: the request may have been carried out all the same.
    func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = []
    ) throws -> WebAnswer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if method != "GET" { head += "Content-Length: \(body.count)\r\n" }
        let received = try exchange(Array((head + "\r\n").utf8) + body)
        guard let answer = WebAnswer(bytes: received) else {
            throw Failure("\(method) \(path): the connection ended before the answer did")
        }
        return answer
    }

    /// Sends bytes as they are, ends its side, and takes what comes until the server closes.
    func exchangeAndClose(_ bytes: [UInt8]) throws -> [UInt8] { try exchange(bytes, endsAfter: true) }

    private func exchange(_ bytes: [UInt8], endsAfter: Bool = false) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw failure("no socket") }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        guard withLoopback(port, { connect(descriptor, $0, $1) }) == 0 else { throw failure("no connection") }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A server that refuses early closes its end; its answer may be there all the same.
            guard count > 0 else { break }
            sent += count
        }
        if endsAfter { shutdown(descriptor, Int32(SHUT_WR)) }
        return try receive(descriptor)
    }

    private func receive(_ descriptor: Int32) throws -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while received.count < WebAnswer.bytesMax {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return received }
            guard count > 0 else {
                if received.isEmpty { throw failure("no answer") }
                return received
            }
            received += buffer[..<count]
        }
        throw Failure("the answer of port \(port) is over \(WebAnswer.bytesMax) bytes")
    }

    private func failure(_ what: String) -> Failure {
        Failure("\(what) at port \(port): \(String(cString: strerror(errno)))")
    }
}
