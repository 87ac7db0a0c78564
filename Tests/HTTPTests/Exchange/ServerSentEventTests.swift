import HTTP
import Testing

@Suite("Server-sent events")
struct ServerSentEventTests {
    private func text(_ event: ServerSentEvent) -> String {
        String(decoding: event.bytes, as: UTF8.self)
    }

    @Test("fields are written one a line and end with an empty line")
    func fields() {
        let event = ServerSentEvent(event: "ticket", id: "17", data: "{}", retryMilliseconds: 500)
        #expect(text(event) == "event: ticket\nid: 17\nretry: 500\ndata: {}\n\n")
        #expect(text(ServerSentEvent(data: "")) == "data: \n\n")
    }

    @Test("every kind of line break in data begins a new data line")
    func lineBreaks() {
        let event = ServerSentEvent(data: "a\nb\r\nc\rd\n\n")
        #expect(text(event) == "data: a\ndata: b\ndata: c\ndata: d\ndata: \ndata: \n\n")
        #expect(text(ServerSentEvent(data: "a\r\n\r\nevent: forged")) == "data: a\ndata: \ndata: event: forged\n\n")
    }

    @Test("line breaks cannot forge fields through event, id or comment")
    func forging() throws {
        let event = ServerSentEvent(event: "a\ndata: x", id: "1\r\n2\0", data: "d")
        #expect(text(event) == "event: a data: x\nid: 1  2 \ndata: d\n\n")
        let answer = RecordedAnswer()
        let stream = try #require(ServerSentEvents(Responder(sink: answer)))
        stream.comment("x\ndata: y")
        #expect(String(decoding: answer.snapshot.body, as: UTF8.self) == ": x data: y\n\n")
    }

    @Test("a stream has the headers that keep it from being buffered or cached")
    func headers() throws {
        let answer = RecordedAnswer()
        let stream = try #require(ServerSentEvents(Responder(sink: answer)))
        #expect(stream.send(event: "e", data: "d") == .accepted)
        stream.finish()
        #expect(stream.send(data: "late") == .closed)
        #expect(answer.snapshot.headers["Content-Type"] == "text/event-stream")
        #expect(answer.snapshot.headers["Cache-Control"] == "no-store")
        #expect(answer.snapshot.isComplete && !answer.snapshot.wasAborted)
    }
}
