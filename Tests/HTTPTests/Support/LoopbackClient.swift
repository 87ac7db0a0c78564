import Glibc
import HTTP

/// A blocking client over plain system calls, so that the server is not tested against its own socket code.
final class LoopbackClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Answer: Equatable {
        var head: ResponseHead
        var body: [UInt8] = []

        var status: Int { head.status.code }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private var descriptor: CInt
    private var parser = ResponseParser()

    /// - Parameter from: the last number of the address that the client has, 127.0.0.1 to 127.0.0.255.
    init(port: UInt16, from last: UInt32 = 1) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let bound = Self.withLoopback(last, 0) { bind(descriptor, $0, $1) }
        guard bound == 0 else { throw Failure(description: "bind failed with \(errno)") }
        let connected = Self.withLoopback(1, port) { connect(descriptor, $0, $1) }
        guard connected == 0 else { throw Failure(description: "connect failed with \(errno)") }
    }

    private static func withLoopback(
        _ last: UInt32, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (UInt32(0x7F00_0000) + last).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit {
        close()
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Closes with a reset.
    func reset() {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    func finishSending() {
        shutdown(descriptor, CInt(SHUT_WR))
    }

    func shrinkReceiveBuffer() {
        var size: CInt = 64 * 1024
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Sends; false when the server has closed.
    @discardableResult
    func send(_ text: String) -> Bool {
        send(text.bytes)
    }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.send(descriptor, raw.baseAddress.map { $0 + sent }, bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            if count < 0 { return false }
            sent += count
        }
        return true
    }

    /// Bytes as they come; empty at the end of the stream.
    func receive() throws -> [UInt8] {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 20_000) > 0 else { throw Failure(description: "nothing came within 20 seconds") }
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Failure(description: "recv failed with \(errno)") }
        return Array(buffer[..<count])
    }

    /// Everything until the server ends the stream.
    func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try receive()
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    func receive(until marker: String) throws -> String {
        var all: [UInt8] = []
        while !String(decoding: all, as: UTF8.self).contains(marker) {
            let bytes = try receive()
            if bytes.isEmpty { throw Failure(description: "the stream ended before \(marker)") }
            all += bytes
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// The next final answer; interim ones are passed over.
    func answer(to method: Method = .get) throws -> Answer {
        parser.expectAnswer(to: method)
        var answer: Answer?
        while true {
            switch try parser.next() {
            case .head(let head): answer = head.status.code < 200 ? nil : Answer(head: head)
            case .body(let bytes): answer?.body += bytes
            case .end: if let answer { return answer }
            case nil:
                let bytes = try receive()
                if !bytes.isEmpty {
                    parser.append(bytes)
                } else if case .end = try parser.finish(), let answer {
                    return answer
                } else {
                    throw Failure(description: "the stream ended without an answer")
                }
            }
        }
    }

    /// Whether the server ends the stream or resets it, with no bytes before.
    func isClosedByServer() -> Bool {
        ((try? receive()) ?? []).isEmpty
    }
}
