import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards
import Testing

@Suite("The table of due times is kept in slices")
struct DueBookTests {
    private let hour = ClockPack.hour

    /// The same holidays and more of them, so that working days end later.
    private static func longer(_ version: String) throws -> DeskPack {
        let days = (17...26).map { "2026-09-\($0)" }
        return try ClockPack.made(version: version, years: [ClockPack.year(2026, holidays: days)])
    }

    /// Whatever people do with tickets of two types.
    private func work(_ count: Int, in province: DeskProvince, _ random: inout DeskRandom) throws {
        let site = province.yinchuan
        let steps: [TicketAction] = [
            .transition("accept", fields: [:]), .transition("hold", fields: ["holdReason": .text("customer")]),
            .transition("hold", fields: ["holdReason": .text("parts")]), .transition("resume", fields: [:]),
            .transition("askCustomer", fields: ["pendingQuestion": .text("which?")]),
            .transition("customerAnswered", fields: [:]), .transition("resolve", fields: ["resolution": .text("x")]),
            .transition("reopen", fields: ["reopenReason": .text("x")]), .assign(["contractHours": .integer(5)]),
            .note(Note(text: "called")),
        ]
        for _ in 0..<count {
            let ticket = try province.open(random.chance(60) ? "complaint" : "enquiry", at: site)
            for _ in 0..<random.below(7) {
                province.now += Int64(random.below(20 * 3_600_000))
                // What cannot be done from where the ticket is, or is no field of its form, is not done.
                _ = try? province.act(random.pick(steps), on: ticket, at: site)
            }
        }
    }

    @Test("after another calendar all is stale, and becomes what each ticket's page says, at the branch and at the hub")
    func calendarChange() throws {
        var random = DeskRandom(seed: DeskRandom.seed)
        let province = try ClockPack.province()
        try work(150, in: province, &random)
        let overlay = Array(#"{"format":1,"limits":[{"limit":"ours","time":{"unit":"naturalHours","value":6}}]}"#.utf8)
        _ = try province.yinchuan.session {
            try province.yinchuan.desk(at: province.now).settle(overlay: overlay, shown: nil, key: nil, in: &$0)
        }
        try work(150, in: province, &random)
        try province.converge()
        let sites = [province.yinchuan, province.hub]
        var before: [Int64] = []
        for site in sites {
            try province.freshen(site)
            #expect(try province.checkDueTimes(at: site) > 100)
            before += try site.database.all("SELECT due FROM due ORDER BY entity") { $0.int64OrNil(0) ?? 0 }
        }
        try province.publish(Self.longer("2026.6"))
        try province.converge()
        var after: [Int64] = []
        for site in sites {
            let all = try site.database.first("SELECT count(*) FROM due") { $0.int(0) } ?? 0
            #expect(try province.stale(at: site) == all)
            #expect(try province.freshen(site, atMost: 1 + random.below(40)) == all)
            #expect(try province.stale(at: site) == 0)
            try province.checkDueTimes(at: site)
            after += try site.database.all("SELECT due FROM due ORDER BY entity") { $0.int64OrNil(0) ?? 0 }
        }
        #expect(before != after, "the calendar must matter, else nothing is tested")
        try province.checkAgreement()
    }

    @Test("a slice takes as many as it may and no more, and says when nothing is left")
    func slices() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        try province.freshen(site)
        for _ in 0..<5 { try province.open(at: site) }
        #expect(try province.freshenOnce(site, atMost: 4) == 4)
        #expect(try province.stale(at: site) == 1)
        #expect(try province.freshenOnce(site, atMost: 4) == 1)
        for limit in [4, 5, 6] {
            try province.publish(ClockPack.made(version: "2026.5.\(limit)"))
            try province.converge()
            #expect(try province.stale(at: site) == 5)
            #expect(try province.freshenOnce(site, atMost: limit) == min(limit, 5))
            #expect(try province.stale(at: site) == max(0, 5 - limit))
            #expect(try province.freshenOnce(site, atMost: limit) == max(0, 5 - limit))
            #expect(try province.freshenOnce(site, atMost: limit) == 0)
        }
    }

    @Test("what is changed is computed before the round through all goes on, and is in neither twice")
    func changedFirst() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        let tickets = try (0..<6).map { _ in try province.open(at: site) }
        try province.freshen(site)
        try province.publish(ClockPack.made(version: "2026.6"))
        try province.converge()
        try province.act(.transition("accept", fields: [:]), on: tickets[5], at: site)
        #expect(try province.stale(at: site) == 6)
        #expect(try province.freshenOnce(site, atMost: 1) == 1)
        #expect(try province.due(tickets[5], at: site)?.clock == "update")
        #expect(try province.stale(at: site) == 6, "the round comes to it again")
        try province.freshen(site, atMost: 2)
        #expect(try province.checkDueTimes(at: site) == 6)
    }

    @Test("a crash between two slices, or within one, loses nothing")
    func crash() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        for _ in 0..<9 { try province.open("enquiry", at: site) }
        try province.freshen(site)
        try province.publish(Self.longer("2026.6"))
        try province.converge()
        #expect(try province.freshenOnce(site, atMost: 4) == 4)
        struct Crash: Error {}
        #expect(throws: Crash.self) {
            try site.session { session in
                try DueBook(session.store, shelf: site.shelf).freshen(atMost: 4, at: province.now)
                throw Crash()
            }
        }
        // Whoever opens the database next knows how far it was.
        let database = try Database(path: site.path, mode: .readWriteCreate)
        let store = SiteStore(database, domain: site.domain)
        #expect(try DueRow.staleCount(in: database) == 5)
        let count = try database.transaction(.immediate) {
            try DueBook(store, shelf: PackShelf()).freshen(at: province.now)
        }
        #expect(count == 5)
        #expect(try province.stale(at: site) == 0)
        #expect(try province.checkDueTimes(at: site) == 9)
    }

    @Test("a standard that takes effect makes all stale by the time alone")
    func takesEffect() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        let ticket = try province.open("enquiry", at: site)
        try province.publish(Self.longer("2026.6"), later: 10 * hour)
        try province.converge()
        try province.freshen(site)
        let before = try #require(try province.due(ticket, at: site)?.due)
        province.now += 11 * hour
        #expect(try province.stale(at: site) == 0)
        #expect(try province.freshen(site) == 1)
        let after = try #require(try province.due(ticket, at: site)?.due)
        #expect(after > before)
        try province.checkDueTimes(at: site)
    }

    @Test("what a customer's grade follows from makes its tickets stale, and a further year does so by itself")
    func grade() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try province.open(
            "fault", at: site, customer: NewTicket.Customer(name: "某银行", phone: "13900000001"))
        // From then on the update clock decides, which is shorter for a better grade.
        try province.take("accept", ticket, at: site)
        try province.open(at: site)
        try province.freshen(site)
        let before = try #require(try province.due(ticket, at: site)?.due)
        let id = try province.row(ticket, at: site).state[TicketField.customer].bytesValue
        let customer = try #require(id.flatMap { EntityID(kind: .customer, bytes: $0) })
        func note(_ facts: [String: Value]) throws {
            province.now += 1_000
            _ = try site.session {
                try site.desk(at: province.now).note(facts, of: customer.text, shown: nil, key: nil, in: &$0)
            }
        }
        try note(["grade": .text("diamond"), "reason": .text("x")])
        #expect(try province.stale(at: site) == 1)
        try province.freshen(site)
        let after = try #require(try province.due(ticket, at: site)?.due)
        #expect(after < before)
        try province.checkDueTimes(at: site)
        try note(["grade": .null, "since": .integer(province.now - 400 * 24 * hour)])
        #expect(try province.freshen(site) == 1)
        province.now += 300 * 24 * hour
        #expect(try province.freshen(site) == 0)
        province.now += 60 * 24 * hour
        #expect(try province.freshen(site) == 1)
        #expect(try province.freshen(site) == 0)
    }

    @Test("a type that no limit names costs no mark, and no row")
    func withoutLimits() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        try province.open("fault", at: site)
        #expect(try province.stale(at: site) == 0)
        #expect(try province.freshen(site) == 0)
        #expect(try DueCounts(of: site.store, at: province.now).total == DueCounts.Count())
    }

    @Test("a row that is not what its ticket's changes make it is found by the check, and mended by the rounds")
    func damaged() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        try province.converge()
        try province.freshen(site)
        try province.checkDatabases()
        try site.database.run("UPDATE due SET due = due + 1")
        let verification = try site.database.transaction(.deferred) {
            try DeskVerification.run(site.store, for: site.id)
        }
        #expect(verification.problems.map { $0.contains(ticket.text) && $0.contains("due") } == [true])
        let found = try site.session { try $0.recheck(atMost: 1_000, fresh: OriginID(raw: 7), at: province.now) }
        #expect(found == 1)
        try province.freshen(site)
        #expect(try province.checkDueTimes(at: site) == 1)
        try province.checkDatabases()
    }

    @Test("a snapshot names what is to be computed, and its site reckons for itself")
    func snapshot() throws {
        let province = try ClockPack.province()
        let ticket = try province.open(at: province.yinchuan)
        try province.open(at: province.guyuan)
        try province.converge()
        try province.freshen(province.hub)
        let target = try Database(path: province.folder + "/snapshot.db", mode: .readWriteCreate)
        try target.migrate(Schema.migrations + DeskSchema.migrations)
        try target.setUpForBulkLoading(syncs: false)
        try Snapshot.fill(
            target, from: province.hub.path, for: province.yinchuan.id, domain: province.hub.domain, at: province.now)
        let origin = try province.yinchuan.store.life().origin
        let epoch = try province.hub.store.life().cursor.epoch
        try target.transaction(.immediate) {
            try SiteStore(target, domain: DeskDomain()).foundOnSnapshot(
                site: province.yinchuan.id, origin: origin, epoch: epoch)
        }
        let number = try #require(try target.first("SELECT entity FROM ticket") { $0.int64(0) })
        #expect(try DueRow.staleCount(in: target) == 1)
        #expect(try DueRow.stored(number, in: target) == nil)
        let store = SiteStore(target, domain: DeskDomain())
        let count = try target.transaction(.immediate) {
            try DueBook(store, shelf: PackShelf()).freshen(at: province.now)
        }
        #expect(count == 1)
        let here = try DueRow.stored(number, in: target)?.row
        #expect(try here == province.due(ticket, at: province.hub))
        #expect(here?.clock == "response")
    }
}
