import Synchronization

/// Answers one request, exactly once, from any thread, now or much later (a long poll).
///
/// The first answer wins and later ones are dropped, because a held request is commonly answered by whichever comes
/// first of an event and a timer. When the last reference goes without an answer the client gets a 500.
public final class Responder: Sendable {
    private let sink: any ResponseSink
    private let disconnection: Disconnection
    private let makeFlow: @Sendable () -> StreamFlow
    private let hasAnswered = Mutex(false)

    /// For sinks: a responder that answers into `sink`; `disconnection` is fired by whoever owns the connection.
    public init(
        sink: any ResponseSink, disconnection: Disconnection = Disconnection(),
        makeFlow: @escaping @Sendable () -> StreamFlow = {
            StreamFlow(pendingBytesHigh: 256 * 1024, pendingBytesMax: 4 * 1024 * 1024)
        }
    ) {
        self.sink = sink
        self.disconnection = disconnection
        self.makeFlow = makeFlow
    }

    deinit {
        if claim() {
            sink.send(
                .problem(
                    status: .internalServerError,
                    detail: "The server gave this request up without an answer. Try again; report it if it recurs."))
        }
    }

    /// Answers with a response.
    ///
    /// - Returns: false when the request was answered before, or its client has gone.
    @discardableResult
    public func send(_ response: Response) -> Bool {
        guard claim() else { return false }
        if case .stream(let produce) = response.body {
            produce(begin(response.status, response.headers))
        } else {
            sink.send(response)
        }
        return !disconnection.hasFired
    }

    /// Answers with a head now and a body in pieces.
    ///
    /// - Returns: nil when the request was answered before, or its client has gone.
    public func stream(status: Status = .ok, headers: Headers = [:]) -> BodyWriter? {
        guard !disconnection.hasFired, claim() else { return nil }
        return begin(status, headers)
    }

    /// Calls back once when the client goes away before its answer is complete, so that a held request can be
    /// dropped; at once when it has already gone; never after a complete answer.
    ///
    /// A client that merely shuts down its sending side is still answered. As that looks the same as one that closed
    /// its socket, the server finds out by an interim response, which takes the configured grace and a moment.
    public func onDisconnect(_ callback: @escaping @Sendable () -> Void) {
        disconnection.notify(callback)
    }

    /// Whether the client went away before its answer was complete.
    public var isDisconnected: Bool {
        disconnection.hasFired
    }

    private func begin(_ status: Status, _ headers: Headers) -> BodyWriter {
        let flow = makeFlow()
        sink.begin(status: status, headers: headers, flow: flow)
        return BodyWriter(sink: sink, flow: flow)
    }

    private func claim() -> Bool {
        hasAnswered.withLock { hasAnswered in
            defer { hasAnswered = true }
            return !hasAnswered
        }
    }
}
