import Replication
import SQLite

/// Which contributions a list shows: what is due first comes first, and after those that wait the latest of the others.
public struct ContributionQuery: Sendable {
    /// Contributions in one list.
    public static let limitMax = 200

    /// Also those that were answered.
    public var withAnswered = false

    public init() {}

    public func list(in store: SiteStore) throws -> [Contribution] {
        let filter: SQL =
            withAnswered
            ? "ORDER BY is_open DESC, CASE is_open WHEN 1 THEN due ELSE -due END, entity"
            : "WHERE is_open = 1 ORDER BY due, entity"
        let numbers = try store.database.all(
            "SELECT entity FROM contribution " + filter + " LIMIT ?", Int64(Self.limitMax)
        ) { $0.int64(0) }
        return try numbers.compactMap { Contribution(try store.row(number: $0)) }
    }
}
