import Testing

@testable import Replication

struct ExchangeTests {
    @Test("what one branch writes is the same at the hub and at those who share it")
    func sharing() throws {
        let province = try TestProvince(branches: 2)
        let one = province.branches[0]
        let two = province.branches[1]
        let ticket = try province.ticket(at: one, sharedWith: [two])
        let own = try province.ticket(at: one, title: "ours alone")
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: ticket, at: two) == "broken line")
        #expect(try province.title(of: own, at: two) == nil)
        #expect(try province.title(of: own, at: province.hub) == "ours alone")
    }

    @Test("an author is told that its changes were admitted, and is not sent them back")
    func noEcho() throws {
        let province = try TestProvince(branches: 2)
        let one = province.branches[0]
        try province.converge()
        let ticket = try province.ticket(at: one, sharedWith: [province.branches[1]])
        for _ in 0..<3 { try province.write(TestProvince.note("mine"), on: ticket, at: one) }
        try province.exchange(.push, one)
        let poll = try province.prepare(.poll, at: one)
        let answer = try ExchangeAnswer(encoded: try province.deliver(poll.bytes, from: one))
        #expect(answer.entries.map(\.content) == [.admitted(origin: OriginID(raw: 0xB1), first: 1, last: 4)])
    }
}
