import Replication
import SQLite
import ServiceDesk
import Testing

/// The table of conflicts: what lists and counts are made of.
struct ConflictListTests {
    private func page(
        _ site: DeskSite, _ standing: ConflictQuery.Standing, of asked: DeskSite? = nil, limit: Int = 50,
        after: TicketQuery.Place? = nil
    ) throws -> (conflicts: [ConflictListing], next: TicketQuery.Place?) {
        var query = ConflictQuery()
        query.standing = standing
        query.site = asked?.id
        query.limit = limit
        query.after = after
        return try query.page(in: site.store)
    }

    @Test("open, settled and all are told apart, and a site sees those in which it has lost or won")
    func filters() throws {
        let contested = try Contested.field()
        let province = contested.province
        for (standing, count) in [(ConflictQuery.Standing.open, 1), (.settled, 0), (.all, 1)] {
            #expect(try page(province.hub, standing).conflicts.count == count)
            for asked in [province.hub, province.yinchuan] {
                #expect(try page(province.hub, standing, of: asked).conflicts.count == count)
            }
            #expect(try page(province.hub, standing, of: province.guyuan).conflicts.isEmpty)
        }
        try contested.settle(contested.lost[0])
        try province.converge()
        for (standing, count) in [(ConflictQuery.Standing.open, 0), (.settled, 1), (.all, 1)] {
            for site in contested.sites {
                #expect(try page(site, standing).conflicts.count == count)
                #expect(try page(site, standing, of: province.yinchuan).conflicts.count == count)
            }
        }
        #expect(try page(province.guyuan, .all).conflicts.isEmpty)
    }

    @Test("pages go through all tickets that have any, each once", arguments: [true, false])
    func pages(isOfSite: Bool) throws {
        let province = try DeskProvince()
        let tickets = try (0..<5).map { _ in try province.open(at: province.yinchuan) }
        try province.converge()
        for ticket in tickets.dropLast() {
            try province.act(.assign(["subject": .text("a")]), on: ticket, at: province.hub)
            try province.act(.assign(["subject": .text("b")]), on: ticket, at: province.yinchuan)
        }
        try province.converge()
        var found: [EntityID] = []
        var after: TicketQuery.Place?
        repeat {
            let page = try page(
                province.hub, isOfSite ? .all : .open, of: isOfSite ? province.yinchuan : nil, limit: 3, after: after)
            found += page.conflicts.map(\.row.id)
            after = page.next
        } while after != nil
        #expect(found == tickets.dropLast().reversed())
    }

    @Test("counts are by field and rule and by who lost to whom, alike at every site that sees the tickets")
    func counts() throws {
        let contested = try Contested.run()
        let province = contested.province
        try province.act(.assign(["subject": .text("a")]), on: contested.ticket, at: province.hub)
        try province.act(.assign(["subject": .text("b")]), on: contested.ticket, at: province.yinchuan)
        try province.converge()
        try contested.settle(contested.lost[0])
        try province.converge()
        for site in contested.sites {
            let counts = try ConflictCounts(of: site.store)
            #expect(counts.total == .init(open: 1, settled: 5))
            func count(_ rule: Conflict.Rule, _ subject: Conflict.Subject) -> ConflictCounts.Count? {
                counts.kinds.first { $0.kind.rule == rule && $0.kind.subject == subject }?.count
            }
            #expect(count(.overtaken, .stage) == .init(open: 0, settled: 3))
            #expect(count(.overtaken, .field(FieldNumbers.field("resolution"))) == .init(open: 0, settled: 1))
            #expect(count(.laterWins, .field(TicketField.subject)) == .init(open: 1, settled: 0))
            #expect(counts.kinds.first?.kind.subject == .stage, "the most frequent comes first")
            let (hub, branch) = (try province.hub.store.life().origin, try province.yinchuan.store.life().origin)
            let lost = Dictionary(
                uniqueKeysWithValues: counts.pairs.map { ([$0.key.losing, $0.key.winning], $0.value) })
            #expect(lost == [[hub, branch]: .init(open: 1), [branch, hub]: .init(settled: 5)])
        }
        #expect(try ConflictCounts(of: province.guyuan.store).total == .init(open: 0, settled: 0))
    }

    @Test("what is withdrawn from a site leaves its list, and what is refused leaves everybody's")
    func leaving() throws {
        let contested = try Contested.field()
        let province = contested.province
        try province.act(.offerTransfer(province.guyuan.id), on: contested.ticket, at: province.yinchuan)
        try province.converge()
        #expect(try ConflictCounts(of: province.guyuan.store).total.open == 1)
        try province.act(.acceptTransfer, on: contested.ticket, at: province.guyuan)
        try province.converge()
        #expect(try ConflictCounts(of: province.yinchuan.store).total.open == 0)
        try province.checkDatabases()
        // The overtaken step of other software is in conflict at its author's until the province has refused it.
        try contested.step("hold", ["holdReason": .text("parts")], at: province.hub)
        let step = Transition(name: "dance", from: ["acknowledged"], to: "resolved")
        try province.force([.transition(step)], on: contested.ticket, at: province.guyuan)
        #expect(try ConflictCounts(of: province.guyuan.store).total.open == 2)
        try province.converge()
        #expect(try ConflictCounts(of: province.guyuan.store).total.open == 1)
        try province.checkDatabases()
    }

    @Test("a table of conflicts that was damaged is found by verify, and a migration fills it anew")
    func migration() throws {
        let contested = try Contested.run()
        try contested.settle(contested.lost[0])
        let site = contested.province.yinchuan
        let counts = try ConflictCounts(of: site.store)
        let damages: [SQL] = [
            "UPDATE conflict SET is_settled = 0", "UPDATE conflict SET field = 7 WHERE field IS NULL",
            "DELETE FROM conflict WHERE place = 0", "DELETE FROM conflict",
        ]
        for damage in damages {
            try site.database.transaction(.immediate) {
                try site.database.savepoint {
                    try site.database.run(damage)
                    #expect(try !DeskVerification.run(site.store, for: site.id).isClean, "\(damage.text)")
                    try site.database.execute("DROP TABLE conflict")
                    try DeskSchema.migrations[1].apply(site.database)
                    #expect(try DeskVerification.run(site.store, for: site.id).problems == [])
                    #expect(try ConflictCounts(of: site.store).total == counts.total)
                }
            }
        }
        #expect(counts.total == .init(open: 0, settled: 5))
    }
}
