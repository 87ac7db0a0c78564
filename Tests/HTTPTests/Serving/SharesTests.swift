import Testing

@testable import HTTP

@Suite("What all connections share")
struct SharesTests {
    private func post(_ length: Int, _ body: Int) -> String {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "x", count: body)
    }

    @Test("a body that all others together leave no room for is answered 503 with a time to try again")
    func noRoom() {
        let shares = Shares(bodyBytesMax: 1000)
        var first = MachineRun(shares: shares)
        first.receive(post(700, 600))
        var second = MachineRun(shares: shares)
        second.receive(post(401, 400))
        second.receive("x")
        #expect(second.statuses == ["503"])
        #expect(second.text.contains("Retry-After: 2"))
        #expect(second.text.contains("1000 bytes"))
        #expect(second.handled.isEmpty)
        // What the refused one held is free: the first may be completed, another fills what is left exactly.
        first.receive(String(repeating: "x", count: 100))
        #expect(first.handled.count == 1)
        var third = MachineRun(shares: shares)
        third.receive(post(300, 300))
        #expect(third.handled.count == 1)
    }

    @Test("a body counts until its answer is complete, and no longer however the exchange ends")
    func givenBack() {
        let shares = Shares(bodyBytesMax: 1000)
        for ending in 0..<6 {
            var run = MachineRun(shares: shares)
            run.receive(post(1000, ending == 5 ? 999 : 1000))
            var other = MachineRun(shares: shares)
            other.receive(post(2, 2))
            #expect(other.statuses == ["503"], "held in \(ending)")
            switch ending {
            case 0: run.respond(.text("x"), number: 1)
            case 1: run.machine.connectionBroke()
            case 2: run.machine.cutOff()
            case 3: run.pass(seconds: 121)
            case 4:
                _ = run.beginStream()
                run.machine.finishStream(number: 1, at: run.now)
            default: run.pass(seconds: 31)
            }
            run.settle()
            var next = MachineRun(shares: shares)
            next.receive(post(1000, 1000))
            #expect(next.handled.count == 1, "free after \(ending)")
            next.respond(.text("x"), number: 1)
        }
    }

    @Test("a caller's request counts from its head to the end of its exchange, however that ends")
    func callers() {
        let shares = Shares(bodyBytesMax: 1000)
        let caller = Caller("a", requestsMax: 1)
        let admission = Admission.accept(bodyBytesMax: 10, parameters: [:], handler: { _, _ in }, caller: caller)
        for ending in 0..<6 {
            var run = MachineRun(admission: admission, shares: shares)
            run.receive(post(2, ending < 4 ? 2 : 1))
            var second = MachineRun(admission: admission, shares: shares)
            second.receive(post(2, 2))
            #expect(second.statuses == ["429"], "counted in \(ending)")
            switch ending {
            case 0: run.respond(.text("x"), number: 1)
            case 1: run.machine.connectionBroke()
            case 2: run.pass(seconds: 121)
            case 3: run.machine.cutOff()
            case 4: run.finishSending()
            default: run.pass(seconds: 31)
            }
            run.settle()
            var third = MachineRun(admission: admission, shares: shares)
            third.receive(post(2, 2))
            #expect(third.handled.count == 1, "free after \(ending)")
            third.respond(.text("x"), number: 1)
        }
    }

    @Test("what may be closed for others is what waits on a stranger")
    func standing() {
        let caller = Caller("a", requestsMax: 1)
        let known = Admission.accept(bodyBytesMax: 10, parameters: [:], handler: { _, _ in }, caller: caller)
        var run = MachineRun(admission: known)
        #expect(run.machine.standing?.hasKnownCaller == false)
        run.receive("POST / HTTP/1.1\r\n")
        #expect(run.machine.standing != nil)
        run.receive("Host: a\r\nContent-Length: 2\r\n\r\n")
        #expect(run.machine.standing == nil)
        run.receive("xx")
        #expect(run.machine.standing == nil)
        run.respond(.text("x"), number: 1)
        #expect(run.machine.standing?.hasKnownCaller == true)
        let standing = run.machine.standing
        run.pass(seconds: 1)
        #expect(run.machine.standing?.since == standing?.since)

        var stranger = MachineRun()
        stranger.receive(post(2, 1))
        #expect(stranger.machine.standing != nil)
        stranger.receive("x")
        #expect(stranger.machine.standing == nil)
        stranger.takesBytes = false
        stranger.respond(.text("x"), number: 1)
        #expect(stranger.machine.standing != nil)
        let closes = stranger.machine.makeRoom()
        #expect(closes)
        stranger.settle()
        #expect(stranger.ends == ["incomplete", "closed"])
        let closesAgain = stranger.machine.makeRoom()
        #expect(!closesAgain)
    }
}
