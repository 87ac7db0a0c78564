import Replication
import SQLite

/// How many open tickets are overdue, at risk or paused, and with which department: as they are counted
/// while due times are kept.
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

        fileprivate mutating func add(_ share: DueCounter.Share) {
            open += share.open
            overdue += share.overdue
            atRisk += share.atRisk
            paused += share.paused
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
        var total = Count()
        var departments: [String: Count] = [:]
        for share in try DueCounter.shares(in: store.database, at: now) where home == nil || share.home == home {
            departments[share.department, default: Count()].add(share)
            total.add(share)
        }
        self.total = total
        self.departments = departments.sorted { $0.key < $1.key }.map { ($0.key.isEmpty ? nil : $0.key, $0.value) }
        stale = try DueRow.staleCount(in: store.database)
    }
}
