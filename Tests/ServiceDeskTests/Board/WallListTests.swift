import Replication
import Standards
import Testing

@testable import ServiceDesk

@Suite("The numbers of the wall and the lists behind them")
struct WallListTests {
    private static let hour: Int64 = 3_600_000
    private static let accept = TicketAction.transition("accept", fields: [:])
    private static let resolve = TicketAction.transition("resolve", fields: ["resolution": .text("x")])
    private static let close = TicketAction.transition("close", fields: ["satisfaction": .text("satisfied")])

    /// Two branches with tickets of yesterday and of today: overdue, resolved, done yesterday and today, cancelled,
    /// rejected, of a type without limits, in conflict. What runs out after the last exchange is unconfirmed.
    private func mixed() throws -> DeskProvince {
        let province = try ClockPack.province()
        let (here, there) = (province.yinchuan, province.guyuan)
        func act(_ ticket: EntityID, at site: DeskSite, _ steps: TicketAction...) throws {
            for step in steps { try province.act(step, on: ticket, at: site) }
        }
        let late = try province.open(at: here, category: "billing-error")
        let done = try province.open(at: there)
        try act(done, at: there, Self.accept, Self.resolve, Self.close)
        _ = try province.open("fault", at: here)
        let cancelled = try province.open(at: here)
        let resolved = try province.open(at: there)
        try province.converge()

        province.now += 12 * Self.hour
        try act(late, at: province.hub, .assign(["subject": .text("at the hub")]))
        try act(late, at: here, .assign(["subject": .text("at the branch")]))
        try act(cancelled, at: here, .transition("cancel", fields: ["cancelReason": .text("x")]))
        try act(resolved, at: there, Self.accept, Self.resolve)
        _ = try province.open(at: there, category: "billing-error")
        let rejected = try province.open("fault", at: there)
        try act(rejected, at: there, .transition("reject", fields: ["rejectReason": .text("x")]))
        let quick = try province.open(at: here)
        try act(quick, at: here, Self.accept, Self.resolve, Self.close)
        try province.converge()

        province.now += 3 * Self.hour
        return province
    }

    /// A list counts as many as the wall, and shows them.
    private func expect(
        _ number: Int, _ what: String, at site: DeskSite, _ province: DeskProvince,
        _ narrow: (inout TicketQuery) -> Void
    ) throws {
        var query = TicketQuery()
        (query.now, query.zoneMinutes, query.limit) = (province.now, 480, TicketQuery.limitMax)
        narrow(&query)
        #expect(try query.count(in: site.store) == number, "\(what) at \(site.id.text)")
        #expect(try query.page(in: site.store).rows.count == number, "\(what) at \(site.id.text)")
    }

    private func expectLists(
        _ branch: BoardFigures.Branch?, _ sum: BoardFigures.Branch, on day: Int64, at site: DeskSite,
        _ province: DeskProvince
    ) throws {
        let (home, figures) = (branch?.home, branch ?? sum)
        let name = home ?? "all"
        try expect(figures.opened, "opened, \(name)", at: site, province) { ($0.home, $0.openedOn) = (home, day) }
        try expect(figures.closed, "closed, \(name)", at: site, province) { ($0.home, $0.closedOn) = (home, day) }
        try expect(figures.open, "open, \(name)", at: site, province) { ($0.home, $0.isOpen) = (home, true) }
        try expect(figures.overdue, "overdue, \(name)", at: site, province) {
            ($0.home, $0.standing) = (home, .overdue)
        }
        try expect(figures.unconfirmed, "unconfirmed, \(name)", at: site, province) { query in
            (query.home, query.standing, query.order) = (home, .unconfirmed, .due)
        }
        try expect(figures.conflicts, "conflicts, \(name)", at: site, province) { query in
            (query.home, query.hasConflicts) = (home, true)
        }
    }

    @Test("Every number of the wall is what its list counts and shows, for each branch, in all and by category")
    func numbers() throws {
        let province = try mixed()
        for site in [province.hub, province.yinchuan] {
            try province.freshen(site)
            try province.learn(site)
            let figures = try BoardFigures(of: site.store, zoneMinutes: 480, at: province.now)
            var sum = BoardFigures.Branch(home: "")
            for branch in figures.branches {
                try expectLists(branch, sum, on: figures.day, at: site, province)
                sum.opened += branch.opened
                sum.closed += branch.closed
                sum.open += branch.open
                sum.overdue += branch.overdue
                sum.unconfirmed += branch.unconfirmed
                sum.conflicts += branch.conflicts
            }
            try expectLists(nil, sum, on: figures.day, at: site, province)
            for category in figures.categories {
                try expect(category.today, category.category, at: site, province) { query in
                    (query.category, query.openedOn) = (category.category, figures.day)
                }
            }
            let due = try DueCounts(of: site.store, at: province.now).total
            try expect(due.atRisk, "at risk", at: site, province) { $0.standing = .atRisk }
            try expect(due.paused, "paused", at: site, province) { $0.standing = .paused }
        }
    }

    @Test("What is of yesterday, at an end, resolved or without limits is counted where it belongs")
    func counted() throws {
        let province = try mixed()
        try province.freshen(province.hub)
        try province.learn(province.hub)
        let figures = try BoardFigures(of: province.hub.store, zoneMinutes: 480, at: province.now)
        func branch(_ site: DeskSite) throws -> BoardFigures.Branch {
            try #require(figures.branches.first { $0.home == site.id.text })
        }
        let (here, there) = (try branch(province.yinchuan), try branch(province.guyuan))
        #expect((here.opened, here.closed, here.open) == (1, 2, 2))
        #expect((there.opened, there.closed, there.open) == (2, 1, 2))
        #expect((here.overdue, here.unconfirmed, here.conflicts) == (1, 0, 1))
        #expect((there.overdue, there.unconfirmed, there.conflicts) == (1, 1, 0))
        #expect(figures.categories.first { $0.category == "billing-error" }?.today == 1)
    }

    @Test("Yesterday's lists stay what they were: each day has its own")
    func otherDays() throws {
        let province = try mixed()
        let hub = province.hub
        try province.learn(hub)
        let day = try BoardFigures(of: hub.store, zoneMinutes: 480, at: province.now).day
        try expect(5, "opened yesterday", at: hub, province) { $0.openedOn = day - 1 }
        try expect(1, "done yesterday", at: hub, province) { $0.closedOn = day - 1 }
        try expect(0, "opened tomorrow", at: hub, province) { $0.openedOn = day + 1 }
        try expect(1, "opened yesterday, done today", at: hub, province) { query in
            (query.openedOn, query.closedOn) = (day - 1, day)
        }
        try expect(3, "opened yesterday, open", at: hub, province) { ($0.openedOn, $0.isOpen) = (day - 1, true) }
        try expect(1, "open faults", at: hub, province) { ($0.type, $0.isOpen) = ("fault", true) }
    }
}
