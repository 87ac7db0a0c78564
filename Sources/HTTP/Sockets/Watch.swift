import Dispatch
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

    private let source: DispatchSource
    private let phase = Mutex(Phase.suspended)

    /// - Parameters:
    ///   - onCancelled: called on the queue when the system has let go of the descriptor.
    ///   - handler: gets the number of bytes that can be read, an estimate.
    init(
        _ direction: Direction, _ descriptor: Descriptor, queue: DispatchQueue,
        onCancelled: @escaping @Sendable () -> Void = {}, handler: @escaping @Sendable (Int) -> Void
    ) {
        let made: any DispatchSourceProtocol =
            switch direction {
            case .reading: DispatchSource.makeReadSource(fileDescriptor: descriptor.number, queue: queue)
            case .writing: DispatchSource.makeWriteSource(fileDescriptor: descriptor.number, queue: queue)
            }
        guard let source = made as? DispatchSource else {
            preconditionFailure("Dispatch makes sources of its own class")
        }
        self.source = source
        source.setEventHandler { [weak source] in handler(Int(source?.data ?? 0)) }
        source.setCancelHandler {
            onCancelled()
            _ = descriptor
        }
    }

    func resume() {
        phase.withLock { phase in
            guard phase == .suspended else { return }
            phase = .active
            source.resume()
        }
    }

    func suspend() {
        phase.withLock { phase in
            guard phase == .active else { return }
            phase = .suspended
            source.suspend()
        }
    }

    func cancel() {
        phase.withLock { phase in
            guard phase != .cancelled else { return }
            source.cancel()
            // A suspended source never runs its cancel handler.
            if phase == .suspended { source.resume() }
            phase = .cancelled
        }
    }
}
