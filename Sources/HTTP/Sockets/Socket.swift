import Dispatch
import Glibc
import Synchronization

/// A connected TCP socket on a serial Dispatch queue, non-blocking.
///
/// Every method must be called on `queue`, where the events arrive too; that alone keeps calls and events in order.
/// Begin with `start`; from then on the socket lives until `close` or `abort`. A socket that is never started closes
/// when its last reference goes.
public final class Socket: Sendable {
    /// What happens on a socket.
    public enum Event: Sendable {
        /// Bytes arrived.
        case received([UInt8])
        /// The other side will send no more; it may still read.
        case endOfStream
        /// Bytes that had to wait were taken by the system; so many still wait.
        case flushed(pendingBytes: Int)
        /// The connection is lost. Nothing follows; close the socket.
        case failed(HTTPError)
    }

    /// The most bytes one `received` brings.
    public static let readBytesMax = 64 * 1024

    /// The serial queue of all calls and events.
    public let queue: DispatchQueue
    /// The other side.
    public let remoteAddress: SocketAddress

    struct State {
        var descriptor: Descriptor?
        var handler: (@Sendable (Event) -> Void)?
        var readWatch: Watch?
        var writeWatch: Watch?
        var outgoing = OutgoingQueue()
        var hasEnded = false
        var hasFailed = false
        var wantsFinish = false
        var hasFinished = false
    }

    let state: Mutex<State>

    /// Takes over a connected, non-blocking descriptor.
    init(_ descriptor: Descriptor, remoteAddress: SocketAddress, queue: DispatchQueue) {
        self.queue = queue
        self.remoteAddress = remoteAddress
        state = Mutex(State(descriptor: descriptor))
    }

    /// Begins to deliver events, reading at once.
    public func start(_ handler: @escaping @Sendable (Event) -> Void) {
        dispatchPrecondition(condition: .onQueue(queue))
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            precondition(state.handler == nil, "a socket is started once")
            state.handler = handler
            // Without it a small answer may wait 40 ms for the acknowledgement of the one before. Failing is harmless.
            try? SystemCall.setOption(descriptor.number, CInt(IPPROTO_TCP), TCP_NODELAY, 1)
            let watch = Watch(.reading, descriptor, queue: queue) { available in self.readable(available) }
            state.readWatch = watch
            watch.resume()
        }
    }

    /// Stops taking bytes from the system, so that the other side is slowed down.
    public func pauseReading() {
        dispatchPrecondition(condition: .onQueue(queue))
        state.withLock { $0.readWatch?.suspend() }
    }

    /// Takes bytes again.
    public func resumeReading() {
        dispatchPrecondition(condition: .onQueue(queue))
        state.withLock { state in
            if !state.hasEnded, !state.hasFailed { state.readWatch?.resume() }
        }
    }

    /// Bytes written that the system has not taken yet.
    public var pendingBytes: Int {
        state.withLock { $0.outgoing.count }
    }

    /// Sends bytes, keeping what the system does not take now. Bytes after `finishWriting` are dropped.
    ///
    /// - Returns: the bytes that now wait. While there are any, `flushed` events follow; a caller that respects them
    ///   bounds its memory.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Int {
        dispatchPrecondition(condition: .onQueue(queue))
        let (failure, pending) = state.withLock { state -> (HTTPError?, Int) in
            guard state.descriptor != nil, !state.hasFailed, !state.wantsFinish else { return (nil, 0) }
            let wasIdle = state.outgoing.isEmpty
            state.outgoing.append(bytes)
            let failure = wasIdle ? flush(&state) : nil
            return (failure, state.outgoing.count)
        }
        // Later, so that a caller is not called back from within its own call.
        if let failure { queue.async { self.deliver(.failed(failure)) } }
        return pending
    }

    /// Half-closes: once everything written is sent, the other side reads the end of the stream.
    public func finishWriting() {
        dispatchPrecondition(condition: .onQueue(queue))
        state.withLock { state in
            state.wantsFinish = true
            finishIfFlushed(&state)
        }
    }

    /// Closes. Bytes still waiting here are lost; no event follows.
    public func close() {
        dispatchPrecondition(condition: .onQueue(queue))
        state.withLock { state in
            state.readWatch?.cancel()
            state.writeWatch?.cancel()
            state = State(descriptor: nil)
        }
    }

    /// Closes with a reset, so that the other side sees an error rather than an end.
    public func abort() {
        dispatchPrecondition(condition: .onQueue(queue))
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            var value = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor.number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        }
        close()
    }

    /// Whether the connection was reset or fully closed. Asks the system, which is the only way to learn it while
    /// reading is paused or ended.
    public var isBroken: Bool {
        state.withLock { state in
            guard let descriptor = state.descriptor, !state.hasFailed else { return true }
            var entry = pollfd(fd: descriptor.number, events: 0, revents: 0)
            guard poll(&entry, 1, 0) > 0 else { return false }
            let broken = state.hasFinished ? POLLERR : POLLERR | POLLHUP
            return entry.revents & Int16(broken) != 0
        }
    }
}
