import Foundation
import Glibc
import Standards
import Synchronization

/// Listens to a node's stream of events on a thread of its own, over HTTP/1.0, and keeps what it hears of each ticket.
final class EventTap: Sendable {
    private struct State {
        var begun = false
        var tickets: [String: JSONValue] = [:]
    }

    private let state = Mutex(State())

    init(_ node: TestNode) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard withLoopback(node.client.port, { connect(descriptor, $0, $1) }) == 0 else {
            throw Failure("no connection")
        }
        let request = Array("GET /api/events HTTP/1.0\r\nAuthorization: Bearer \(node.token)\r\n\r\n".utf8)
        send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
        Thread.detachNewThread { self.listen(descriptor) }
        try Moment.wait(for: "the stream to begin") { self.state.withLock { $0.begun } }
    }

    /// The last event of each ticket, by its identifier.
    var tickets: [String: JSONValue] { state.withLock { $0.tickets } }

    /// Reads until the node ends the stream, as it does when it ends.
    private func listen(_ descriptor: Int32) {
        defer { close(descriptor) }
        var (received, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 64 << 10))
        let mark = Array("\n\n".utf8)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            received += buffer[..<count]
            while let end = received.firstRange(of: mark) {
                take(Array(received[..<end.lowerBound]))
                received.removeSubrange(..<end.upperBound)
            }
        }
    }

    private func take(_ event: [UInt8]) {
        let lines = event.split(separator: UInt8(ascii: "\n"))
        let data = lines.first { $0.starts(with: Array("data: ".utf8)) }.map { Array($0.dropFirst(6)) }
        state.withLock { state in
            if lines.contains(where: { $0.elementsEqual("event: begin".utf8) }) { state.begun = true }
            guard let data, let json = try? JSONValue(parsing: data, sizeLimit: 1 << 20),
                let id = json["id"]?.stringValue
            else { return }
            state.tickets[id] = json
        }
    }
}
