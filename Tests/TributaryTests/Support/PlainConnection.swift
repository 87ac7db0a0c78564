import Dispatch
import Glibc
import HTTP

/// A blocking TCP connection for a test, with a deadline on everything.
final class PlainConnection {
    private let descriptor: CInt

    /// Why a read ended without bytes.
    enum Ending: Equatable {
        case endOfStream
        case reset
        case late
    }

    init?(port: UInt16) {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { return nil }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func finish() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Reads so many bytes, or what there is before the end.
    func receive(_ wanted: Int) -> ([UInt8], Ending?) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < wanted {
            let count = recv(descriptor, &buffer, min(buffer.count, wanted - bytes.count), 0)
            if count == 0 { return (bytes, .endOfStream) }
            if count < 0 { return (bytes, errno == EAGAIN ? .late : .reset) }
            bytes += buffer[..<count]
        }
        return (bytes, nil)
    }
}
