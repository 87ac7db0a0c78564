import Replication
import SQLite

/// How many open tickets are overdue, at risk or paused, and with which department: read from the table of due times
/// alone.
public struct DueCounts: Sendable {
    public struct Count: Equatable, Sendable {
        /// Those with an open clock, or a department.
        public var open = 0
        public var overdue = 0
        public var atRisk = 0
        public var paused = 0

        public init(open: Int = 0, overdue: Int = 0, atRisk: Int = 0, paused: Int = 0) {
            self.open = open
            self.overdue = overdue
            self.atRisk = atRisk
            self.paused = paused
        }

        fileprivate mutating func add(_ other: Count) {
            open += other.open
            overdue += other.overdue
            atRisk += other.atRisk
            paused += other.paused
        }
    }

    public let total: Count
    /// By department in the order of their words; nil, for what no department has, comes first.
    public let departments: [(department: String?, count: Count)]
    /// Tickets whose due times are still to be computed, or computed again: the counts are out by as many at most.
    public let stale: Int

    /// - Parameters:
    ///   - home: only tickets of this branch.
    ///   - now: province time, in milliseconds.
    public init(of store: SiteStore, home: String? = nil, at now: Int64) throws {
        let from: SQL =
            home == nil ? " FROM due" : " FROM due JOIN ticket ON ticket.entity = due.entity WHERE ticket.home = ?2"
        var total = Count()
        var departments: [(department: String?, count: Count)] = []
        try store.database.forEach(
            """
            SELECT department, count(*), sum(coalesce(due <= ?1, 0)),
                sum(coalesce(warn <= ?1, 0) AND NOT coalesce(due <= ?1, 0)), sum(is_paused)
            """ + from + " GROUP BY department ORDER BY department", values: [now] + (home.map { [$0] } ?? [])
        ) { row in
            let count = Count(open: row.int(1), overdue: row.int(2), atRisk: row.int(3), paused: row.int(4))
            departments.append((row.textOrNil(0), count))
            total.add(count)
            return true
        }
        self.total = total
        self.departments = departments
        stale = try DueRow.staleCount(in: store.database)
    }
}
