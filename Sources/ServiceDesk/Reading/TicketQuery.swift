import Replication
import SQLite

/// Which tickets a list shows: newest first, page by page.
public struct TicketQuery: Sendable {
    /// Tickets on one page.
    public static let limitMax = 500

    /// A place in the list: opened, then the row's own number, so that no ticket is shown twice or left out while
    /// others come in.
    public struct Place: Sendable, Equatable {
        public let opened: Int64
        public let number: Int64

        public init(opened: Int64, number: Int64) {
            self.opened = opened
            self.number = number
        }

        public var text: String { "\(opened)-\(number)" }

        public init?(_ text: String) {
            // The last one: what was opened before 1970 begins with a minus sign.
            guard let dash = text.lastIndex(of: "-"), let opened = Int64(text[..<dash]),
                let number = Int64(text[text.index(after: dash)...])
            else { return nil }
            self.init(opened: opened, number: number)
        }
    }

    public var state: String?
    public var type: String?
    public var home: String?
    public var category: String?
    public var source: String?
    public var number: String?
    public var hasConflicts = false
    public var limit = 50
    public var after: Place?

    public init() {}

    /// Only the conditions that were asked for, so that each is answered from an index where there is one.
    var filter: (sql: SQL, values: [(any SQLiteBindable)?]) {
        var sql: SQL = " FROM ticket WHERE 1 = 1"
        var values: [(any SQLiteBindable)?] = []
        let conditions: [(SQL, String?)] = [
            (" AND state = ?", state), (" AND type = ?", type), (" AND home = ?", home),
            (" AND category = ?", category), (" AND source = ?", source), (" AND number = ?", number),
        ]
        for (condition, value) in conditions {
            guard let value else { continue }
            sql = sql + condition
            values.append(value)
        }
        if hasConflicts { sql = sql + " AND conflicts > 0" }
        return (sql, values)
    }

    public func count(in store: SiteStore) throws -> Int {
        let filter = filter
        return try store.database.first("SELECT count(*)" + filter.sql, values: filter.values) { $0.int(0) } ?? 0
    }

    /// - Returns: the page, and the place to go on from if there is more.
    public func page(in store: SiteStore) throws -> (rows: [EntityRow], next: Place?) {
        let limit = min(max(1, limit), Self.limitMax)
        var (sql, values) = filter
        if let after {
            sql = sql + " AND (opened, entity) < (?, ?)"
            values += [after.opened, after.number]
        }
        let places = try store.database.all(
            "SELECT opened, entity" + sql + " ORDER BY opened DESC, entity DESC LIMIT ?",
            values: values + [Int64(limit + 1)]
        ) { Place(opened: $0.int64(0), number: $0.int64(1)) }
        let rows = try places.prefix(limit).map { try store.row(number: $0.number) }
        return (rows, places.count > limit ? places[limit - 1] : nil)
    }
}
