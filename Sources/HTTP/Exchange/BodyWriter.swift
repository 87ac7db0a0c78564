/// Writes a streamed body: chunked for HTTP/1.1, ended by the connection for 1.0.
///
/// All methods may be called from any thread and none blocks. When the last reference goes before `finish`, the
/// stream is aborted, since a body that merely stops must not look complete.
public final class BodyWriter: Sendable {
    /// What became of a piece.
    public enum Outcome: Sendable, Hashable {
        /// Taken; there is room for more.
        case accepted
        /// Taken, but the client reads slowly: wait for `whenReady` before writing more.
        case full
        /// Dropped: the stream has ended, or more than the limit was pending and the client was cut off.
        case closed
    }

    private let sink: any ResponseSink
    private let flow: StreamFlow

    init(sink: any ResponseSink, flow: StreamFlow) {
        self.sink = sink
        self.flow = flow
    }

    deinit {
        abort()
    }

    /// Sends a piece of the body.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Outcome {
        if bytes.isEmpty { return flow.ending == nil ? .accepted : .closed }
        switch flow.admit(bytes.count) {
        case .accepted:
            sink.write(bytes)
            return .accepted
        case .full:
            sink.write(bytes)
            return .full
        case .overflow:
            sink.abort()
            return .closed
        case .closed:
            return .closed
        }
    }

    /// Ends the body. Later writes are dropped.
    public func finish() {
        if flow.endWriting() { sink.finish() }
    }

    /// Cuts the body off; the client sees that it is incomplete.
    public func abort() {
        if flow.endWriting() { sink.abort() }
    }

    /// Calls back once, when there is room again or the stream has ended; at once when there is room now.
    public func whenReady(_ callback: @escaping @Sendable () -> Void) {
        flow.whenReady(callback)
    }

    /// Calls back once, when the stream is over: finished and handed to the system, or broken.
    public func onClosed(_ callback: @escaping @Sendable (StreamFlow.Ending) -> Void) {
        flow.onClosed(callback)
    }

    /// Writes what `next` returns until it returns nil, drawing pieces only while there is room. `next` runs where
    /// handlers run, so it may read from a database, never twice at once, and is drawn no more once the client has
    /// gone.
    public func pump(_ next: @escaping @Sendable () -> [UInt8]?) {
        sink.perform { self.draw(next) }
    }

    private func draw(_ next: @escaping @Sendable () -> [UInt8]?) {
        while true {
            guard let piece = next() else { return finish() }
            switch write(piece) {
            case .accepted: continue
            case .closed: return
            case .full: return whenReady { self.pump(next) }
            }
        }
    }
}
