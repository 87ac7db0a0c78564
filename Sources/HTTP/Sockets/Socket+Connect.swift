import Dispatch
import Glibc
import Synchronization

extension Socket {
    /// Connects without blocking. `completion` is called once, on `queue`, with a socket to `start` or an error.
    ///
    /// - Parameters:
    ///   - queue: serial; the socket's queue.
    ///   - deadlineSeconds: after that the attempt is given up.
    public static func connect(
        to address: SocketAddress, queue: DispatchQueue, deadlineSeconds: Double = 10,
        completion: @escaping @Sendable (Result<Socket, HTTPError>) -> Void
    ) {
        do {
            let descriptor = try open(family: address.family)
            if try begin(descriptor, address) {
                let socket = Socket(descriptor, remoteAddress: address, queue: queue)
                queue.async { completion(.success(socket)) }
            } else {
                Attempt(descriptor, address, queue, completion).wait(deadlineSeconds)
            }
        } catch {
            queue.async { completion(.failure(error)) }
        }
    }

    static func open(family: CInt) throws(HTTPError) -> Descriptor {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        return Descriptor(try SystemCall.require("socket") { socket(family, kind, 0) })
    }

    /// True when connected already, false when under way.
    private static func begin(_ descriptor: Descriptor, _ address: SocketAddress) throws(HTTPError) -> Bool {
        let result = address.withSystemForm { Glibc.connect(descriptor.number, $0, $1) }
        if result == 0 { return true }
        // An interrupted attempt goes on by itself, like one under way.
        guard errno == EINPROGRESS || errno == EINTR else { throw SystemCall.error("connect", errno) }
        return false
    }

    /// A connection under way.
    private final class Attempt: Sendable {
        private let descriptor: Descriptor
        private let address: SocketAddress
        private let queue: DispatchQueue
        private let completion: @Sendable (Result<Socket, HTTPError>) -> Void
        private let watch: Mutex<Watch?> = Mutex(nil)
        private let failure: Mutex<HTTPError?> = Mutex(nil)

        init(
            _ descriptor: Descriptor, _ address: SocketAddress, _ queue: DispatchQueue,
            _ completion: @escaping @Sendable (Result<Socket, HTTPError>) -> Void
        ) {
            self.descriptor = descriptor
            self.address = address
            self.queue = queue
            self.completion = completion
        }

        func wait(_ deadlineSeconds: Double) {
            let watch = Watch(.writing, descriptor, queue: queue, onCancelled: { self.conclude() }) { _ in
                self.settle(error: nil)
            }
            self.watch.withLock { $0 = watch }
            watch.resume()
            queue.asyncAfter(deadline: .now() + deadlineSeconds) { [weak self] in
                self?.settle(error: SystemCall.error("connect", ETIMEDOUT))
            }
        }

        private func settle(error: HTTPError?) {
            let ended = watch.withLock { watch in
                defer { watch = nil }
                return watch
            }
            guard let ended else { return }
            failure.withLock { $0 = error }
            ended.cancel()
        }

        /// Only when this watch has ended: were the connection's next one begun before, the end of this one could
        /// take with it the event of a reset.
        private func conclude() {
            if let error = failure.withLock({ $0 }) { return completion(.failure(error)) }
            var code: CInt = 0
            var length = socklen_t(MemoryLayout<CInt>.size)
            getsockopt(descriptor.number, SOL_SOCKET, SO_ERROR, &code, &length)
            guard code == 0 else { return completion(.failure(SystemCall.error("connect", code))) }
            completion(.success(Socket(descriptor, remoteAddress: address, queue: queue)))
        }
    }
}
