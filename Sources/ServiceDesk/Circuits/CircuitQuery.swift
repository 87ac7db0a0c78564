import Replication
import SQLite

/// Which circuits a list shows, by their numbers, page by page.
public struct CircuitQuery: Sendable {
    /// Circuits on one page.
    public static let limitMax = 500

    /// Only those whose number begins so, however it is written.
    public var prefix: String?
    /// Also those that are out of service.
    public var withRetired = false
    public var limit = 50
    /// The number after which to go on.
    public var after: String?

    public init() {}

    /// - Returns: the page, and the number to go on from if there is more.
    public func page(in store: SiteStore) throws -> (rows: [EntityRow], next: String?) {
        let limit = min(max(1, limit), Self.limitMax)
        var sql: SQL = "SELECT entity, number FROM circuit WHERE number > ?"
        var values: [(any SQLiteBindable)?] = [after ?? ""]
        if let prefix = prefix.map(CircuitNumber.canonical), !prefix.isEmpty {
            // By the order of the index, in which what begins alike stands together.
            sql = sql + " AND number >= ? AND number < ?"
            values += [prefix, prefix + "\u{10FFFF}"]
        }
        if !withRetired { sql = sql + " AND is_retired = 0" }
        let places = try store.database.all(sql + " ORDER BY number LIMIT ?", values: values + [Int64(limit + 1)]) {
            (entity: $0.int64(0), number: $0.text(1))
        }
        let rows = try places.prefix(limit).map { try store.row(number: $0.entity) }
        return (rows, places.count > limit ? places[limit - 1].number : nil)
    }
}
