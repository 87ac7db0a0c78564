import Replication
import SQLite

/// Which announcements a list shows.
public struct AnnouncementQuery: Sendable {
    /// Announcements that a list has at most: the newest.
    public static let limitMax = 200

    /// Also those that are over or were withdrawn.
    public var withPast = false
    /// Only those for a branch.
    public var site: String?
    /// Only those about a category, which comes first, or one above it.
    public var lineage: [String]?
    /// Only those that hold now, and not those that are to come.
    public var isCurrent = false

    public init() {}

    /// What is over soonest comes first; with what is past, what began last.
    /// - Parameter now: province time, in milliseconds.
    public func list(in store: SiteStore, at now: Int64) throws -> [Announcement] {
        let filter: SQL =
            withPast
            ? "ORDER BY starts DESC, entity DESC" : "WHERE is_withdrawn = 0 AND until > ? ORDER BY until, entity"
        let numbers = try store.database.all(
            "SELECT entity FROM announcement " + filter + " LIMIT ?",
            values: (withPast ? [] : [now]) + [Int64(Self.limitMax)]
        ) { $0.int64(0) }
        return try numbers.compactMap { Announcement(try store.row(number: $0)) }.filter { one in
            one.covers(site: site, lineage: lineage) && (!isCurrent || one.standing(at: now) == .current)
        }
    }
}
