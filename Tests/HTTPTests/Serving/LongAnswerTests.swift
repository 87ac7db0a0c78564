import Dispatch
import HTTP
import Testing

@Suite("Long polls, streams and clients that go away")
struct LongAnswerTests {
    private let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"

    private var quick: Server.Configuration {
        var configuration = TestServer.patient
        configuration.halfCloseGraceSeconds = 0.05
        return configuration
    }

    @Test("a held request is answered later from another thread, and the connection goes on")
    func held() throws {
        let held = Box<Responder>()
        let test = try TestServer { _, responder in held.set(responder) }
        let client = try test.client()
        for round in 0..<3 {
            client.send(get)
            let responder = try #require(held.wait())
            #expect(responder.send(.text("round \(round)")))
            _ = held.take()
            #expect(try client.answer().text == "round \(round)")
        }
    }

    @Test("many more requests can be held than there are workers")
    func manyHeld() throws {
        var configuration = TestServer.patient
        configuration.workersMax = 2
        let held = Log<Responder>()
        let test = try TestServer(configuration) { _, responder in held.add(responder) }
        let clients = try (0..<40).map { _ in try test.client() }
        for client in clients { client.send(get) }
        #expect(eventually { held.count == 40 })
        for responder in held.all { responder.send(.text("now")) }
        for client in clients { #expect(try client.answer().text == "now") }
    }

    @Test("a client that shut down its sending side still gets its held answer")
    func halfClose() throws {
        let held = Box<Responder>()
        let test = try TestServer(quick) { _, responder in held.set(responder) }
        let client = try test.client()
        client.send(get)
        client.finishSending()
        let responder = try #require(held.wait())
        #expect(try client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 102 "))
        #expect(!responder.isDisconnected)
        responder.send(.text("here"))
        #expect(try client.answer().text == "here")
        #expect(client.isClosedByServer())
    }

    @Test("a client that closes or resets is noticed while its request is held", arguments: [false, true])
    func vanished(byReset: Bool) throws {
        let held = Box<Responder>()
        let gone = Box<Bool>()
        let test = try TestServer(quick) { _, responder in
            responder.onDisconnect { gone.set(true) }
            held.set(responder)
        }
        let client = try test.client()
        client.send(get)
        let responder = try #require(held.wait())
        if byReset { client.reset() } else { client.close() }
        #expect(gone.wait() == true)
        #expect(responder.isDisconnected)
        #expect(!responder.send(.text("too late")))
        #expect(eventually { test.server.connectionCount == 0 })
        #expect(test.events.all.contains(.clientVanished))
    }

    @Test("a client that resets while its requests fill the read-ahead is noticed too")
    func vanishedWhilePaused() throws {
        var configuration = quick
        configuration.readAheadBytesMax = 16
        let gone = Box<Bool>()
        let held = Box<Responder>()
        let test = try TestServer(configuration) { _, responder in
            responder.onDisconnect { gone.set(true) }
            held.set(responder)
        }
        let client = try test.client()
        client.send(get + get + get)
        _ = held.wait()
        client.reset()
        #expect(gone.wait() == true)
    }

    @Test("after a complete answer a client that goes is nobody's business")
    func goneAfterwards() throws {
        let gone = Box<Bool>()
        let test = try TestServer { _, responder in
            responder.onDisconnect { gone.set(true) }
            responder.send(.text("x"))
        }
        let client = try test.client()
        client.send(get)
        _ = try client.answer()
        client.reset()
        #expect(eventually { test.server.connectionCount == 0 })
        #expect(gone.value == nil)
    }

    @Test("a stream arrives piece by piece and ends, and the connection goes on")
    func stream() throws {
        let writers = Box<BodyWriter>()
        let endings = Box<StreamFlow.Ending>()
        let test = try TestServer { _, responder in
            guard let writer = responder.stream(headers: ["Content-Type": "text/plain"]) else { return }
            writer.onClosed { endings.set($0) }
            writers.set(writer)
        }
        let client = try test.client()
        client.send(get)
        let writer = try #require(writers.wait())
        writer.write("one".bytes)
        #expect(try client.receive(until: "one\r\n").contains("Transfer-Encoding: chunked"))
        writer.write("two".bytes)
        #expect(try client.receive(until: "two\r\n") == "3\r\ntwo\r\n")
        writer.finish()
        #expect(try client.receive(until: "\r\n\r\n") == "0\r\n\r\n")
        #expect(endings.wait() == .complete)
        _ = writers.take()
        client.send(get)
        #expect(writers.wait() != nil)
    }

    @Test("a pumped stream arrives whole")
    func pumpedWhole() throws {
        let drawn = Log<Int>()
        let test = try TestServer { _, responder in
            responder.stream()?.pump {
                let number = drawn.count
                drawn.add(number)
                return number < 200 ? [UInt8](repeating: UInt8(number), count: 20_000) : nil
            }
        }
        let client = try test.client()
        client.send(get)
        let body = try #require(try LoopbackClient.largeAnswers(1, from: client).first)
        #expect(body.count == 4_000_000)
        for number in 0..<200 {
            let piece = Array(body[(number * 20_000)..<((number + 1) * 20_000)])
            #expect(piece == [UInt8](repeating: UInt8(number), count: 20_000))
        }
    }

    @Test("a stream whose client goes is told so")
    func streamBroken() throws {
        let endings = Box<StreamFlow.Ending>()
        let writers = Box<BodyWriter>()
        let test = try TestServer(quick) { _, responder in
            guard let writer = responder.stream() else { return }
            writer.onClosed { endings.set($0) }
            writers.set(writer)
        }
        let client = try test.client()
        client.send(get)
        let writer = try #require(writers.wait())
        _ = try client.receive(until: "\r\n\r\n")
        client.close()
        #expect(
            eventually {
                writer.write("tick".bytes)
                return endings.value != nil
            })
        #expect(endings.value == .broken)
        #expect(writer.write([1]) == .closed)
    }

    @Test("a writer let go in mid-body resets the connection, so that the client sees it is incomplete")
    func abandoned() throws {
        let test = try TestServer { _, responder in
            responder.stream()?.write("part".bytes)
        }
        let client = try test.client()
        client.send(get)
        #expect(throws: (any Error).self) { try client.answer() }
    }

    @Test("server-sent events arrive as they are sent")
    func events() throws {
        let streams = Box<ServerSentEvents>()
        let test = try TestServer { _, responder in
            if let stream = ServerSentEvents(responder) { streams.set(stream) }
        }
        let client = try test.client()
        client.send(get)
        let stream = try #require(streams.wait())
        stream.send(event: "ticket", id: "1", data: "a\nb")
        let text = try client.receive(until: "data: b\n\n")
        #expect(text.contains("Content-Type: text/event-stream\r\n"))
        #expect(text.contains("event: ticket\nid: 1\ndata: a\ndata: b\n\n"))
        stream.finish()
        #expect(try client.receive(until: "0\r\n\r\n").isEmpty == false)
    }

    @Test("a stream for HEAD is over at once, and the connection goes on")
    func headOfStream() throws {
        let endings = Log<StreamFlow.Ending>()
        let test = try TestServer { _, responder in
            guard let writer = responder.stream() else { return }
            writer.onClosed { endings.add($0) }
            writer.pump { endings.count == 0 ? [1] : nil }
        }
        let client = try test.client()
        client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nHEAD /x HTTP/1.1\r\nHost: a\r\n\r\n")
        for _ in 0..<2 { #expect(try client.answer(to: .head).status == 200) }
        #expect(eventually { endings.all == [.complete, .complete] })
    }
}
