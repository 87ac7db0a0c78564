import Glibc
import Synchronization

/// Loopback ports that nobody listens on, below those the system gives to outgoing connections: a hub that is killed
/// finds its own free when it starts again.
enum FreePort {
    private static let last = Mutex<UInt16>(UInt16(20_000 + Int(getpid()) * 37 % 9_000))

    static func next() throws -> UInt16 {
        for _ in 0..<1_000 {
            let port = last.withLock { port in
                port = port < 29_999 ? port + 1 : 20_000
                return port
            }
            if isFree(port) { return port }
        }
        throw Failure("no port between 20000 and 29999 is free")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withLoopback(port) { bind(descriptor, $0, $1) } == 0
    }
}

/// Calls `body` with the loopback address of a port, as the system wants it.
func withLoopback(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
