import Synchronization

/// A sink that keeps the answer, for tests that call handlers without a socket.
public final class RecordedAnswer: ResponseSink {
    /// What was answered so far.
    public struct Snapshot: Sendable {
        public var status: Status?
        public var headers: Headers = [:]
        public var body: [UInt8] = []
        /// Whether nothing more will come.
        public var isComplete = false
        /// Whether a streamed body was cut off.
        public var wasAborted = false
        fileprivate var flow: StreamFlow?
    }

    private let state = Mutex(Snapshot())

    public init() {}

    /// What was answered so far.
    public var snapshot: Snapshot {
        state.withLock { $0 }
    }

    public func send(_ response: Response) {
        state.withLock { state in
            state.status = response.status
            state.headers = response.headers
            if case .bytes(let bytes) = response.body { state.body = bytes }
            state.isComplete = true
        }
    }

    public func begin(status: Status, headers: Headers, flow: StreamFlow) {
        state.withLock { state in
            state.status = status
            state.headers = headers
            state.flow = flow
        }
    }

    public func write(_ bytes: [UInt8]) {
        let flow = state.withLock { state in
            state.body += bytes
            return state.flow
        }
        flow?.submitted(bytes.count)
        flow?.waiting(0) { $0() }
    }

    public func finish() {
        end(.complete)
    }

    public func abort() {
        end(.broken)
    }

    public func perform(_ work: @escaping @Sendable () -> Void) {
        work()
    }

    private func end(_ ending: StreamFlow.Ending) {
        let flow = state.withLock { state in
            state.isComplete = true
            state.wasAborted = ending == .broken
            return state.flow
        }
        flow?.end(ending) { $0() }
    }
}
