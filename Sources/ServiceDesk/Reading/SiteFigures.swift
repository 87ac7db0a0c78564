import Replication
import SQLite

/// The few numbers by which a site is judged at a glance.
public struct SiteFigures: Sendable {
    public let tickets: Int
    /// Changes in the log, whatever became of them, by its last position: those that were erased count too, mostly.
    public let changes: Int64
    public let openConflicts: Int
    public let refusedChanges: Int
    /// At the hub: changes that cannot be judged yet.
    public let waitingChanges: Int

    public init(of store: SiteStore) throws {
        func figure(_ sql: SQL) throws -> Int64 { try store.database.first(sql) { $0.int64(0) } ?? 0 }
        tickets = try TicketTotals.count(of: nil, in: store.database)
        changes = try figure("SELECT coalesce(max(position), 0) FROM log")
        openConflicts = Int(try figure("SELECT coalesce(sum(conflicts), 0) FROM ticket WHERE conflicts > 0"))
        refusedChanges = Int(try figure("SELECT count(*) FROM verdict"))
        waitingChanges = Int(try figure("SELECT count(*) FROM waiting"))
    }
}
