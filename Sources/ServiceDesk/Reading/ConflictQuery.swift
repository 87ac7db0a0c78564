import Replication
import SQLite

/// A conflict of a ticket with the changes behind both sides.
public struct ConflictListing: Sendable {
    public let row: EntityRow
    public let conflict: Conflict
    public let losing: Change?
    public let winning: Change?

    public static func list(of row: EntityRow, in store: SiteStore) throws -> [ConflictListing] {
        try row.state.conflicts.map { conflict in
            ConflictListing(
                row: row, conflict: conflict, losing: try store.entry(of: conflict.losing)?.change,
                winning: try store.entry(of: conflict.winning)?.change)
        }
    }

    /// The open conflicts that this site may see, page by page.
    public static func open(
        in store: SiteStore, limit: Int, after: TicketQuery.Place?
    ) throws -> (conflicts: [ConflictListing], next: TicketQuery.Place?) {
        var query = TicketQuery()
        query.hasConflicts = true
        query.limit = limit
        query.after = after
        let page = try query.page(in: store)
        let conflicts = try page.rows.flatMap { try list(of: $0, in: store) }
        return (conflicts.filter { $0.conflict.settledBy == nil }, page.next)
    }
}
