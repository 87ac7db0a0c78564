import Testing

@testable import Replication

/// Databases that were put back or copied: found out before anything of theirs is stored.
struct PutBackTests {
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
    }

    private func writeAndPush(_ text: String, at site: TestSite) throws {
        try province.write(TestProvince.note(text), on: ticket, at: site)
        try province.exchange(.push, site)
    }

    @Test("a branch put back behind what it has read is found out at its first hello")
    func behindItsFeed() throws {
        let copy = try branch.backUp()
        try writeAndPush("news", at: other)
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        #expect(failure { try province.exchange(.hello, branch) } == .forked)
    }

    @Test("a branch put back behind what it has sent is found out at its first hello, and keeps what it has")
    func behindItsChanges() throws {
        let copy = try branch.backUp()
        try writeAndPush("lost", at: branch)
        let stored = try province.logCount(at: province.hub)
        try branch.putBack(copy)
        try branch.begin()
        #expect(failure { try province.exchange(.hello, branch) } == .forked)
        #expect(try province.logCount(at: province.hub) == stored)
        #expect(try province.state(ticket, at: branch).exists)
    }

    @Test(
        "what a branch writes after it was put back, under numbers that the hub knows, is not stored",
        arguments: [(1, 2), (1, 1), (2, 1)])
    func otherContent(_ lost: Int, _ written: Int) throws {
        let copy = try branch.backUp()
        for _ in 0..<lost { try writeAndPush("lost", at: branch) }
        let tip = try province.hub.store.tip(of: branch.life().origin)
        try branch.putBack(copy)
        try branch.begin()
        for _ in 0..<written { try province.write(TestProvince.note("fork"), on: ticket, at: branch) }
        let push = try province.prepare(.push, at: branch)
        let answer = try ExchangeAnswer(encoded: try province.deliver(push.bytes, from: branch))
        #expect(answer.refusal?.kind == .forked)
        #expect(failure { try province.apply(answer.encoded, to: push, at: branch) } == .forked)
        #expect(failure { try province.exchange(.hello, branch) } == .forked)
        #expect(try province.hub.store.tip(of: branch.life().origin) == tip)
        #expect(try province.state(ticket, at: province.hub).notes == UInt64(lost))
    }

    @Test("a machine put back with its start count is found out by the number of its polls when only polls had moved")
    func onlyPolls() throws {
        let copy = try branch.backUp()
        try branch.restart(start: 2)
        try province.exchange(.hello, branch)
        for _ in 0..<4 { try province.exchange(.poll, branch) }
        try branch.putBack(copy)
        try branch.begin(start: 2)
        #expect(failure { try province.exchange(.hello, branch) } == .stale)
        try province.exchange(.hello, branch)
        #expect(failure { try province.exchange(.poll, branch) } == .forked)
    }

    @Test("a machine put back to an earlier start is found out by its first request")
    func earlierStart() throws {
        let copy = try branch.backUp()
        try branch.restart(start: 4)
        try province.exchange(.hello, branch)
        try branch.putBack(copy)
        try branch.begin(start: 3)
        #expect(failure { try province.exchange(.hello, branch) } == .forked)
    }

    /// A second machine from a copy of the first one's disk, with the same start count.
    private func clone() throws -> TestSite {
        let copy = try branch.backUp()
        let clone = try province.newDatabase(of: branch.id.text, origin: OriginID(raw: 0xC1), in: "/clone")
        try clone.putBack(copy)
        try branch.restart(start: 2)
        try clone.begin(start: 2)
        return clone
    }

    @Test("a clone that speaks after the branch is found out, and nothing of it is stored")
    func cloneIsFound() throws {
        let clone = try clone()
        try province.exchange(.hello, branch)
        try writeAndPush("of the branch", at: branch)
        try province.write(TestProvince.note("of the clone"), on: ticket, at: clone)
        #expect(failure { try province.exchange(.push, clone) } == .stale)
        #expect(failure { try province.exchange(.push, clone) } == .forked)
        #expect(try province.state(ticket, at: province.hub).notes == 1)
        try writeAndPush("more of the branch", at: branch)
        #expect(failure { try province.exchange(.push, clone) } == .forked)
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("a branch whose clone has spoken first is told so, and nothing more of it is stored")
    func branchIsFound() throws {
        let clone = try clone()
        try province.exchange(.hello, clone)
        try writeAndPush("of the clone", at: clone)
        try writeAndPush("more of the clone", at: clone)
        try province.write(TestProvince.note("of the branch"), on: ticket, at: branch)
        #expect(failure { try province.exchange(.push, branch) } == .forked)
        #expect(failure { try province.exchange(.hello, branch) } != nil)
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("a clone that only reads is found out by the numbers of requests at one of the two")
    func readingClone() throws {
        let clone = try clone()
        try province.exchange(.hello, branch)
        var kinds: Set<ReplicationError.Kind> = []
        for _ in 0..<3 {
            _ = failure { try province.exchange(.hello, clone) }
            for site in [branch, clone, clone] {
                if let kind = failure({ try province.exchange(.poll, site) }) { kinds.insert(kind) }
            }
        }
        #expect(kinds.contains(.forked))
    }

    @Test("a hub put back behind a branch's changes refuses that branch, and stores nothing of what follows")
    func hubBehindChanges() throws {
        let copy = try province.hub.backUp()
        try writeAndPush("lost at the hub", at: branch)
        try province.hub.putBack(copy)
        let stored = try province.logCount(at: province.hub)
        try province.write(TestProvince.note("next"), on: ticket, at: branch)
        #expect(failure { try province.exchange(.push, branch) } == .behind)
        #expect(failure { try province.exchange(.hello, branch) } == .behind)
        #expect(try province.logCount(at: province.hub) == stored)
    }

    @Test("a hub put back behind what a branch has read is found out, also when its feed has grown past it again")
    func hubBehindFeed() throws {
        let copy = try province.hub.backUp()
        try writeAndPush("one", at: other)
        try province.sync(branch)
        try province.hub.putBack(copy)
        #expect(failure { try province.exchange(.poll, branch) } == .behind)
        for text in ["two", "three", "four"] {
            try province.write(TestProvince.note(text), on: ticket, at: province.hub)
        }
        #expect(failure { try province.exchange(.poll, branch) } == .behind)
        #expect(failure { try province.exchange(.hello, branch) } == .behind)
        #expect(try province.state(ticket, at: branch).notes == 1)
    }

    @Test("a poll or push that a later poll has overtaken is not taken for a database put back")
    func overtaken() throws {
        try writeAndPush("news", at: other)
        try province.write(TestProvince.note("mine"), on: ticket, at: branch)
        let push = try province.prepare(.push, at: branch)
        try province.exchange(.poll, branch)
        try province.exchange(.poll, branch)
        try province.apply(try province.deliver(push.bytes, from: branch), to: push, at: branch)
        #expect(try branch.life().backlog == 0)
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("the first answer that a new branch applies brings the first part of its feed")
    func firstPoll() throws {
        let province = try TestProvince(branches: 1)
        let applied = try #require(try province.exchange(.poll, province.branches[0]))
        #expect(applied.entries == 3)
        #expect(try province.branches[0].store.site(of: OriginID(raw: 0xA0)) == SiteID("hub"))
    }
}
