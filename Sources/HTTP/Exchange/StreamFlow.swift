import Synchronization

/// How much of a streamed body is under way, and who waits for room. The writer adds, the sink subtracts.
public final class StreamFlow: Sendable {
    /// Whether a stream is open, and how it ended.
    public enum Ending: Sendable, Hashable {
        /// The whole body was handed to the system.
        case complete
        /// The client has gone, was cut off, or the writer gave up.
        case broken
    }

    private struct State {
        /// Bytes the writer has handed over that the sink has not taken up.
        var unsubmitted = 0
        /// Bytes the sink has taken up and the network has not.
        var submitted = 0
        var writerHasEnded = false
        var ending: Ending?
        var readyCallbacks: [@Sendable () -> Void] = []
        var closedCallbacks: [@Sendable (Ending) -> Void] = []

        var pending: Int { unsubmitted + submitted }
    }

    /// Above this many pending bytes the writer ought to wait; at half of it those who wait are called.
    public let pendingBytesHigh: Int
    /// Above this many pending bytes the stream is cut.
    public let pendingBytesMax: Int
    private let state = Mutex(State())

    /// - Precondition: `0 < pendingBytesHigh <= pendingBytesMax`.
    public init(pendingBytesHigh: Int, pendingBytesMax: Int) {
        precondition(pendingBytesHigh > 0 && pendingBytesHigh <= pendingBytesMax, "the high mark lies above the limit")
        self.pendingBytesHigh = pendingBytesHigh
        self.pendingBytesMax = pendingBytesMax
    }

    /// Bytes on their way.
    public var pendingBytes: Int {
        state.withLock { $0.pending }
    }

    /// How the stream ended, or nil while it is open.
    public var ending: Ending? {
        state.withLock { $0.ending }
    }

    /// For the sink: it has taken up `count` bytes of the body.
    public func submitted(_ count: Int) {
        state.withLock { $0.unsubmitted -= count }
    }

    /// For the sink: so many bytes now wait for the network.
    public func waiting(_ bytes: Int, _ perform: (@escaping @Sendable () -> Void) -> Void) {
        let callbacks = state.withLock { state in
            state.submitted = bytes
            guard state.pending <= pendingBytesHigh / 2 else { return [@Sendable () -> Void]() }
            defer { state.readyCallbacks = [] }
            return state.readyCallbacks
        }
        callbacks.forEach(perform)
    }

    /// For the sink: the stream is over.
    public func end(_ ending: Ending, _ perform: (@escaping @Sendable () -> Void) -> Void) {
        let callbacks = state.withLock { state in
            guard state.ending == nil else { return [@Sendable () -> Void]() }
            state.ending = ending
            let closed = state.closedCallbacks.map { callback in { @Sendable in callback(ending) } }
            defer {
                state.closedCallbacks = []
                state.readyCallbacks = []
            }
            return state.readyCallbacks + closed
        }
        callbacks.forEach(perform)
    }

    enum Admission {
        case accepted
        case full
        case overflow
        case closed
    }

    func admit(_ count: Int) -> Admission {
        state.withLock { state in
            guard state.ending == nil, !state.writerHasEnded else { return .closed }
            guard count <= pendingBytesMax - state.pending else {
                state.writerHasEnded = true
                return .overflow
            }
            state.unsubmitted += count
            return state.pending > pendingBytesHigh ? .full : .accepted
        }
    }

    /// True for the first caller only.
    func endWriting() -> Bool {
        state.withLock { state in
            defer { state.writerHasEnded = true }
            return !state.writerHasEnded
        }
    }

    func whenReady(_ callback: @escaping @Sendable () -> Void) {
        let isReady = state.withLock { state in
            if state.ending != nil || state.pending <= pendingBytesHigh { return true }
            state.readyCallbacks.append(callback)
            return false
        }
        if isReady { callback() }
    }

    func onClosed(_ callback: @escaping @Sendable (Ending) -> Void) {
        let ending = state.withLock { state in
            if state.ending == nil { state.closedCallbacks.append(callback) }
            return state.ending
        }
        if let ending { callback(ending) }
    }
}
