import Testing

@testable import HTTP

@Suite("Deadlines, on a made-up clock")
struct DeadlineTests {
    private let head = "POST / HTTP/1.1\r\nHost: a\r\n"

    @Test("a connection that sends nothing is closed after the header deadline")
    func silent() {
        var run = MachineRun()
        run.pass(seconds: 9.9)
        #expect(run.ends.isEmpty)
        run.pass(seconds: 0.3)
        #expect(run.ends == ["finished writing"])
        #expect(run.events == [.deadlinePassed(.header)])
        run.pass(seconds: 2.2)
        #expect(run.ends.last == "closed")
    }

    @Test("a head dripped byte by byte is cut with 408 at the header deadline")
    func drippedHead() {
        var run = MachineRun()
        for byte in head.utf8.prefix(11) {
            run.receive(String(decoding: [byte], as: UTF8.self))
            run.pass(seconds: 1)
        }
        #expect(run.statuses == ["408"])
        #expect(run.text.contains("Connection: close"))
        #expect(run.events.contains(.deadlinePassed(.header)))
    }

    @Test("a body dripped byte by byte is cut with 408, at most a moment after the body deadline")
    func drippedBody() {
        var run = MachineRun()
        run.receive(head + "Content-Length: 500\r\n\r\n")
        for _ in 0..<29 {
            run.receive("x")
            run.pass(seconds: 1)
        }
        #expect(run.statuses.isEmpty)
        run.receive("x")
        run.pass(seconds: 1.5)
        #expect(run.statuses == ["408"])
        #expect(run.handled.isEmpty)
    }

    @Test("a large body over a slow but steady line is not cut")
    func slowBody() {
        let plain = Admission.accept(bodyBytesMax: 1_000_000, parameters: [:], handler: { _, _ in })
        var run = MachineRun(admission: plain)
        run.receive(head + "Content-Length: 200000\r\n\r\n")
        for _ in 0..<100 {
            run.receive(String(repeating: "x", count: 2000))
            run.pass(seconds: 1)
        }
        #expect(run.statuses.isEmpty)
        #expect(run.handled.count == 1)
    }

    @Test("much of a body sent at once buys no long silence: the rest is due within the body deadline")
    func burstThenSilence() {
        let plain = Admission.accept(bodyBytesMax: 4_000_000, parameters: [:], handler: { _, _ in })
        var run = MachineRun(admission: plain)
        run.receive(head + "Content-Length: 3000000\r\n\r\n")
        run.receive(String(repeating: "x", count: 2_999_000))
        run.pass(seconds: 29)
        #expect(run.statuses.isEmpty)
        run.receive("x")
        run.pass(seconds: 2)
        #expect(run.statuses == ["408"])
    }

    @Test("a client that took much of an answer and then stops is reset after the write deadline")
    func readerStops() {
        var run = MachineRun()
        run.takesBytes = false
        run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        run.respond(Response(body: .bytes([UInt8](repeating: 0, count: 3_000_000))), number: 1)
        run.take(2_900_000)
        run.pass(seconds: 29)
        #expect(!run.ends.contains("aborted"))
        run.pass(seconds: 2)
        #expect(run.ends.contains("aborted"))
    }

    @Test("an idle connection is closed after the idle deadline, which each request begins anew")
    func idle() {
        var run = MachineRun()
        for number in 1...2 {
            run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            run.respond(.text("x"), number: UInt64(number))
            run.pass(seconds: 74)
        }
        #expect(run.statuses == ["200", "200"])
        #expect(!run.ends.contains("finished writing"))
        run.pass(seconds: 1.5)
        #expect(run.events.contains(.deadlinePassed(.idle)))
    }

    @Test("the clock of a later head starts with its first byte")
    func laterHead() {
        var run = MachineRun()
        run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        run.respond(.text("x"), number: 1)
        run.pass(seconds: 50)
        run.receive("G")
        run.pass(seconds: 9.5)
        #expect(run.statuses == ["200"])
        run.pass(seconds: 1)
        #expect(run.statuses == ["200", "408"])
    }

    @Test("a client that takes no bytes is reset after the write deadline")
    func stuckReader() {
        var run = MachineRun()
        run.takesBytes = false
        run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        run.respond(Response(body: .bytes([UInt8](repeating: 0, count: 100_000))), number: 1)
        run.pass(seconds: 29.5)
        #expect(run.ends.isEmpty)
        run.pass(seconds: 1)
        #expect(run.ends == ["incomplete", "aborted"])
        #expect(run.events.contains(.deadlinePassed(.write)))
    }

    @Test("a client that takes a byte now and then is reset too, one that takes a fair rate is not")
    func drippingReader() {
        for (rate, isCut) in [(1, true), (2000, false)] {
            var run = MachineRun()
            run.takesBytes = false
            run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            run.respond(Response(body: .bytes([UInt8](repeating: 0, count: 100_000))), number: 1)
            for _ in 0..<60 {
                run.take(rate)
                run.pass(seconds: 1)
            }
            #expect(run.ends.contains("aborted") == isCut, "\(rate) bytes a second")
        }
    }

    @Test("a handler that never begins its answer gets its client a 503, and is told")
    func noAnswer() {
        var run = MachineRun()
        run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        run.pass(seconds: 119.5)
        #expect(run.statuses.isEmpty)
        run.pass(seconds: 1)
        #expect(run.statuses == ["503"])
        #expect(run.ends.first == "incomplete")
        run.respond(.text("late"), number: 1)
        #expect(run.statuses == ["503"])
    }

    @Test("a stream may be silent for as long as it likes")
    func silentStream() {
        var run = MachineRun()
        run.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let start = run.beginStream()
        #expect(start == .begun)
        run.pass(seconds: 500)
        #expect(run.ends.isEmpty)
    }

    @Test("a lingering connection is closed when the client does, or after a while")
    func lingering() {
        for clientCloses in [true, false] {
            var run = MachineRun()
            run.receive("BAD\r\n")
            #expect(run.statuses == ["400"])
            #expect(run.ends == ["finished writing"])
            run.receive("more that is dropped")
            if clientCloses { run.finishSending() } else { run.pass(seconds: 2.2) }
            #expect(run.ends == ["finished writing", "closed"])
        }
    }
}
