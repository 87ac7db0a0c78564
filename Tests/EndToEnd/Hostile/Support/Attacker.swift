import Foundation
import Glibc
import Synchronization

/// One bare connection of an attacker, which waits for nothing.
final class RawConnection: Sendable {
    private let descriptor: Mutex<Int32>

    /// - Parameter last: of the attacker's address, 127.0.0.1 to 127.0.0.255.
    init?(port: UInt16, from last: UInt32 = 1) {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard number >= 0 else { return nil }
        descriptor = Mutex(number)
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7F00_0000) + last).bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, withLoopback(port, { connect(number, $0, $1) }) == 0 else {
            close(number)
            descriptor.withLock { $0 = -1 }
            return nil
        }
    }

    deinit { end() }

    func end() {
        descriptor.withLock { number in
            if number >= 0 { close(number) }
            number = -1
        }
    }

    /// Sends what the system takes; false when the other side has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        let number = descriptor.withLock { $0 }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// What has come by now, without waiting; nil at the end of the stream.
    func receiveNow() -> [UInt8]? {
        let number = descriptor.withLock { $0 }
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        let count = recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count > 0 { return Array(buffer[..<count]) }
        return count < 0 && errno == EAGAIN ? [] : nil
    }
}

/// Does something over and over on threads of its own until it is ended.
final class Attack: Sendable {
    private let state = Mutex((isOver: false, running: 0, rounds: 0))

    /// - Parameter round: one step of the attack; gets the thread's number and counts as it returns.
    init(threads: Int, _ round: @escaping @Sendable (_ thread: Int) -> Void) {
        for thread in 0..<threads {
            state.withLock { $0.running += 1 }
            Thread.detachNewThread {
                while self.state.withLock({ !$0.isOver }) {
                    round(thread)
                    self.state.withLock { $0.rounds += 1 }
                }
                self.state.withLock { $0.running -= 1 }
            }
        }
    }

    var rounds: Int { state.withLock { $0.rounds } }

    func end() throws {
        state.withLock { $0.isOver = true }
        try Moment.wait(for: "the attack to end") { state.withLock { $0.running == 0 } }
    }
}
