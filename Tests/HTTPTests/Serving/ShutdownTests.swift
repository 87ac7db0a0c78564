import HTTP
import Testing

@Suite("Shutdown at each moment")
struct ShutdownTests {
    private let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"

    private func shutDown(_ test: TestServer, deadlineSeconds: Double = 20) -> Box<Server.ShutdownOutcome> {
        let outcome = Box<Server.ShutdownOutcome>()
        test.server.shutdown(deadlineSeconds: deadlineSeconds) { outcome.set($0) }
        return outcome
    }

    @Test("without connections it completes at once, and new ones are refused by the system")
    func empty() throws {
        let test = try TestServer(handler: TestServer.echo)
        #expect(shutDown(test).wait() == .finished)
        #expect(throws: (any Error).self) {
            let client = try test.client()
            client.send(get)
            _ = try client.answer()
        }
    }

    @Test("before the first byte the connection is closed")
    func beforeFirstByte() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        #expect(eventually { test.server.connectionCount == 1 })
        let outcome = shutDown(test)
        #expect(client.isClosedByServer())
        #expect(outcome.wait() == .finished)
    }

    @Test("between two requests the connection is closed")
    func idle() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        client.send(get)
        #expect(try client.answer().status == 200)
        let outcome = shutDown(test)
        #expect(client.isClosedByServer())
        #expect(outcome.wait() == .finished)
    }

    @Test(
        "in the midst of a head or a body the request is finished and answered with close",
        arguments: [
            ("GET /x HT", "TP/1.1\r\nHost: a\r\n\r\n"),
            ("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh", "i"),
        ])
    func midRequest(first: String, second: String) throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        // Both arrive in one segment, so the part has been read once the request before it is answered.
        client.send(get + first)
        _ = try client.answer()
        let outcome = shutDown(test)
        client.send(second)
        let answer = try client.answer()
        #expect(answer.status == 200)
        #expect(answer.head.headers["Connection"] == "close")
        client.close()
        #expect(outcome.wait() == .finished)
    }

    @Test("while the handler works its answer is awaited")
    func handling() throws {
        let held = Box<Responder>()
        let test = try TestServer { _, responder in held.set(responder) }
        let client = try test.client()
        client.send(get)
        let responder = try #require(held.wait())
        let outcome = shutDown(test)
        #expect(throws: (any Error).self) { try LoopbackClient(port: test.port) }
        #expect(outcome.value == nil)
        responder.send(.text("done"))
        let answer = try client.answer()
        #expect(answer.text == "done")
        #expect(answer.head.headers["Connection"] == "close")
        client.close()
        #expect(outcome.wait() == .finished)
    }

    @Test("while an answer is being read it is sent to its end")
    func answering() throws {
        let body = [UInt8](repeating: 1, count: 8_000_000)
        let test = try TestServer { _, responder in responder.send(Response(body: .bytes(body))) }
        let client = try test.client()
        client.shrinkReceiveBuffer()
        client.send(get)
        #expect(eventually { test.events.all.contains(.answered(.ok)) })
        let outcome = shutDown(test)
        #expect(try LoopbackClient.largeAnswers(1, from: client).first?.count == body.count)
        client.close()
        #expect(outcome.wait() == .finished)
    }

    @Test("what is not finished by the deadline is cut off, and its handler told")
    func deadline() throws {
        let gone = Box<Bool>()
        let held = Box<Responder>()
        let test = try TestServer { _, responder in
            responder.onDisconnect { gone.set(true) }
            held.set(responder)
        }
        let client = try test.client()
        client.send(get)
        _ = held.wait()
        let outcome = shutDown(test, deadlineSeconds: 0.05)
        #expect(outcome.wait() == .cutOff(connections: 1))
        #expect(client.isClosedByServer())
        #expect(gone.wait() == true)
    }

    @Test("a second call may shorten the deadline, and both are told")
    func twice() throws {
        let held = Box<Responder>()
        let test = try TestServer { _, responder in held.set(responder) }
        let client = try test.client()
        client.send(get)
        _ = held.wait()
        let first = shutDown(test, deadlineSeconds: 1000)
        let second = shutDown(test, deadlineSeconds: 0)
        #expect(first.wait() == .cutOff(connections: 1))
        #expect(second.wait() == .cutOff(connections: 1))
        #expect(shutDown(test).wait() == .cutOff(connections: 1))
    }

    @Test("a server never started completes at once")
    func neverStarted() {
        let outcome = Box<Server.ShutdownOutcome>()
        Server(handler: TestServer.echo).shutdown(deadlineSeconds: 1) { outcome.set($0) }
        #expect(outcome.wait() == .finished)
    }
}
