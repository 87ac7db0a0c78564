import Testing

@testable import HTTP

@Suite("One connection's decisions")
struct ConnectionMachineTests {
    private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("the next of several pipelined requests waits until the answer is with the system")
    func onePerTime() {
        var run = MachineRun()
        run.takesBytes = false
        run.receive(get + get)
        #expect(run.handled.count == 1)
        run.respond(.text("x"), number: 1)
        #expect(run.handled.count == 1)
        run.take(1_000_000)
        #expect(run.handled.count == 2)
    }

    @Test("reading stops when enough was read ahead, and goes on with the next request")
    func readAhead() {
        var configuration = Server.Configuration()
        configuration.readAheadBytesMax = get.utf8.count * 2
        var run = MachineRun(configuration)
        run.receive(get + get)
        #expect(!run.isPaused)
        run.receive(get)
        #expect(run.isPaused)
        run.respond(.text("x"), number: 1)
        #expect(!run.isPaused)
        #expect(run.handled.count == 2)
    }

    @Test("an answer under another number is dropped")
    func wrongNumber() {
        var run = MachineRun()
        run.receive(get)
        run.respond(.text("x"), number: 2)
        #expect(run.statuses.isEmpty)
        run.respond(.text("x"), number: 1)
        run.respond(.text("x"), number: 1)
        #expect(run.statuses == ["200"])
    }

    @Test("an answer that cannot be sent becomes a 500 without a word of it")
    func invalidResponse() {
        for headers: Headers in [["X": "a\r\nSet-Cookie: b"], ["X": "a\nb"], ["X Y": "a"], ["X": "a\0"]] {
            var run = MachineRun()
            run.receive(get)
            run.respond(Response(headers: headers), number: 1)
            #expect(run.statuses == ["500"])
            #expect(!run.text.contains("Set-Cookie"))
            var stream = MachineRun()
            stream.receive(get)
            let start = stream.beginStream(headers: headers)
            #expect(start == .refused)
            #expect(stream.statuses == ["500"])
        }
    }

    @Test("framing fields of a handler are replaced by the server's")
    func ownFraming() {
        var run = MachineRun()
        run.receive(get)
        let headers: Headers = ["content-length": "99", "Transfer-Encoding": "chunked", "date": "never", "X": "y"]
        run.respond(Response(headers: headers, body: .bytes([1])), number: 1)
        #expect(run.text.contains("Content-Length: 1\r\n"))
        #expect(!run.text.contains("99") && !run.text.contains("chunked") && !run.text.contains("never"))
        #expect(run.text.contains("X: y\r\n") && run.text.contains("Date: "))
    }

    @Test("the last request a connection may have is answered with close")
    func requestLimit() {
        var configuration = Server.Configuration()
        configuration.requestsPerConnectionMax = 2
        var run = MachineRun(configuration)
        run.receive(get + get + get)
        run.respond(.text("x"), number: 1)
        #expect(!run.text.contains("Connection: close"))
        run.respond(.text("x"), number: 2)
        #expect(run.text.contains("Connection: close"))
        #expect(run.handled.count == 2)
        #expect(run.ends.last == "finished writing")
    }

    @Test("an unwanted body is dropped and the connection kept when it is small, closed when it is large")
    func unwantedBody() {
        var configuration = Server.Configuration()
        configuration.discardBytesMax = 10
        for (length, isKept) in [(10, true), (11, false)] {
            var run = MachineRun(configuration, admission: .refuse(.problem(status: .notFound, detail: "x")))
            run.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
            run.receive(String(repeating: "x", count: length) + get)
            #expect(run.statuses == (isKept ? ["404", "404"] : ["404"]))
            #expect(run.text.contains("Connection: close") != isKept)
        }
    }

    @Test("a client that awaits 100 gets it when its body will be taken, else the refusal at once")
    func expectation() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n"
        var taken = MachineRun()
        taken.receive(head + "Content-Length: 2\r\n\r\n")
        #expect(taken.text == "HTTP/1.1 100 Continue\r\n\r\n")
        taken.receive("hi")
        #expect(taken.handled.first?.request.body == "hi".bytes)

        var large = MachineRun()
        large.receive(head + "Content-Length: 1001\r\n\r\n")
        #expect(large.statuses == ["413"])

        var refused = MachineRun(admission: .refuse(.problem(status: .notFound, detail: "x")))
        refused.receive(head + "Content-Length: 2\r\n\r\n")
        #expect(refused.statuses == ["404"])
        #expect(refused.text.contains("Connection: close"))

        var early = MachineRun()
        early.receive(head + "Content-Length: 2\r\n\r\nhi")
        #expect(early.statuses.isEmpty)

        var other = MachineRun()
        other.receive("POST / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 2\r\n\r\n")
        #expect(other.statuses == ["417"])

        var old = MachineRun()
        old.receive("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(old.statuses.isEmpty)
    }

    @Test("no body is sent with HEAD, 204 and 304, but HEAD tells the length")
    func withoutBody() {
        for (request, status, hasLength) in [("HEAD", 200, true), ("GET", 204, false), ("GET", 304, false)] {
            var run = MachineRun()
            run.receive("\(request) / HTTP/1.1\r\nHost: a\r\n\r\n")
            run.respond(Response(status: Status(status), body: .bytes("body".bytes)), number: 1)
            #expect(run.text.hasSuffix("\r\n\r\n"))
            #expect(run.text.contains("Content-Length: 4") == hasLength)
            #expect(run.ends.last == "complete")
        }
    }

    @Test("a stream is chunked for 1.1, and ended by the connection for 1.0")
    func streams() {
        let cases = [("GET / HTTP/1.1", "\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), ("GET / HTTP/1.0", "\r\n\r\nabc")]
        for (line, ending) in cases {
            var run = MachineRun()
            run.receive("\(line)\r\nHost: a\r\n\r\n")
            let start = run.beginStream()
            #expect(start == .begun)
            run.machine.writeStream("abc".bytes, number: 1)
            run.machine.finishStream(number: 1, at: run.now)
            run.settle()
            #expect(run.text.hasSuffix(ending), "\(line)")
            #expect(run.ends.starts(with: ["stream complete", "complete"]))
            #expect(run.text.contains("Connection: close") == line.hasSuffix("1.0"))
        }
    }

    @Test("a stream answering HEAD is over with its head")
    func streamForHead() {
        var run = MachineRun()
        run.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        let start = run.beginStream()
        #expect(start == .headOnly)
        run.machine.writeStream("abc".bytes, number: 1)
        run.settle()
        #expect(run.text.hasSuffix("Transfer-Encoding: chunked\r\n\r\n"))
        #expect(run.ends == ["complete"])
    }

    @Test("a stream finished but not yet with the system is broken when the client goes")
    func finishedStreamBreaks() {
        var run = MachineRun()
        run.takesBytes = false
        run.receive(get)
        _ = run.beginStream()
        run.machine.finishStream(number: 1, at: run.now)
        run.machine.connectionBroke()
        run.settle()
        #expect(run.ends == ["stream broken", "incomplete", "closed"])
    }

    @Test("an aborted stream ends in a reset and never in the last chunk")
    func abortedStream() {
        var run = MachineRun()
        run.receive(get)
        _ = run.beginStream()
        run.machine.writeStream("abc".bytes, number: 1)
        run.machine.abortStream(number: 1)
        run.settle()
        #expect(run.ends == ["stream broken", "incomplete", "aborted"])
        #expect(!run.text.contains("0\r\n\r\n"))
    }

    @Test("a client that shut down sending is answered, asked once, and dropped when it turns out gone")
    func halfClosed() {
        for isGone in [false, true] {
            var run = MachineRun()
            run.receive(get)
            run.finishSending()
            run.pass(seconds: 0.4)
            #expect(run.statuses.isEmpty)
            run.pass(seconds: 0.3)
            #expect(run.statuses == ["102"])
            run.peerIsGone = isGone
            run.pass(seconds: 5)
            run.respond(.text("x"), number: 1)
            #expect(run.statuses == (isGone ? ["102"] : ["102", "200"]))
            #expect(run.ends == (isGone ? ["incomplete", "closed"] : ["complete", "closed"]))
        }
    }

    @Test("requests sent before a half-close are all answered, a torn one with 400")
    func halfClosedPipeline() {
        var run = MachineRun()
        run.receive(get + get + "GET /")
        run.finishSending()
        run.respond(.text("x"), number: 1)
        run.respond(.text("x"), number: 2)
        #expect(run.statuses == ["200", "200", "400"])
        #expect(run.ends.last == "closed")
    }

    @Test("a client of 1.0 is never sent an interim response")
    func oldClient() {
        var run = MachineRun()
        run.receive("GET / HTTP/1.0\r\n\r\n")
        run.finishSending()
        run.pass(seconds: 5)
        #expect(run.statuses.isEmpty)
    }

    @Test("in a shutdown idle connections close, requests under way are answered with close")
    func shutdown() {
        var idle = MachineRun()
        idle.machine.shutDown(at: idle.now)
        idle.settle()
        #expect(idle.ends == ["closed"])

        for sent in ["GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh", get] {
            var run = MachineRun()
            run.receive(sent)
            run.machine.shutDown(at: run.now)
            run.settle()
            #expect(run.ends.isEmpty)
            if sent.hasSuffix("HT") { run.receive("TP/1.1\r\nHost: a\r\n\r\n") }
            if sent.hasSuffix("h") { run.receive("i") }
            run.respond(.text("x"), number: 1)
            #expect(run.statuses == ["200"])
            #expect(run.text.contains("Connection: close"))
            #expect(run.ends == ["complete", "finished writing"])
        }
    }
}
