import Foundation
import Glibc
import Replication
import Synchronization

/// What sits at the hub's address: it passes everything on to the hub, or answers something strange instead.
final class StrangeHub: Sendable {
    enum Mode: Sendable {
        case honest
        /// These bytes, and then the end.
        case says(@Sendable () -> [UInt8])
        /// These bytes over and over, with a pause between, until the other side has had enough.
        case repeats(start: String, then: [UInt8], pauseMilliseconds: Int)
        /// The hub's own answer, altered.
        case alters(@Sendable (inout ExchangeAnswer) -> Void)
        /// Polls are answered at once like this, and the rest is passed on.
        case answersPolls(@Sendable (ExchangeRequest) -> ExchangeAnswer)
        /// The body of the hub's own answer, damaged.
        case damages(@Sendable ([UInt8]) -> [UInt8])
    }

    private struct State {
        var mode = Mode.honest
        var requests = 0
        var isOver = false
    }

    let port: UInt16
    private let hub: WebClient
    private let listener: Int32
    private let state = Mutex(State())

    init(hub port: UInt16) throws {
        hub = WebClient(port: port, timeoutSeconds: 30)
        self.port = try FreePort.next()
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard listener >= 0, withLoopback(self.port, { bind(listener, $0, $1) }) == 0, listen(listener, 64) == 0 else {
            throw Failure("no strange hub at port \(self.port)")
        }
        Thread.detachNewThread { self.accept() }
    }

    /// - Returns: from now on no request is answered otherwise.
    func turn(_ mode: Mode) {
        state.withLock { state in
            state.mode = mode
            state.requests = 0
        }
    }

    /// Requests since it turned.
    var requests: Int { state.withLock { $0.requests } }

    func close() {
        state.withLock { $0.isOver = true }
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    private func accept() {
        while !state.withLock({ $0.isOver }) {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            var limit = timeval(tv_sec: 60, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            Thread.detachNewThread {
                self.serve(descriptor)
                Glibc.close(descriptor)
            }
        }
    }

    private func serve(_ descriptor: Int32) {
        guard let request = receive(descriptor) else { return }
        let mode = state.withLock { state in
            state.requests += 1
            return state.mode
        }
        switch mode {
        case .honest: pass(request, descriptor) { $0 }
        case .damages(let damage): pass(request, descriptor, damage)
        case .alters(let alter):
            pass(request, descriptor) { body in
                guard var answer = try? ExchangeAnswer(encoded: body) else { return body }
                alter(&answer)
                return answer.encoded
            }
        case .answersPolls(let answer):
            if request.path.hasSuffix("poll"), let poll = try? ExchangeRequest(encoded: request.body) {
                _ = send(Self.response(200, answer(poll).encoded), descriptor)
            } else {
                pass(request, descriptor) { $0 }
            }
        case .says(let bytes): _ = send(bytes(), descriptor)
        case .repeats(let start, let piece, let pause):
            guard send(Array(start.utf8), descriptor) else { return }
            while send(piece, descriptor), !state.withLock({ $0.isOver }) { Moment.pause(milliseconds: pause) }
        }
    }

    /// The request's head and body.
    private func receive(_ descriptor: Int32) -> (path: String, headers: [(String, String)], body: [UInt8])? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                let headers = lines.dropFirst().compactMap { line -> (String, String)? in
                    let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                    return parts.count == 2 ? (parts[0], parts[1]) : nil
                }
                let length = headers.first { $0.0.lowercased() == "content-length" }.flatMap { Int($0.1) } ?? 0
                if bytes.count - end.upperBound >= length {
                    let path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? "/"
                    let kept = headers.filter { ["authorization", "content-type"].contains($0.0.lowercased()) }
                    return (path, kept, Array(bytes[end.upperBound...].prefix(length)))
                }
            }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    private func pass(
        _ request: (path: String, headers: [(String, String)], body: [UInt8]), _ descriptor: Int32,
        _ change: ([UInt8]) -> [UInt8]
    ) {
        guard let answer = try? hub.send("POST", request.path, headers: request.headers, body: request.body) else {
            return
        }
        _ = send(Self.response(answer.status, change(answer.body)), descriptor)
    }

    static func response(_ status: Int, _ body: [UInt8], type: String = "application/octet-stream") -> [UInt8] {
        Array(
            "HTTP/1.1 \(status) Said\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    private func send(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
