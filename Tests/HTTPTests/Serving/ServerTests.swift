import Dispatch
import HTTP
import Testing

@Suite("Server on loopback")
struct ServerTests {
    private let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("one connection serves request after request")
    func keepAlive() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        for number in 0..<20 {
            client.send("POST /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
            let answer = try client.answer()
            #expect(answer.text == "POST /\(number) abc")
            #expect(answer.head.headers["Connection"] == nil)
            #expect(answer.head.headers.contains("Date"))
        }
        #expect(test.server.connectionCount == 1)
    }

    @Test("pipelined requests are answered in order")
    func pipelining() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        client.send((0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for number in 0..<50 { #expect(try client.answer().text == "GET /\(number) ") }
    }

    @Test("a request sent byte by byte is served")
    func byteByByte() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        for byte in "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n".utf8 {
            client.send([byte])
        }
        #expect(try client.answer().text == "POST /x hi")
    }

    @Test("Connection: close and HTTP/1.0 end the connection after the answer")
    func closing() throws {
        let test = try TestServer(handler: TestServer.echo)
        let lines = ["GET /x HTTP/1.1\r\nHost: a\r\nConnection: CLOSE\r\n\r\n", "GET /x HTTP/1.0\r\n\r\n"]
        for line in lines {
            let client = try test.client()
            client.send(line)
            let answer = try client.answer()
            #expect(answer.text == "GET /x ")
            #expect(answer.head.headers["Connection"] == "close")
            #expect(client.isClosedByServer())
        }
        let client = try test.client()
        client.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try client.answer().head.headers["Connection"] == "keep-alive")
        client.send("GET /y HTTP/1.0\r\n\r\n")
        #expect(try client.answer().text == "GET /y ")
    }

    @Test("HEAD has the length and no body, and the connection goes on")
    func head() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get)
        let answer = try client.answer(to: .head)
        #expect(answer.head.headers["Content-Length"] == "8")
        #expect(try client.answer().text == "GET /x ")
    }

    @Test("a client waiting for 100 gets it, then the answer")
    func expectContinue() throws {
        let test = try TestServer(handler: TestServer.echo)
        let client = try test.client()
        client.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(try client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("hi")
        #expect(try client.answer().text == "POST /x hi")
    }

    @Test("a parse error is answered and the answer survives the bytes still coming")
    func errorSurvives() throws {
        let test = try TestServer(handler: TestServer.echo)
        for _ in 0..<20 {
            let client = try test.client()
            client.send("BAD\r\n" + String(repeating: "x", count: 300_000))
            let answer = try client.answer()
            #expect(answer.status == 400)
            #expect(answer.head.headers["Connection"] == "close")
            #expect(answer.head.headers["Content-Type"] == "application/problem+json")
        }
    }

    @Test("a body above the route's limit is 413, and the answer survives the rest of the body")
    func tooLarge() throws {
        var router = Router()
        router.add(.post, "/small", bodyBytesMax: 10, handler: TestServer.echo)
        let test = try TestServer(handler: router)
        for framing in ["Content-Length: 400000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n61a80\r\n"] {
            let client = try test.client()
            client.send("POST /small HTTP/1.1\r\nHost: a\r\n" + framing)
            client.send(String(repeating: "x", count: 400_000))
            #expect(try client.answer().status == 413)
        }
        let client = try test.client()
        client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789")
        #expect(try client.answer().status == 200)
    }

    @Test("a slow drip is cut by the server while others are served")
    func slowDrip() throws {
        var configuration = TestServer.patient
        configuration.headerSeconds = 0.2
        configuration.bodySeconds = 0.2
        let test = try TestServer(configuration, handler: TestServer.echo)
        for start in ["GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx"] {
            let client = try test.client()
            client.send(start)
            #expect(try client.answer().status == 408)
            #expect(client.isClosedByServer())
        }
        let silent = try test.client()
        #expect(silent.isClosedByServer())
        let other = try test.client()
        other.send(get)
        #expect(try other.answer().status == 200)
    }

    @Test("one connection too many, while all are being served, is answered 503; there is room again when one closes")
    func tooMany() throws {
        var configuration = TestServer.patient
        configuration.connectionsMax = 2
        let held = Log<Responder>()
        let test = try TestServer(configuration) { request, responder in
            if request.path == "/held" { held.add(responder) } else { TestServer.echo(request, responder) }
        }
        let first = try test.client()
        let second = try test.client()
        for client in [first, second] { client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n") }
        #expect(eventually { held.count == 2 })
        let third = try test.client()
        third.send(get)
        let answer = try third.answer()
        #expect(answer.status == 503)
        #expect(answer.head.headers["Retry-After"] != nil)
        #expect(third.isClosedByServer())
        #expect(test.events.all.contains(.connectionRefused))
        first.close()
        #expect(eventually { test.server.connectionCount == 1 })
        let fourth = try test.client()
        fourth.send(get)
        #expect(try fourth.answer().status == 200)
    }

    @Test("more requests than may wait for a worker are answered 503")
    func tooManyRequests() throws {
        var configuration = TestServer.patient
        configuration.workersMax = 1
        configuration.pendingRequestsMax = 1
        let gate = DispatchSemaphore(value: 0)
        let begun = Log<String>()
        let test = try TestServer(configuration) { request, responder in
            begun.add(request.path)
            gate.wait()
            responder.send(.text("done"))
        }
        let running = try test.client()
        running.send(get)
        #expect(eventually { begun.count == 1 })
        let others = try (0..<3).map { _ in try test.client() }
        for client in others { client.send(get) }
        #expect(eventually { test.events.all.count { $0 == .answered(.serviceUnavailable) } == 2 })
        for _ in 0..<4 { gate.signal() }
        let statuses = try others.map { try $0.answer().status }.sorted()
        #expect(statuses == [200, 503, 503])
        #expect(try running.answer().status == 200)
    }

    @Test("a large answer to a client that reads slowly arrives whole")
    func largeAnswer() throws {
        let body = patternedBytes(3_000_000)
        let test = try TestServer { _, responder in responder.send(Response(body: .bytes(body))) }
        let client = try test.client()
        client.shrinkReceiveBuffer()
        client.send(get + get)
        #expect(try LoopbackClient.largeAnswers(2, from: client) == [body, body])
    }

    @Test("an unread long pipeline is served without being read ahead without bound")
    func longPipeline() throws {
        var configuration = TestServer.patient
        configuration.readAheadBytesMax = 256
        let test = try TestServer(configuration, handler: TestServer.echo)
        let client = try test.client()
        client.send(String(repeating: get, count: 2000))
        for _ in 0..<2000 { #expect(try client.answer().text == "GET /x ") }
    }

    @Test("a handler that lets its responder go gets its client a 500")
    func forgotten() throws {
        let test = try TestServer { _, _ in }
        let client = try test.client()
        client.send(get)
        #expect(try client.answer().status == 500)
    }

    @Test("start fails with advice when the port is taken, and a second server may follow the first at once")
    func ports() throws {
        let first = try TestServer(handler: TestServer.echo)
        var configuration = TestServer.patient
        configuration.port = first.port
        let second = Server(configuration: configuration, handler: TestServer.echo)
        let error = #expect(throws: HTTPError.self) { try second.start() }
        #expect(error?.subject == "bind")
        #expect(error?.advice.contains("port") == true)
        let client = try first.client()
        client.send(get)
        _ = try client.answer()
        let ended = Box<Server.ShutdownOutcome>()
        first.server.shutdown(deadlineSeconds: 1) { ended.set($0) }
        #expect(ended.wait() != nil)
        let third = Server(configuration: configuration, handler: TestServer.echo)
        #expect(try third.start() == first.port)
        third.shutdown(deadlineSeconds: 0) { _ in }
    }
}

extension LoopbackClient {
    static func largeAnswers(_ count: Int, from client: LoopbackClient) throws -> [[UInt8]] {
        var limits = ParserLimits()
        limits.bodyBytesMax = 100_000_000
        var parser = ResponseParser(limits: limits)
        var bodies: [[UInt8]] = []
        var body: [UInt8] = []
        while bodies.count < count {
            switch try parser.next() {
            case .head: body = []
            case .body(let bytes): body += bytes
            case .end: bodies.append(body)
            case nil:
                let bytes = try client.receive()
                guard !bytes.isEmpty else { throw Failure(description: "the stream ended early") }
                parser.append(bytes)
            }
        }
        return bodies
    }
}
