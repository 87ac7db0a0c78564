import Dispatch
import Glibc
import Synchronization

/// Calls back while a descriptor is readable or writable; begins suspended.
final class Watch: Sendable {
    enum Direction {
        case reading
        case writing
    }

    private enum Phase {
        case suspended
        case active
        case cancelled
    }

    private struct State {
        var phase = Phase.suspended
        /// Names it at the poller; nil before it is active for the first time.
        var token: UInt64?
        var handler: (@Sendable (Int) -> Void)?
    }

    private let descriptor: Descriptor
    private let poller: Poller
    private let queue: DispatchQueue
    private let countsBytes: Bool
    private let onCancelled: @Sendable () -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - onCancelled: called on the queue when the descriptor is watched no more and no handler runs.
    ///   - handler: gets the number of bytes that can be read, an estimate. It may be called when nothing is ready.
    init(
        _ direction: Direction, _ descriptor: Descriptor, queue: DispatchQueue,
        onCancelled: @escaping @Sendable () -> Void = {}, handler: @escaping @Sendable (Int) -> Void
    ) {
        self.descriptor = descriptor
        self.queue = queue
        self.onCancelled = onCancelled
        poller = direction == .reading ? .reading : .writing
        countsBytes = direction == .reading
        state = Mutex(State(handler: handler))
    }

    func resume() {
        state.withLock { state in
            guard state.phase == .suspended else { return }
            state.phase = .active
            if let token = state.token { return poller.arm(descriptor.number, token) }
            // The poller keeps the watch until it is cancelled.
            state.token = poller.add(descriptor.number) { self.queue.async { self.happen() } }
        }
    }

    func suspend() {
        state.withLock { state in
            if state.phase == .active { state.phase = .suspended }
        }
    }

    func cancel() {
        let handler = state.withLock { state in
            guard state.phase != .cancelled else { return nil as (@Sendable (Int) -> Void)? }
            state.phase = .cancelled
            if let token = state.token { poller.remove(descriptor.number, token) }
            defer { state.handler = nil }
            return state.handler
        }
        guard let handler else { return }
        // Behind a handler that runs, or is about to: only then may the descriptor close, and what it keeps go.
        queue.async {
            self.onCancelled()
            withExtendedLifetime((handler, self.descriptor)) {}
        }
    }

    /// On the queue. An event that comes when the watch is suspended is dropped: resuming asks anew.
    private func happen() {
        guard let handler = state.withLock({ $0.phase == .active ? $0.handler : nil }) else { return }
        handler(readableBytes)
        state.withLock { state in
            guard state.phase == .active, let token = state.token else { return }
            poller.arm(descriptor.number, token)
        }
    }

    private var readableBytes: Int {
        var count: CInt = 0
        guard countsBytes, ioctl(descriptor.number, UInt(FIONREAD), &count) == 0 else { return 0 }
        return Int(count)
    }
}
