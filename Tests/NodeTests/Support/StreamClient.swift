import Foundation
import Glibc

/// A client that reads an answer as it comes, or leaves it unread. It speaks HTTP/1.0, so that a body is the bytes up
/// to the end of the connection.
final class StreamClient {
    struct Event: Equatable {
        var name = ""
        var id = ""
        var data = ""
        var isComment = false
    }

    /// Longer than anything here takes: signs of life alone must not keep a test waiting.
    private static let secondsMax = 60.0

    private let end = Date().addingTimeInterval(secondsMax)
    private let descriptor: Int32
    private var received: [UInt8] = []
    private(set) var hasEnded = false

    /// - Parameter receiveBytes: of the system's buffer for what was not read yet.
    /// - Parameter shown: who asks; the data folder's token when nil.
    init(
        _ node: TestNode, _ target: String, headers: [(String, String)] = [], shown: (String, String)? = nil,
        receiveBytes: Int32? = nil
    ) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBytes { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBytes, 4) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = node.port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw RawClient.Failure(what: "not connected: \(errno)") }
        var head = "GET \(target) HTTP/1.0\r\n"
        for (name, value) in [shown ?? node.token] + headers { head += "\(name): \(value)\r\n" }
        let bytes = Array((head + "\r\n").utf8)
        send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    deinit { close() }

    private var isClosed = false

    func close() {
        if !isClosed { Glibc.close(descriptor) }
        isClosed = true
    }

    /// Takes bytes up to a mark and returns what stands before it; nil at the end of the stream.
    private func take(to mark: String) throws -> String? {
        let mark = Array(mark.utf8)
        while true {
            if let place = received.firstRange(of: mark) {
                defer { received.removeSubrange(..<place.upperBound) }
                return String(decoding: received[..<place.lowerBound], as: UTF8.self)
            }
            guard try more() else { return nil }
        }
    }

    private func more() throws -> Bool {
        guard Date() < end else { throw RawClient.Failure(what: "nothing but signs of life came") }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw RawClient.Failure(what: "nothing came: \(String(cString: strerror(errno)))") }
        received += buffer[..<count]
        hasEnded = count == 0
        return count > 0
    }

    /// The status line and the headers.
    func head() throws -> String { try take(to: "\r\n\r\n") ?? "" }

    /// All that follows.
    func rest() throws -> [UInt8] {
        while try more() {}
        return received
    }

    /// The next event or comment; nil when the server has ended the stream.
    func next() throws -> Event? {
        guard let text = try take(to: "\n\n") else { return nil }
        var event = Event()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
            if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
            if line.hasPrefix("data: ") { event.data += String(line.dropFirst(6)) }
            if line.hasPrefix(":") { event.isComment = true }
        }
        return event
    }

    /// The next event of that name.
    func next(_ name: String) throws -> Event {
        while let event = try next() { if event.name == name { return event } }
        throw RawClient.Failure(what: "the stream ended before an event \(name)")
    }
}
