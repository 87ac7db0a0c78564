import Testing

@testable import Replication

@Suite("What one turn may carry, in bytes")
struct TurnBudgetTests {
    private let province: TestProvince
    private let busy: TestSite
    private let quiet: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 2)
        busy = province.branches[0]
        quiet = province.branches[1]
        ticket = try province.ticket(at: busy)
        try province.converge()
    }

    private func write(_ count: Int, bytes: Int) throws {
        let text = String(repeating: "x", count: bytes)
        for _ in 0..<count { try province.write(TestProvince.note(text), on: ticket, at: busy) }
    }

    /// One push of the busy branch, in a frame as large as may be.
    /// - Returns: what was sent, and how many changes of it were taken.
    private func push() throws -> (sent: [Change], taken: Int) {
        province.budget = ReplicationLimits.bytesUnfolded * 3 / 4
        let before = try province.hub.store.tip(of: busy.life().origin).number
        let message = try province.prepare(.push, at: busy)
        let answer = try province.deliver(message.bytes, from: busy)
        try province.apply(answer, to: message, at: busy)
        return (message.request.changes, Int(try province.hub.store.tip(of: busy.life().origin).number - before))
    }

    private func converge() throws {
        province.budget = ReplicationLimits.bytesInBatch
        try province.converge()
        try province.checkAgreement()
    }

    private func cost(_ changes: some Sequence<Change>) -> Int {
        changes.reduce(0) { $0 + $1.storedBody.count + ReplicationLimits.bytesBesideBody }
    }

    @Test("of a batch larger than a turn the hub takes up to the change that fills it, and the rest in later turns")
    func edge() throws {
        try write(30, bytes: 100_000)
        let (sent, taken) = try push()
        #expect(sent.count == 30)
        #expect(cost(sent.prefix(taken)) >= ReplicationLimits.bytesInTurn)
        #expect(cost(sent.prefix(taken - 1)) < ReplicationLimits.bytesInTurn)
        var turns = 1
        while try busy.life().backlog > 0 {
            #expect(cost(try push().sent.prefix(1)) > 0)
            turns += 1
        }
        #expect(turns == 3)
        try converge()
        #expect(try province.state(ticket, at: province.hub).notes == 30)
    }

    @Test("a batch of exactly a turn is taken whole, and so is one byte less")
    func exact() throws {
        for missing in [0, 1] {
            let rest = 4 * 200_000
            province.budget = ReplicationLimits.bytesUnfolded * 3 / 4
            try write(4, bytes: 200_000)
            let measured = try province.prepare(.push, at: busy).request.changes
            let beside = (cost(measured) - rest) / 4
            try write(1, bytes: ReplicationLimits.bytesInTurn - cost(measured) - beside - missing)
            let (sent, taken) = try push()
            #expect((sent.count, taken) == (5, 5))
            #expect(abs(cost(sent) - ReplicationLimits.bytesInTurn) <= 2)
        }
    }

    @Test("while a branch delivers 20,000 changes, another waits for one turn at most between its own")
    func share() throws {
        for _ in 0..<20_000 / 64 {
            let edits = (0..<64).map { TestProvince.note("\($0)") }
            for edit in edits { try province.write(edit, on: ticket, at: busy) }
        }
        var worst = 0
        while try busy.life().backlog > 0 {
            worst = max(worst, cost(try push().sent))
            province.budget = ReplicationLimits.bytesInBatch
            let own = try province.ticket(at: quiet)
            try province.exchange(.push, quiet)
            #expect(try province.state(own, at: province.hub).exists)
        }
        #expect(worst < ReplicationLimits.bytesInTurn + ReplicationLimits.bytesInChange)
    }

    @Test("an answer carries changes up to its budget; a single larger one goes alone")
    func answers() throws {
        let shared = try province.ticket(at: busy, sharedWith: [quiet])
        try province.converge()
        let sizes = [100_000, 100_000, 100_000, 700_000, 10]
        for size in sizes {
            try province.write(TestProvince.note(String(repeating: "y", count: size)), on: shared, at: busy)
        }
        while try busy.life().backlog > 0 { _ = try push() }
        province.budget = ReplicationLimits.bytesInAnswer
        var counts: [Int] = []
        for _ in 0..<5 {
            let message = try province.prepare(.poll, at: quiet)
            let bytes = try province.deliver(message.bytes, from: quiet)
            let answer = try ExchangeAnswer(encoded: bytes)
            guard !answer.entries.isEmpty else { break }
            counts.append(answer.entries.count)
            try province.apply(bytes, to: message, at: quiet)
        }
        #expect(counts == [2, 1, 1, 1] || counts == [2, 1, 2], "\(counts)")
        try converge()
    }
}
