/// A stream of server-sent events to one browser.
///
/// Nothing is sent by itself: send a `comment` every 15 seconds or so, or a client that vanished without a word is
/// never noticed.
public final class ServerSentEvents: Sendable {
    private let writer: BodyWriter

    /// Answers the request with an event stream; nil when it was answered before or its client has gone.
    public init?(_ responder: Responder, headers: Headers = [:]) {
        var headers = headers
        headers["Content-Type"] = "text/event-stream"
        headers["Cache-Control"] = "no-store"
        // nginx would otherwise hold events back until its buffer is full.
        headers["X-Accel-Buffering"] = "no"
        guard let writer = responder.stream(headers: headers) else { return nil }
        self.writer = writer
    }

    /// Sends an event. On `.full` skip what the client can do without; on `.closed` forget the client.
    @discardableResult
    public func send(_ event: ServerSentEvent) -> BodyWriter.Outcome {
        writer.write(event.bytes)
    }

    /// Sends an event composed of its fields.
    @discardableResult
    public func send(event: String? = nil, id: String? = nil, data: String) -> BodyWriter.Outcome {
        send(ServerSentEvent(event: event, id: id, data: data))
    }

    /// Sends a line that clients skip.
    @discardableResult
    public func comment(_ text: String = "") -> BodyWriter.Outcome {
        writer.write(ServerSentEvent.comment(text))
    }

    /// Ends the stream; the browser will reconnect.
    public func finish() {
        writer.finish()
    }

    /// Calls back once, when there is room after a `.full`, or the stream is over.
    public func whenReady(_ callback: @escaping @Sendable () -> Void) {
        writer.whenReady(callback)
    }

    /// Calls back once, when the stream is over.
    public func onClosed(_ callback: @escaping @Sendable (StreamFlow.Ending) -> Void) {
        writer.onClosed(callback)
    }
}
