import HTTP
import SQLite
import Standards

/// Somebody who is told of events, and how far that has got.
struct Subscription: Sendable {
    /// At one node.
    static let subscriptionsMax = 100
    /// Bytes of an address, and of a query.
    static let callbackBytesMax = 2_000
    static let queryBytesMax = 2_000

    let number: Int64
    let id: String
    let dialect: Dialect
    let base: String
    let callback: String
    let query: String
    /// The body that asked for it, with its types.
    let said: [String: JSONValue]
    /// The number of the last event that it is done with.
    let next: Int64
    /// Of the event after that.
    let attempts: Int
    /// Events that were given up.
    let givenUp: Int

    private static let columns: SQL =
        "SELECT number, id, edition, base, callback, query, said, next, attempts, given_up FROM subscription"

    private init(_ row: Row) {
        number = row.int64(0)
        id = row.text(1)
        dialect = Dialect(rawValue: row.text(2)) ?? .v5
        base = row.text(3)
        callback = row.text(4)
        query = row.text(5)
        said = (try? JSONValue(parsing: row.text(6), sizeLimit: 1 << 20))?.objectValue ?? [:]
        next = row.int64(7)
        attempts = row.int(8)
        givenUp = row.int(9)
    }

    static func all(in database: Database) throws -> [Subscription] {
        try database.all(columns + " ORDER BY number") { Subscription($0) }
    }

    static func of(_ id: String, in database: Database) throws -> Subscription? {
        try database.first(columns + " WHERE id = ?", id) { Subscription($0) }
    }

    var json: JSONValue {
        var members = said
        members["id"] = .string(id)
        if dialect == .v5 { members["href"] = .string("\(base)/hub/\(id)") }
        return .object(members)
    }

    /// Which events it is told of.
    func filter() throws -> EventFilter { try EventFilter(query, dialect) }
}
