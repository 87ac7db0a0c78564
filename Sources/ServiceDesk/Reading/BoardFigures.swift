import Replication
import SQLite
import Standards

/// The figures of the provincial wall and of a branch's queues, as the counters have them: what they cost does not grow
/// with the number of tickets.
public struct BoardFigures: Sendable {
    /// The days before today by which a category's usual intake is reckoned.
    public static let usualDays: Int64 = 14

    public struct Branch: Equatable, Sendable {
        public let home: String
        public var opened = 0
        public var closed = 0
        public var open = 0
        /// Open tickets of which a clock has run out.
        public var overdue = 0
        /// Of those, how many may have been answered at the branch, which the hub has not heard of since.
        public var unconfirmed = 0
        /// Tickets with an open conflict.
        public var conflicts = 0
    }

    public struct Category: Equatable, Sendable {
        public let category: String
        public let today: Int
        /// Of the days before, so many a day, in hundredths.
        public let usualPerCent: Int
    }

    /// Today, counted in days of province time from 1970-01-01.
    public let day: Int64
    /// By home, in the order of their words.
    public let branches: [Branch]
    /// What rises most comes first.
    public let categories: [Category]
    /// Changes and tickets that the figures do not know yet.
    public let waiting: Int

    /// - Parameters:
    ///   - zoneMinutes: of province time, east of UTC.
    ///   - now: province time, in milliseconds.
    public init(of store: SiteStore, zoneMinutes: Int, at now: Int64) throws {
        let database = store.database
        let today = (now + Int64(zoneMinutes) * 60_000) / BoardRow.dayMilliseconds
        var branches: [String: Branch] = [:]
        let over = TicketStatus.allCases.filter(\.isEnd).map(\.rawValue)
        try database.forEach("SELECT home, status, tickets FROM board_status WHERE tickets <> 0") { row in
            let home = row.text(0)
            var branch = branches[home] ?? Branch(home: home)
            if !over.contains(row.text(1)) { branch.open += row.int(2) }
            branches[home] = branch
            return true
        }
        try database.forEach("SELECT home, opened, closed FROM board_day WHERE day = ?", values: [today]) { row in
            let home = row.text(0)
            branches[home, default: Branch(home: home)].opened += row.int(1)
            branches[home, default: Branch(home: home)].closed += row.int(2)
            return true
        }
        for share in try DueCounter.shares(in: database, at: now) {
            branches[share.home, default: Branch(home: share.home)].overdue += share.overdue
        }
        try database.forEach(
            "SELECT home, count(*) FROM ticket INDEXED BY ticket_conflicts WHERE conflicts > 0 GROUP BY home"
        ) { row in
            let home = row.text(0)
            branches[home, default: Branch(home: home)].conflicts += row.int(1)
            return true
        }
        for (home, count) in try Self.unconfirmed(in: store, at: now) { branches[home]?.unconfirmed = count }
        day = today
        self.branches = branches.values.sorted { $0.home < $1.home }
        categories = try Self.categories(database, today)
        waiting = try DeskIndex.waiting(in: database)
    }

    /// What ran out after the hub had last heard the branch. Nothing at a branch.
    private static func unconfirmed(in store: SiteStore, at now: Int64) throws -> [(home: String, count: Int)] {
        try heard(in: store).map { home, time in
            (home, try DueCounter.count(of: home, after: time, upTo: now, in: store.database))
        }
    }

    /// Up to when the hub has heard each branch. Nothing at a branch.
    static func heard(in store: SiteStore) throws -> [(home: String, time: Int64)] {
        guard try store.life().isHub else { return [] }
        return try store.dataAsOf().parts.map { ($0.site.text, $0.time) }
    }

    private static func categories(_ database: Database, _ today: Int64) throws -> [Category] {
        let all = try database.all(
            """
            SELECT category, sum(CASE WHEN day = ?1 THEN opened ELSE 0 END) AS now,
                sum(CASE WHEN day < ?1 THEN opened ELSE 0 END) AS before FROM board_category
            WHERE day BETWEEN ?1 - ?2 AND ?1 AND category <> '' GROUP BY category HAVING now > 0 OR before > 0
            """, today, usualDays
        ) { row in
            Category(category: row.text(0), today: row.int(1), usualPerCent: row.int(2) * 100 / Int(usualDays))
        }
        return all.sorted { left, right in
            let (rise, other) = (left.today * 100 - left.usualPerCent, right.today * 100 - right.usualPerCent)
            return rise != other ? rise > other : left.category < right.category
        }
    }
}

/// How many open tickets stand where, and how many are somebody's own.
public struct QueueCounts: Sendable {
    /// Open tickets by status, in TM Forum's words.
    public let statuses: [String: Int]
    /// Open tickets that the person has.
    public let mine: Int
    /// Tickets with an open conflict.
    public let conflicts: Int
    /// Open tickets that call for the province.
    public let attention: [TicketQuery.Attention: Int]
    /// Open tickets that the announcements hit.
    public let announced: Int

    /// - Parameter announcements: those that hold now; where there is none, nothing is counted for them.
    public init(of store: SiteStore, person: String, announcements: AnnouncementHits? = nil) throws {
        var statuses: [String: Int] = [:]
        try store.database.forEach(
            "SELECT status, sum(tickets) FROM board_status GROUP BY status ORDER BY status"
        ) { row in
            statuses[row.text(0)] = row.int(1)
            return true
        }
        self.statuses = statuses
        var attention: [TicketQuery.Attention: Int] = [:]
        for one in TicketQuery.Attention.allCases {
            attention[one] = try store.database.first("SELECT count(*) FROM (" + one.entities + ")") { $0.int(0) }
        }
        self.attention = attention
        var hit = TicketQuery()
        hit.announced = announcements
        announced = try announcements?.isEmpty == false ? hit.count(in: store) : 0
        conflicts = try store.database.first("SELECT count(*) FROM ticket WHERE conflicts > 0") { $0.int(0) } ?? 0
        mine =
            try store.database.first(
                """
                SELECT count(*) FROM board WHERE closed_day IS NULL AND assignee = ?1
                AND status IN (SELECT DISTINCT status FROM board_status)
                """, person
            ) { $0.int(0) } ?? 0
    }
}
