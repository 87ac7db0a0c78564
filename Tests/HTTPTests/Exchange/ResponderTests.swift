import HTTP
import Testing

@Suite("Responder and body writer")
struct ResponderTests {
    /// A sink whose network takes nothing until told.
    private final class StuckSink: ResponseSink {
        let written = Log<Int>()
        let ended = Log<String>()
        let flow = Box<StreamFlow>()

        func send(_ response: Response) { ended.add("sent \(response.status.code)") }
        func begin(status: Status, headers: Headers, flow: StreamFlow) { self.flow.set(flow) }
        func write(_ bytes: [UInt8]) { written.add(bytes.count) }
        func finish() { ended.add("finished") }
        func abort() { ended.add("aborted") }
        func perform(_ work: @escaping @Sendable () -> Void) { work() }

        /// Takes up what was written, leaving `pending` bytes waiting.
        func drain(leaving pending: Int) {
            flow.value?.submitted((flow.value?.pendingBytes ?? 0))
            flow.value?.waiting(pending) { $0() }
        }
    }

    private func writer(_ sink: StuckSink, high: Int, most: Int) throws -> BodyWriter {
        let responder = Responder(sink: sink) { StreamFlow(pendingBytesHigh: high, pendingBytesMax: most) }
        return try #require(responder.stream())
    }

    @Test("the first answer wins, later ones are told so")
    func once() {
        let answer = RecordedAnswer()
        let responder = Responder(sink: answer)
        #expect(responder.send(.text("first")))
        #expect(!responder.send(.text("second")))
        #expect(responder.stream() == nil)
        #expect(answer.snapshot.body == "first".bytes)
    }

    @Test("a responder let go without an answer answers 500")
    func forgotten() {
        let answer = RecordedAnswer()
        do { _ = Responder(sink: answer) }
        #expect(answer.snapshot.status == .internalServerError)
    }

    @Test("a stream body is written through its closure")
    func streamBody() {
        let answer = RecordedAnswer()
        let response = Response(
            body: .stream { writer in
                writer.write("a".bytes)
                writer.finish()
            })
        Responder(sink: answer).send(response)
        #expect(answer.snapshot.body == "a".bytes)
        #expect(answer.snapshot.isComplete)
    }

    @Test("a writer let go before it finished is aborted, one that finished is not")
    func letGo() throws {
        let sink = StuckSink()
        do { _ = try writer(sink, high: 1, most: 1) }
        #expect(sink.ended.all == ["aborted"])
        let finished = StuckSink()
        do { try writer(finished, high: 1, most: 1).finish() }
        #expect(finished.ended.all == ["finished"])
    }

    @Test("a writer is told when it is full and called when half has gone")
    func backPressure() throws {
        let sink = StuckSink()
        let writer = try writer(sink, high: 10, most: 20)
        #expect(writer.write([UInt8](repeating: 0, count: 10)) == .accepted)
        #expect(writer.write([0]) == .full)
        let calls = Log<Int>()
        writer.whenReady { calls.add(1) }
        sink.drain(leaving: 6)
        #expect(calls.count == 0)
        sink.drain(leaving: 5)
        #expect(calls.count == 1)
        writer.whenReady { calls.add(2) }
        #expect(calls.all == [1, 2])
    }

    @Test("a writer that goes on regardless is cut at the limit, not a byte before")
    func overflow() throws {
        let sink = StuckSink()
        let writer = try writer(sink, high: 10, most: 20)
        #expect(writer.write([UInt8](repeating: 0, count: 20)) == .full)
        #expect(sink.ended.count == 0)
        #expect(writer.write([0]) == .closed)
        #expect(sink.ended.all == ["aborted"])
        #expect(writer.write([0]) == .closed)
        #expect(sink.written.all == [20])
    }

    @Test("a pump draws only while there is room, and finishes")
    func pump() throws {
        let sink = StuckSink()
        let writer = try writer(sink, high: 10, most: 20)
        let drawn = Log<Int>()
        writer.pump {
            guard drawn.count < 5 else { return nil }
            drawn.add(drawn.count)
            return [UInt8](repeating: 0, count: 6)
        }
        #expect(drawn.count == 2)
        sink.drain(leaving: 0)
        #expect(drawn.count == 4)
        sink.drain(leaving: 0)
        #expect(drawn.count == 5)
        #expect(sink.ended.all == ["finished"])
    }

    @Test("a pump whose client has gone draws no more")
    func pumpBroken() throws {
        let sink = StuckSink()
        let writer = try writer(sink, high: 10, most: 20)
        let drawn = Log<Int>()
        writer.pump {
            drawn.add(1)
            return [UInt8](repeating: 0, count: 11)
        }
        let endings = Log<StreamFlow.Ending>()
        writer.onClosed { endings.add($0) }
        sink.flow.value?.end(.broken) { $0() }
        #expect(endings.all == [.broken])
        writer.onClosed { endings.add($0) }
        #expect(endings.count == 2)
        #expect(drawn.count <= 2)
        #expect(writer.write([0]) == .closed)
    }

    @Test("those who ask are told once that the client has gone, late askers at once")
    func disconnection() {
        let disconnection = Disconnection()
        let responder = Responder(sink: RecordedAnswer(), disconnection: disconnection)
        let calls = Log<Int>()
        responder.onDisconnect { calls.add(1) }
        disconnection.fire { $0() }
        disconnection.fire { $0() }
        responder.onDisconnect { calls.add(2) }
        #expect(calls.all == [1, 2])
        #expect(responder.isDisconnected)
        #expect(responder.stream() == nil)
        #expect(!responder.send(.text("")))
    }

    @Test("after a complete answer nobody is told that the client went")
    func settled() {
        let disconnection = Disconnection()
        let calls = Log<Int>()
        disconnection.notify { calls.add(1) }
        disconnection.settle()
        disconnection.notify { calls.add(2) }
        disconnection.fire { $0() }
        #expect(calls.count == 0)
    }
}
