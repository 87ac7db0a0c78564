/// The prepared statements of one connection, by their SQL.
///
/// A statement is checked out while it is stepped, so that the same SQL used again inside gets a second copy,
/// which is thrown away afterwards.
struct StatementCache {
    private let limit: Int
    private var statements: [SQL.CacheKey: Statement] = [:]
    /// The statements used last, at places by their text's address: finds most without the dictionary.
    private var recent: [Statement?] = Array(repeating: nil, count: StatementCache.recentPlaces)
    private static let recentPlaces = 256
    private var uses: UInt64 = 0
    /// How many statements are being stepped.
    private(set) var checkedOutCount = 0
    /// How often a statement had to be prepared.
    private(set) var preparedCount = 0

    init(limit: Int) {
        precondition(limit > 0, "the cache holds at least one statement")
        self.limit = limit
    }

    /// How many statements are kept.
    var count: Int { statements.count }

    mutating func checkOut(_ sql: SQL, on database: OpaquePointer) throws -> Statement {
        if let place = Self.place(of: sql), let statement = recent[place], !statement.isCheckedOut,
            sql.address == statement.address
        {
            return take(statement)
        }
        let key = sql.cacheKey
        let cached = statements[key]
        let statement: Statement
        if let cached, !cached.isCheckedOut {
            statement = cached
        } else {
            statement = try Statement(sql, isKept: cached == nil, on: database)
            preparedCount += 1
            if cached == nil {
                makeRoom()
                statements[key] = statement
            }
        }
        if statements[key] === statement, let place = Self.place(of: sql) {
            statement.address = sql.address
            recent[place] = statement
        }
        return take(statement)
    }

    private static func place(of sql: SQL) -> Int? {
        sql.address.map { Int(truncatingIfNeeded: ($0 &* 0x9E37_79B9_7F4A_7C15) >> 56) }
    }

    private mutating func take(_ statement: Statement) -> Statement {
        uses &+= 1
        statement.lastUse = uses
        statement.isCheckedOut = true
        checkedOutCount += 1
        return statement
    }

    /// Takes back a statement that has been reset: done outside, since nothing else may use the cache in here.
    mutating func checkIn(_ statement: Statement) {
        statement.isCheckedOut = false
        checkedOutCount -= 1
    }

    /// Finalizes every statement. None may be checked out.
    mutating func removeAll() {
        precondition(checkedOutCount == 0, "a connection is not closed inside one of its own queries")
        recent = Array(repeating: nil, count: Self.recentPlaces)
        statements.removeAll()
    }

    /// Drops the statement unused for longest; a look at all of them is cheap beside preparing one.
    private mutating func makeRoom() {
        guard statements.count >= limit else { return }
        let oldest = statements.filter { !$0.value.isCheckedOut }.min { $0.value.lastUse < $1.value.lastUse }
        if let oldest {
            statements[oldest.key] = nil
            for place in recent.indices where recent[place] === oldest.value { recent[place] = nil }
        }
    }
}
