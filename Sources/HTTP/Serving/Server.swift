import Dispatch
import Synchronization

/// An HTTP/1.1 server.
///
/// It reads a request whole, runs its handler on a bounded worker queue, and sends the answer whenever the handler
/// gives it. Begin with `start`; a server lives until `shutdown` has completed, also without a reference to it.
public final class Server: Sendable {
    /// How a shutdown went.
    public enum ShutdownOutcome: Sendable, Hashable {
        /// Every request under way was answered.
        case finished
        /// The deadline passed and so many connections were cut off.
        case cutOff(connections: Int)
    }

    enum Lifecycle {
        case ready
        case running(ListeningSocket, Ticker)
        /// No longer accepting; the ticker still enforces deadlines.
        case stopping(Ticker)
        case stopped
    }

    struct State {
        var lifecycle = Lifecycle.ready
        var connections: [UInt64: Connection] = [:]
        var refusals: [UInt64: Connection] = [:]
        /// Closed for others and not gone yet.
        var leaving: [UInt64: Connection] = [:]
        var lastNumber: UInt64 = 0
        var completions: [@Sendable (ShutdownOutcome) -> Void] = []
        var outcome = ShutdownOutcome.finished

        var all: [Connection] { Array(connections.values) + Array(refusals.values) + Array(leaving.values) }
        var isEmpty: Bool { connections.isEmpty && refusals.isEmpty && leaving.isEmpty }
    }

    let configuration: Configuration
    let handler: any RequestHandler
    let onEvent: @Sendable (ServerEvent) -> Void
    let workers: WorkerQueue
    let shares: Shares
    let queue = DispatchQueue(label: "tributary.http.accept")
    let queues: [DispatchQueue]
    let state = Mutex(State())

    /// - Parameters:
    ///   - handler: decides what becomes of each request; a `Router`, for example.
    ///   - onEvent: called on the server's queues for everything an operator may count; must return at once.
    public init(
        configuration: Configuration = Configuration(), handler: any RequestHandler,
        onEvent: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) {
        configuration.check()
        self.configuration = configuration
        self.handler = handler
        self.onEvent = onEvent
        shares = Shares(bodyBytesMax: configuration.bodyBytesInFlightMax)
        workers = WorkerQueue(workersMax: configuration.workersMax, pendingMax: configuration.pendingRequestsMax)
        queues = (0..<configuration.queuesMax).map { DispatchQueue(label: "tributary.http.connections.\($0)") }
    }

    /// A server whose one handler takes every request, with a body of up to 1 MiB.
    public convenience init(configuration: Configuration = Configuration(), handler: @escaping Handler) {
        self.init(configuration: configuration, handler: SingleHandler(handler: handler))
    }

    /// Connections being served, those being refused left out.
    public var connectionCount: Int {
        state.withLock { $0.connections.count }
    }

    /// Begins to listen.
    ///
    /// - Returns: the port.
    /// - Throws: when the address cannot be had. Traps when started before.
    @discardableResult
    public func start() throws(HTTPError) -> UInt16 {
        let listener = try ListeningSocket(
            host: configuration.host, port: configuration.port, backlog: configuration.backlog, queue: queue)
        state.withLock { state in
            guard case .ready = state.lifecycle else { preconditionFailure("a server is started once") }
            let ticker = Ticker(everySeconds: configuration.tickSeconds, queue: queue) { self.tick() }
            state.lifecycle = .running(listener, ticker)
        }
        listener.start(
            chooseQueue: { self.nextQueue() }, onConnection: { self.take($0) }, onShortage: { self.meetShortage() })
        return listener.port
    }

    /// Stops accepting, lets requests under way finish, and cuts off what is left after the deadline. Idle
    /// connections are closed at once; answers given from now on close theirs.
    ///
    /// Whoever holds long polls or streams should end them before, or they last until the deadline.
    ///
    /// - Parameter completion: called once, when no connection is left. A second call of `shutdown` may shorten the
    ///   deadline; both completions are called.
    public func shutdown(deadlineSeconds: Double, completion: @escaping @Sendable (ShutdownOutcome) -> Void) {
        let (listener, open) = state.withLock { state in
            state.completions.append(completion)
            guard case .running(let listener, let ticker) = state.lifecycle else {
                return (ListeningSocket?.none, [Connection]())
            }
            state.lifecycle = .stopping(ticker)
            return (listener, state.all)
        }
        listener?.close()
        for connection in open { connection.shutDown() }
        queue.asyncAfter(deadline: .now() + max(0, deadlineSeconds)) { self.cutOff() }
        queue.async { self.completeIfEmpty() }
    }
}
