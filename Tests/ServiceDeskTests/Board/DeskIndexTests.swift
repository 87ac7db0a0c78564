import Replication
import SQLite
import Standards
import Testing

@testable import ServiceDesk

extension DeskProvince {
    /// Reads on until the index and the board know everything.
    func learn(_ site: DeskSite, atMost limit: Int = DeskIndex.sliceSize) throws {
        while true {
            let count = try site.session {
                try DeskIndex($0.store, shelf: site.shelf).advance(atMost: limit, at: now)
            }
            if count < limit { return }
        }
    }
}

@Suite("The board's figures are kept as changes arrive")
struct DeskIndexTests {
    private static let day: Int64 = 86_400_000
    private static let zone: Int64 = 8 * 3_600_000

    /// What the wall must show, counted from the tickets themselves.
    private func check(
        _ province: DeskProvince, at site: DeskSite, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let figures = try BoardFigures(of: site.store, zoneMinutes: 480, at: province.now)
        var open: [String: Int] = [:]
        var opened: [String: Int] = [:]
        var categories: [String: Int] = [:]
        let today = (province.now + Self.zone) / Self.day
        for number in try site.database.all("SELECT entity FROM ticket ORDER BY entity", map: { $0.int64(0) }) {
            let row = try site.store.row(number: number)
            let (_, type) = try site.desk(at: province.now).type(of: row)
            let home = row.state[TicketField.home].textValue ?? ""
            if type.state(row.state.stageName)?.isFinal == false { open[home, default: 0] += 1 }
            let since = row.state[TicketField.openedAt].integerValue ?? 0
            if (since + Self.zone) / Self.day == today {
                opened[home, default: 0] += 1
                if let category = row.state[TicketField.category].textValue { categories[category, default: 0] += 1 }
            }
        }
        for branch in figures.branches {
            #expect(branch.open == open[branch.home] ?? 0, "\(branch.home)", sourceLocation: sourceLocation)
            #expect(branch.opened == opened[branch.home] ?? 0, "\(branch.home)", sourceLocation: sourceLocation)
        }
        #expect(Set(open.keys).isSubset(of: figures.branches.map(\.home)), sourceLocation: sourceLocation)
        let counted = figures.categories.filter { $0.today > 0 }
        #expect(counted.count == categories.count, sourceLocation: sourceLocation)
        for one in counted { #expect(one.today == categories[one.category], sourceLocation: sourceLocation) }
        #expect(figures.waiting == 0, sourceLocation: sourceLocation)
        #expect(try DeskIndex.areCountersRight(in: site.database), sourceLocation: sourceLocation)
    }

    /// How many there are is right at any moment, also while the index is behind.
    private func checkTotals(at site: DeskSite) throws {
        for home in [nil, "nx-yinchuan", "nx-guyuan"] as [String?] {
            var query = TicketQuery()
            query.home = home
            let sql: SQL = "SELECT count(*) FROM ticket WHERE ?1 IS NULL OR home = ?1"
            let tickets = try site.database.first(sql, values: [home]) { $0.int(0) }
            #expect(try query.count(in: site.store) == tickets, "\(home ?? "all") at \(site.id.text)")
        }
        #expect(try SiteFigures(of: site.store).tickets == TicketQuery().count(in: site.store))
    }

    @Test("Whatever happens to tickets at all sites, each site's figures are what its tickets make them")
    func walk() throws {
        var random = DeskRandom(seed: DeskRandom.seed)
        let province = try DeskProvince()
        let categories = try DeskPack.first().pack.categories(for: "complaint").prefix(4).map(\.id)
        var tickets: [EntityID] = []
        for _ in 0..<400 {
            province.now += Int64(random.below(3_600_000))
            let site = random.pick(province.branches)
            switch random.below(10) {
            case 0..<3:
                tickets.append(try province.open(at: site, category: random.pick(categories)))
            case 3: try province.converge()
            case 4: try province.learn(random.pick(province.sites), atMost: 1 + random.below(30))
            default:
                guard !tickets.isEmpty else { continue }
                let ticket = random.pick(tickets)
                let actions: [TicketAction] = [
                    .transition("accept", fields: [:]), .transition("resolve", fields: ["resolution": .text("x")]),
                    .transition("close", fields: [:]), .transition("reopen", fields: ["reopenReason": .text("x")]),
                    .assign(["assignee": .text("王芳")]), .assign(["subject": .text("另一主题")]),
                    .offerTransfer(random.pick(province.branches).id), .acceptTransfer,
                ]
                // What cannot be done from where the ticket is, is not done.
                _ = try? province.act(random.pick(actions), on: ticket, at: site)
            }
            try checkTotals(at: random.pick(province.sites))
        }
        try province.converge()
        for site in province.sites {
            try province.learn(site)
            try check(province, at: site)
        }
        #expect(try BoardFigures(of: province.hub.store, zoneMinutes: 480, at: province.now).branches.count == 3)
        try province.checkDatabases()
    }

    @Test("A ticket that is closed and reopened counts as done on no day, and is open again")
    func reopened() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        func figures() throws -> BoardFigures.Branch? {
            try province.learn(site)
            return try BoardFigures(of: site.store, zoneMinutes: 480, at: province.now).branches.first
        }
        let steps: [TicketAction] = [
            .transition("accept", fields: [:]), .transition("resolve", fields: ["resolution": .text("x")]),
            .transition("close", fields: ["satisfaction": .text("satisfied")]),
        ]
        for step in steps { try province.act(step, on: ticket, at: site) }
        let done = try #require(try figures())
        #expect(done.open == 0 && done.closed == 1 && done.opened == 1)
        try province.act(.transition("reopen", fields: ["reopenReason": .text("x")]), on: ticket, at: site)
        let again = try #require(try figures())
        #expect(again.open == 1 && again.closed == 0 && again.opened == 1)
    }

    @Test("Somebody's own queue and those of each status are counted, and the list shows what they count")
    func queues() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let tickets = try (0..<5).map { _ in try province.open(at: site) }
        for ticket in tickets.prefix(2) { try province.act(.assign(["assignee": .text("王芳")]), on: ticket, at: site) }
        try province.act(.transition("accept", fields: [:]), on: tickets[4], at: site)
        try province.learn(site)
        let counts = try QueueCounts(of: site.store, person: "王芳")
        #expect(counts.mine == 2)
        #expect(counts.statuses["acknowledged"] == 4)
        #expect(counts.statuses["inProgress"] == 1)
        var query = TicketQuery()
        query.assignee = "王芳"
        #expect(try Set(query.page(in: site.store).rows.map(\.id)) == Set(tickets.prefix(2)))
        query = TicketQuery()
        query.status = "inProgress"
        #expect(try query.page(in: site.store).rows.map(\.id) == [tickets[4]])
    }

    @Test("An assignee whose name is spelled otherwise is another one, though Swift holds both spellings for equal")
    func spelledAssignees() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        let (composed, decomposed) = ("Jos\u{E9}", "Jose\u{301}")
        for (name, other) in [(decomposed, composed), (composed, decomposed)] {
            try province.act(.assign(["assignee": .text(name)]), on: ticket, at: site)
            try province.learn(site)
            #expect(try QueueCounts(of: site.store, person: name).mine == 1)
            #expect(try QueueCounts(of: site.store, person: other).mine == 0)
        }
        try province.checkDatabases()
    }

    @Test("A department that is spelled otherwise is counted as another one, as its rows are")
    func spelledDepartments() throws {
        let province = try DeskProvince()
        let (site, database) = (province.yinchuan, province.yinchuan.database)
        let entity = try #require(try site.store.row(province.open(at: site))).number
        var row = DueRow()
        row.home = site.id.text
        for department in ["cafe\u{301}", "caf\u{E9}"] {
            row.department = department
            let counter = try DueCounter(database)
            try row.lay(entity, computed: province.now, until: nil, counter: counter, in: database)
            #expect(try DueCounter.areRight(in: database))
            let counted = try DueCounter.shares(in: database, at: province.now).map { Array($0.department.utf8) }
            #expect(counted == [Array(department.utf8)])
        }
    }

    @Test("A disk that damages a row or a counter is found out, and after a recount all is as it was")
    func damage() throws {
        for damage in ["UPDATE board SET status = 'closed'", "UPDATE board_status SET tickets = tickets + 1"] as [SQL] {
            let province = try DeskProvince()
            let site = province.yinchuan
            try province.open(at: site)
            try province.converge()
            try province.learn(site)
            try province.checkDatabases()
            try site.database.run(damage)
            let found = try site.database.transaction(.deferred) {
                try DeskVerification.run(site.store, for: site.id)
            }
            #expect(!found.isClean, "\(damage.text)")
            _ = try site.session { try $0.recheck(atMost: 1_000, fresh: OriginID(raw: 7), at: province.now) }
            try site.session { try DeskIndex($0.store, shelf: site.shelf).recount() }
            try province.learn(site)
            try check(province, at: site)
            try province.checkDatabases()
        }
    }
}
