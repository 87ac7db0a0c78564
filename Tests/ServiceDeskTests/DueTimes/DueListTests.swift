import Replication
import SQLite
import ServiceDesk
import Standards
import Testing

@Suite("Due times in lists and counters")
struct DueListTests {
    private let hour = ClockPack.hour

    @Test("Q10: a ticket is at risk from 70 % of its time on and overdue from the end, though nothing happens to it")
    func timePasses() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        let opened = province.now
        try province.freshen(site)
        // The response clock of two hours is due first.
        let risk = opened + 2 * hour * 7 / 10
        #expect(try province.list(.atRisk, at: site, time: risk - 1) == [])
        #expect(try province.list(.atRisk, at: site, time: risk) == [ticket])
        #expect(try province.list(.atRisk, at: site, time: opened + 2 * hour - 1) == [ticket])
        #expect(try province.list(.overdue, at: site, time: opened + 2 * hour - 1) == [])
        #expect(try province.list(.overdue, at: site, time: opened + 2 * hour) == [ticket])
        #expect(try province.list(.atRisk, at: site, time: opened + 2 * hour) == [])
        #expect(try province.stale(at: site) == 0)
        #expect(try province.due(ticket, at: site)?.clock == "response")
    }

    @Test("a pause takes a ticket from the list of those overdue, and its end brings it back when its time is over")
    func pausing() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: site)
        try province.act(.transition("hold", fields: ["holdReason": .text("customer")]), on: ticket, at: site)
        province.now += 1_000 * hour
        try province.freshen(site)
        #expect(try province.list(.overdue, at: site) == [])
        #expect(try province.list(.paused, at: site) == [ticket])
        try province.act(.transition("resume", fields: [:]), on: ticket, at: site)
        let resumed = province.now
        // Until it is computed again the list is as it was, and says so.
        #expect(try province.stale(at: site) == 1)
        #expect(try province.list(.paused, at: site) == [ticket])
        try province.freshen(site)
        #expect(try province.list(.paused, at: site) == [])
        #expect(try province.list(.overdue, at: site, time: resumed + 4 * hour - 1) == [])
        #expect(try province.list(.overdue, at: site, time: resumed + 4 * hour) == [ticket])
        #expect(try province.due(ticket, at: site)?.clock == "update")
    }

    @Test("a ticket that is over is in no list of those overdue, and is again when it is reopened")
    func ended() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: site)
        province.now += 100 * hour
        try province.freshen(site)
        #expect(try province.list(.overdue, at: site) == [ticket])
        try province.act(.transition("resolve", fields: ["resolution": .text("done")]), on: ticket, at: site)
        try province.freshen(site)
        #expect(try province.list(.overdue, at: site) == [])
        #expect(try province.due(ticket, at: site) == nil)
        try province.act(.transition("reopen", fields: ["reopenReason": .text("again")]), on: ticket, at: site)
        try province.freshen(site)
        #expect(try province.list(.overdue, at: site) == [ticket])
    }

    @Test("in the order of due times each ticket is shown once, the first due first, those that stand still last")
    func order() throws {
        let province = try ClockPack.province()
        let site = province.yinchuan
        var tickets: [EntityID] = []
        for hours in [9, 3, 7, 1, 5, 3] {
            let ticket = try province.open(at: site)
            try province.act(.assign(["contractHours": .integer(Int64(hours))]), on: ticket, at: site)
            try province.act(.transition("accept", fields: [:]), on: ticket, at: site)
            tickets.append(ticket)
        }
        for ticket in [tickets[2], tickets[4]] {
            try province.act(.transition("hold", fields: ["holdReason": .text("customer")]), on: ticket, at: site)
        }
        try province.freshen(site)
        // The update clock of four hours is before a contract's nine.
        let expected = [3, 1, 5, 0, 2, 4].map { tickets[$0] }
        for size in [1, 2, 3, 6] {
            var query = TicketQuery()
            (query.order, query.limit) = (.due, size)
            var seen: [EntityID] = []
            repeat {
                let page = try query.page(in: site.store)
                seen += page.rows.map(\.id)
                query.after = page.next.flatMap { TicketQuery.Place($0.text) }
                #expect(query.after == page.next)
            } while query.after != nil
            #expect(seen == expected, "\(size) on a page")
        }
    }

    @Test("a list and the counters are narrowed to a department, and count what the list shows")
    func departments() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        var tickets: [EntityID] = []
        for department in ["network", "billing", "network"] {
            let ticket = try province.open(at: site)
            try province.act(.handOver(to: department, reason: "theirs"), on: ticket, at: site)
            try province.act(.acceptHandOver, on: ticket, at: site)
            tickets.append(ticket)
        }
        let other = try province.open(at: site)
        try province.freshen(site)
        #expect(try Set(province.list(nil, at: site) { $0.department = "network" }) == [tickets[0], tickets[2]])
        province.now += 10_000 * hour
        #expect(try province.list(.overdue, at: site) { $0.department = "billing" } == [tickets[1]])
        let counts = try DueCounts(of: site.store, at: province.now)
        let own = try province.row(other, at: site).state[TicketField.department].textValue
        #expect(counts.departments.map(\.department) == ["billing", own, "network"])
        #expect(counts.departments.map(\.count.overdue) == [1, 1, 2])
        #expect(counts.total == DueCounts.Count(open: 4, overdue: 4))
        #expect(try DueCounts(of: site.store, home: "nx-guyuan", at: province.now).total == DueCounts.Count())
        #expect(try DueCounts(of: site.store, home: site.id.text, at: province.now).total == counts.total)
        try province.act(.note(Note(text: "called")), on: other, at: site)
        #expect(try DueCounts(of: site.store, at: province.now).stale == 1)
    }

    @Test("what is withdrawn from a branch leaves its lists and counters with it")
    func withdrawn() throws {
        let province = try ClockPack.province()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        for site in [province.yinchuan, province.hub] { try province.freshen(site) }
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        for site in [province.yinchuan, province.guyuan, province.hub] { try province.freshen(site) }
        province.now += 100 * hour
        #expect(try province.list(.overdue, at: province.yinchuan) == [])
        #expect(try DueCounts(of: province.yinchuan.store, at: province.now).total == DueCounts.Count())
        for site in [province.guyuan, province.hub] {
            #expect(try province.list(.overdue, at: site) == [ticket])
            #expect(try province.due(ticket, at: site)?.sites == [province.guyuan.id, province.yinchuan.id])
        }
        try province.checkAgreement()
    }
}
