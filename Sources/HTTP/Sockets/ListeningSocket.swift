import Dispatch
import Glibc
import Synchronization

/// Accepts TCP connections. It listens from the moment it is made; callers wait in the system until `start`.
public final class ListeningSocket: Sendable {
    /// How long accepting rests when the system has no descriptor or memory left: trying at once would only spin.
    public static let shortageRestSeconds = 0.1
    /// The most connections taken in one go, so that other work on the queue has its turn.
    private static let acceptBatchMax = 64

    /// Where it listens; the port is the one the system chose when 0 was asked.
    public let address: SocketAddress
    private let queue: DispatchQueue
    private let state: Mutex<State>

    private struct State {
        var descriptor: Descriptor?
        var watch: Watch?
        var isPaused = false
        var isResting = false
    }

    /// - Parameters:
    ///   - host: numeric; the loopback address unless the operator asks for more.
    ///   - port: 0 lets the system choose.
    ///   - backlog: connections the system holds before they are accepted.
    ///   - queue: serial; the queue of all calls and of the callback.
    public init(
        host: String = "127.0.0.1", port: UInt16 = 0, backlog: Int32 = 512, queue: DispatchQueue
    ) throws(HTTPError) {
        let asked = try SocketAddress(host: host, port: port)
        let descriptor = try Socket.open(family: asked.family)
        try SystemCall.setOption(descriptor.number, SOL_SOCKET, SO_REUSEADDR, 1)
        try SystemCall.require("bind") { asked.withSystemForm { bind(descriptor.number, $0, $1) } }
        try SystemCall.require("listen") { listen(descriptor.number, backlog) }
        address = SocketAddress.read { getsockname(descriptor.number, $0, $1) } ?? asked
        self.queue = queue
        state = Mutex(State(descriptor: descriptor))
    }

    /// The port it listens on.
    public var port: UInt16 { address.port }

    /// Begins to accept.
    ///
    /// - Parameters:
    ///   - chooseQueue: the serial queue of the next socket; the listener's own when nil.
    ///   - onConnection: gets a socket that is not started, on the listener's queue. Hop to the socket's queue
    ///     before calling its methods when that is another.
    ///   - onShortage: told, on the listener's queue, when the system has no descriptor or memory left, each time that
    ///     accepting then rests.
    public func start(
        chooseQueue: (@Sendable () -> DispatchQueue)? = nil, onConnection: @escaping @Sendable (Socket) -> Void,
        onShortage: @escaping @Sendable () -> Void = {}
    ) {
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            precondition(state.watch == nil, "a listener is started once")
            let watch = Watch(.reading, descriptor, queue: queue) { _ in
                self.acceptWaiting(chooseQueue, onConnection, onShortage)
            }
            state.watch = watch
            if !state.isPaused { watch.resume() }
        }
    }

    /// Leaves new connections waiting in the system.
    public func pause() {
        state.withLock { state in
            state.isPaused = true
            state.watch?.suspend()
        }
    }

    /// Accepts again.
    public func resume() {
        state.withLock { state in
            state.isPaused = false
            if !state.isResting { state.watch?.resume() }
        }
    }

    /// Stops listening at once, from any thread; connections not yet accepted are reset by the system.
    public func close() {
        state.withLock { state in
            // The descriptor itself closes a moment later, when its source has let go; the port is free at once.
            if let descriptor = state.descriptor { shutdown(descriptor.number, CInt(SHUT_RDWR)) }
            state.watch?.cancel()
            state = State(descriptor: nil)
        }
    }

    private func acceptWaiting(
        _ chooseQueue: (@Sendable () -> DispatchQueue)?, _ onConnection: @Sendable (Socket) -> Void,
        _ onShortage: @Sendable () -> Void
    ) {
        for _ in 0..<Self.acceptBatchMax {
            guard !state.withLock({ $0.isPaused }) else { return }
            guard let socket = acceptOne(chooseQueue?() ?? queue) else { break }
            onConnection(socket)
        }
        if state.withLock({ $0.isResting }) { onShortage() }
    }

    private func acceptOne(_ queue: DispatchQueue) -> Socket? {
        while true {
            guard let descriptor = state.withLock({ $0.descriptor }) else { return nil }
            var number: CInt = -1
            let remote = SocketAddress.read { address, length in
                number = systemAccept4(
                    descriptor.number, address, length, CInt(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
            }
            guard number < 0 else {
                return Socket(Descriptor(number), remoteAddress: remote ?? address, queue: queue)
            }
            switch errno {
            case EAGAIN: return nil
            // Errors of one connection that died while it waited, not of the listener.
            case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENETUNREACH, EHOSTUNREACH, EPERM: continue
            default:
                rest()
                return nil
            }
        }
    }

    private func rest() {
        state.withLock { state in
            state.isResting = true
            state.watch?.suspend()
        }
        queue.asyncAfter(deadline: .now() + Self.shortageRestSeconds) { [weak self] in
            self?.state.withLock { state in
                state.isResting = false
                if !state.isPaused { state.watch?.resume() }
            }
        }
    }
}
