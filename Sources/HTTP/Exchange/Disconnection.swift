import Synchronization

/// Tells those who asked, once, that the client of an exchange has gone.
public final class Disconnection: Sendable {
    private struct State {
        var hasFired = false
        var isSettled = false
        var callbacks: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Whether the client has gone before its answer was complete.
    public var hasFired: Bool {
        state.withLock { $0.hasFired }
    }

    /// Registers a callback; called at once, on this thread, when the client has already gone.
    public func notify(_ callback: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !state.hasFired, !state.isSettled { state.callbacks.append(callback) }
            return state.hasFired
        }
        if isLate { callback() }
    }

    /// Says that the client has gone; the callbacks are handed to `perform`.
    public func fire(_ perform: (@escaping @Sendable () -> Void) -> Void) {
        let callbacks = state.withLock { state in
            guard !state.hasFired, !state.isSettled else { return [@Sendable () -> Void]() }
            state.hasFired = true
            defer { state.callbacks = [] }
            return state.callbacks
        }
        callbacks.forEach(perform)
    }

    /// Says that the exchange ended well; callbacks are dropped and never called.
    public func settle() {
        state.withLock { state in
            state.isSettled = true
            state.callbacks = []
        }
    }
}
