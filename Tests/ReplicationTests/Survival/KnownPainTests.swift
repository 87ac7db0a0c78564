import SQLite
import Testing

@testable import Replication

/// What systems of this kind are known to do to those who run them, and what must not happen here.
struct KnownPainTests {
    private func exchanges(_ province: TestProvince, _ body: () throws -> Void) throws -> Int {
        let before = province.exchanges
        try body()
        return province.exchanges - before
    }

    @Test("a site that is let into one ticket more is sent that one, and nothing that it had already")
    func oneMore() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let granted = try province.ticket(at: first, title: "canary granted")
        for number in 0..<20 {
            _ = try province.ticket(at: first, sharedWith: [second], title: "canary held \(number)")
        }
        try province.converge()
        let (sent, before) = (province.answers.count, try second.life().cursor)
        try province.write(.add(TestDomain.collaborators, .text(second.id.text)), on: granted, at: first)
        try province.sync(first)
        let count = try exchanges(province) { try province.sync(second) }
        #expect(count <= 4)
        #expect(try province.title(of: granted, at: second) == "canary granted")
        #expect(!province.hasSent("canary held", to: second, from: sent))
        let after = try second.life().cursor
        #expect(after.epoch == before.epoch && after.chain.number > before.chain.number)
    }

    @Test("a batch that is refused leaves the hub's clock where it was, however late its stamps are")
    func clockOfRefused() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let ticket = try province.ticket(at: branch)
        try province.converge()
        // Within the ten minutes that are let be.
        try branch.restart(ahead: 9 * 60_000)
        for text in ["a", "b"] { try province.write(TestProvince.note(text), on: ticket, at: branch) }
        try province.exchange(.hello, branch)
        let before = try province.hub.life().clock
        var push = try province.prepare(.push, at: branch).request
        push.after = .zero
        let answer = try ExchangeAnswer(encoded: province.deliver(push.encoded, from: branch))
        #expect(answer.refusal?.kind == .malformed)
        #expect(try province.hub.life().clock == before)
        try province.converge()
        #expect(try province.hub.life().clock.highest > before.highest)
    }

    @Test("a new machine gets its tickets by the answer and not by the piece")
    func firstSync() throws {
        let province = try TestProvince(branches: 1)
        let tickets = try (0..<300).map { _ in try province.ticket(at: province.branches[0]) }
        try province.converge()
        let fresh = try province.replace(province.branches[0], origin: province.drawOrigin())
        let count = try exchanges(province) { try province.sync(fresh) }
        #expect(count <= 30)
        for ticket in tickets { #expect(try fresh.store.row(ticket)?.isWithdrawn == false) }
    }

    @Test("two hundred tickets that leave a site at once are told of in a few answers")
    func manyLeave() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let tickets = try (0..<200).map { _ in try province.ticket(at: first, sharedWith: [second]) }
        try province.converge()
        for ticket in tickets {
            try province.write(.remove(TestDomain.collaborators, .text(second.id.text)), on: ticket, at: first)
        }
        try province.sync(first)
        let count = try exchanges(province) { try province.sync(second) }
        #expect(count <= 10)
        for ticket in tickets { #expect(try second.store.row(ticket) == nil) }
    }

    @Test("a feed is read by its key and in its order: nothing is scanned or sorted for it")
    func feedByKey() throws {
        let province = try TestProvince(branches: 1)
        let plan = try province.hub.database.all(
            "EXPLAIN QUERY PLAN " + SiteStore.entriesOfList, 1 as Int64, 1 as Int64
        ) {
            $0.text(3)
        }
        #expect(plan.count == 2)
        for step in plan { #expect(step.hasPrefix("SEARCH"), "\(step)") }
    }

    @Test("what stood in a feed before an upgrade of the schema is read after it")
    func feedOfEarlierSchema() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try province.write(TestProvince.note("not read yet"), on: ticket, at: first)
        try province.exchange(.push, first)
        try province.hub.database.execute("UPDATE feed SET body = NULL WHERE tag = 1")
        #expect(throws: ReplicationError.self) { try province.exchange(.poll, second) }
        let step = try #require(Schema.migrations.last { $0.name.contains("feed names") })
        try step.apply(province.hub.database)
        try province.converge()
        #expect(try province.state(ticket, at: second).notes == 1)
    }

    @Test("an upgrade that brings a kind and a field writes no change and sends nothing")
    func upgradeIsSilent() throws {
        let province = try TestProvince(branches: 2)
        for site in province.branches { for _ in 0..<10 { _ = try province.ticket(at: site) } }
        try province.converge()
        let before = try province.sites.map { try $0.life().chain }
        let (held, sent) = (try province.sites.map(province.logCount), province.answers.count)
        for site in province.sites {
            site.domain = TestDomain.upgraded
            try site.restart()
        }
        try province.converge()
        #expect(try province.sites.map { try $0.life().chain } == before)
        #expect(try province.sites.map(province.logCount) == held)
        for answer in province.answers[sent...] {
            #expect(try ExchangeAnswer(encoded: answer.bytes).entries.isEmpty)
        }
    }

    @Test("of a feed what has been read goes, and nothing that has not")
    func feedIsKept() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        func queued(_ site: TestSite) throws -> Int {
            let number = try #require(try province.hub.store.peer(site: site.id)).number
            return try province.hub.database.first("SELECT count(*) FROM feed WHERE site = ?", number) { $0.int(0) }
                ?? 0
        }
        for number in 0..<7 {
            try province.write(TestProvince.note("\(number)"), on: ticket, at: first)
            try province.converge(without: [second.id])
            _ = try province.hub.session { try $0.boundFeeds(at: province.now) }
        }
        #expect(try queued(first) == 0)
        #expect(try queued(second) == 7)
        // Given and not acknowledged is not read.
        let poll = try province.prepare(.poll, at: second)
        _ = try province.deliver(poll.bytes, from: second)
        #expect(try queued(second) == 7)
        // Of seven that come one by one, one is read when the next is asked for.
        province.budget = 1
        for _ in 0..<2 { try province.exchange(.poll, second) }
        #expect(try queued(second) == 6)
        try province.converge()
        #expect(try queued(second) == 0)
        #expect(try province.state(ticket, at: second).notes == 7)
    }

    @Test("a feed of as many entries as may wait is kept, and one of one more is dropped", arguments: [4, 5])
    func budget(_ waiting: Int) throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        for number in 0..<waiting { try province.write(TestProvince.note("\(number)"), on: ticket, at: first) }
        try province.converge(without: [second.id])
        let dropped = try province.hub.session { try $0.boundFeeds(at: province.now, entries: 4) }
        #expect(dropped == (waiting > 4 ? [second.id] : []))
        #expect(try province.hub.store.incidents(limit: 9).contains { $0.kind == "feed dropped" } == (waiting > 4))
        try province.recover(second)
        #expect(try province.state(ticket, at: second).notes == UInt64(waiting))
    }

    @Test("what the hub says of its sums is not taken over: a site's own differ until what it lacks has come")
    func sumsAreOwn() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try second.database.execute(
            """
            DELETE FROM log WHERE entity = (SELECT number FROM entity WHERE kind = 16);
            UPDATE entity SET last = 0, folded = 0, state = NULL, sum = zeroblob(16) WHERE kind = 16;
            """)
        let own = try second.store.bucketSums()
        let peer = try #require(try province.hub.store.peer(site: second.id))
        second.wantsProof = true
        #expect(try province.exchange(.poll, second)?.isProved == false)
        #expect(try second.store.bucketSums() == own)
        try province.compare(second)
        try province.sync(second)
        #expect(try second.store.bucketSums() == province.hub.store.bucketSums(of: peer))
        #expect(try second.store.bucketSums() != own)
        #expect(try province.title(of: ticket, at: second) == "broken line")
    }

    @Test("hundreds of edits of one field while another site is away are one value there, and no conflict")
    func longHistory() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        for number in 0..<300 { try province.write(TestProvince.title("edit \(number)"), on: ticket, at: first) }
        try province.converge()
        try province.write(TestProvince.title("the other's, who has seen the last"), on: ticket, at: second)
        try province.converge()
        for site in province.sites {
            #expect(try province.title(of: ticket, at: site) == "the other's, who has seen the last")
            #expect(try province.state(ticket, at: site).conflicts.isEmpty)
        }
    }
}
