import Testing

@testable import Replication

@Suite("What a site may keep waiting and have refused")
struct WaitingLimitTests {
    private let province: TestProvince
    private let branch: TestSite
    private let other: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        other = province.branches[1]
        ticket = try province.ticket(at: branch, sharedWith: [other])
        try province.converge()
        branch.domain = TestDomain.upgraded
    }

    /// Changes that the hub cannot judge before its upgrade, on one entity.
    private func write(_ count: Int, bytes: Int = 1) throws {
        let text = String(repeating: "x", count: bytes)
        for _ in 0..<count { try province.write(.assign(TestDomain.later, .text(text)), on: ticket, at: branch) }
    }

    private func upgradeHub() throws {
        province.hub.domain = TestDomain.upgraded
        try judge { try $0.judgeAllWaiting(at: province.now) }
    }

    /// One turn after the other, as a node takes them.
    /// - Returns: how many it took.
    @discardableResult
    private func judge(_ first: (inout Session) throws -> Void) throws -> Int {
        var turns = 1
        var unjudged = try province.hub.session { session in
            try first(&session)
            return session.unjudged
        }
        while !unjudged.isEmpty {
            turns += 1
            let entities = unjudged
            unjudged = try province.hub.session { session in
                try session.judgeWaiting(behind: entities, at: province.now)
                return session.unjudged
            }
        }
        return turns
    }

    @Test("with as many waiting as may be, no more is taken, the limit is named, and nothing is lost")
    func changes() throws {
        try write(ReplicationLimits.changesWaiting)
        while try branch.life().backlog > 0 { try province.exchange(.push, branch) }
        #expect(try province.waitingCount() == ReplicationLimits.changesWaiting)
        let judgeable = try province.ticket(at: branch, title: "held back")
        let message = try province.prepare(.push, at: branch)
        let answer = try ExchangeAnswer(encoded: province.deliver(message.bytes, from: branch))
        #expect(answer.refusal?.kind == .limited)
        #expect(answer.refusal?.message.contains("4096") == true)
        #expect(failure { try province.apply(answer.encoded, to: message, at: branch) } == .limited)
        #expect(try branch.life().backlog == 1)
        // Others are served, the site's polls too; after the upgrade all goes in.
        _ = try province.ticket(at: other)
        try province.exchange(.push, other)
        try province.exchange(.poll, branch)
        try upgradeHub()
        try province.converge()
        try province.checkAgreement()
        #expect(try province.waitingCount() == 0)
        #expect(try province.state(judgeable, at: province.hub).exists)
    }

    @Test("one below the most is taken, and so is what is no new change")
    func below() throws {
        try write(ReplicationLimits.changesWaiting - 1)
        while try branch.life().backlog > 0 { try province.exchange(.push, branch) }
        try write(1)
        let message = try province.prepare(.push, at: branch)
        let first = try ExchangeAnswer(encoded: province.deliver(message.bytes, from: branch))
        #expect(first.refusal == nil)
        #expect(try province.waitingCount() == ReplicationLimits.changesWaiting)
        // The answer was lost: what is held already is acknowledged, not refused.
        let again = try province.prepare(.push, at: branch)
        let second = try ExchangeAnswer(encoded: province.deliver(again.bytes, from: branch))
        #expect(second.refusal == nil)
        #expect(second.stored == first.stored)
    }

    @Test("a few large changes that wait count by their bytes")
    func bytes() throws {
        let size = 1_000_000
        try write(ReplicationLimits.bytesWaiting / size + 1, bytes: size)
        var kinds: [ReplicationError.Kind?] = []
        for _ in 0...ReplicationLimits.bytesWaiting / size {
            kinds.append(failure { try province.exchange(.push, branch) })
        }
        #expect(kinds.allSatisfy { $0 == nil })
        try write(1)
        #expect(failure { try province.exchange(.push, branch) } == .limited)
    }

    @Test("thousands that wait behind one another are not looked at again and again")
    func behind() throws {
        try write(1_000)
        try province.write(TestProvince.note("behind"), on: ticket, at: branch)
        while try branch.life().backlog > 0 { try province.exchange(.push, branch) }
        let needs = try province.hub.database.all("SELECT needs FROM waiting ORDER BY position") { $0.text(0) }
        #expect(needs.count == 1_001)
        try province.hub.database.run("UPDATE waiting SET needs = 'not looked at'")
        try province.write(TestProvince.note("of the other site"), on: ticket, at: other)
        try province.exchange(.push, other)
        let looked = try province.hub.database.first("SELECT count(*) FROM waiting WHERE needs <> 'not looked at'") {
            $0.int(0)
        }
        #expect(looked == 1)
        try upgradeHub()
        #expect(try province.waitingCount() == 0)
    }

    @Test("a batch that makes the hub read much again is taken in parts, a turn each, and arrives whole")
    func turnOfPush() throws {
        for number in 0..<300 { try province.write(TestProvince.note("\(number)"), on: ticket, at: branch) }
        province.now += 60_000
        try province.write(TestProvince.note("of the other site, later"), on: ticket, at: other)
        try province.exchange(.push, other)
        let message = try province.prepare(.push, at: branch)
        let answer = try ExchangeAnswer(encoded: province.deliver(message.bytes, from: branch))
        let sent = try #require(message.request.changes.last).sequence
        #expect(answer.refusal == nil)
        #expect(answer.stored.number < sent)
        #expect(answer.stored.number > 100)
        #expect(try province.hub.store.peer(site: branch.id)?.backlog == sent - answer.stored.number)
        try province.apply(answer.encoded, to: message, at: branch)
        #expect(try branch.life().backlog == sent - answer.stored.number)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: province.hub).notes == 301)
    }

    @Test("what waits and makes the hub read much again is judged in turns, all of it")
    func turnsOfWaiting() throws {
        try write(300)
        try province.exchange(.push, branch)
        province.now += 60_000
        try province.write(TestProvince.note("of the other site, later"), on: ticket, at: other)
        try province.exchange(.push, other)
        #expect(try province.waitingCount() == 300)
        province.hub.domain = TestDomain.upgraded
        let turns = try judge { try $0.judgeAllWaiting(at: province.now) }
        #expect((3...5).contains(turns), "\(turns)")
        #expect(try province.waitingCount() == 0)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("what refusals cost is known by the site that made them, whoever's change brought them about")
    func refusedBytes() throws {
        branch.domain = TestDomain.permissive
        for _ in 0..<3 { try province.write(TestProvince.title("forbidden"), on: ticket, at: branch) }
        let message = try province.prepare(.push, at: branch)
        let request = message.request
        let bytes = try province.hub.session { session in
            _ = try session.take(request, from: branch.id, at: province.now)
            return session.refusedBytes
        }
        let bodies = request.changes.reduce(0) { $0 + $1.storedBody.count }
        #expect(bytes == [branch.id: bodies + 3 * ReplicationLimits.bytesBesideRefused])
    }
}
