import CSQLite

extension Database {
    /// Runs a statement to its end, passing over rows, and gives the number of rows it changed.
    ///
    /// - Throws: ``SQLiteError``.
    @discardableResult
    public func run(_ sql: SQL, _ values: (any SQLiteBindable)?...) throws -> Int {
        try run(sql, values: values)
    }

    /// Runs a statement to its end, passing over rows, and gives the number of rows it changed.
    ///
    /// - Throws: ``SQLiteError``.
    @discardableResult
    public func run(_ sql: SQL, values: [(any SQLiteBindable)?]) throws -> Int {
        let before = sqlite3_total_changes64(handle)
        return try withStatement(sql, values) { statement in
            while try statement.step() {}
            // The connection's count of changes is left over from the statement before when this one made none.
            return sqlite3_total_changes64(handle) == before ? 0 : changes
        }
    }

    /// Runs a statement to its end, with parameters each added by its own type, and gives the number of rows changed.
    ///
    /// - Throws: ``SQLiteError``.
    @discardableResult
    public func run(_ sql: SQL, adding fill: (inout Parameters) -> Void) throws -> Int {
        let before = sqlite3_total_changes64(handle)
        return try withStatement(sql, bind: { try $0.bind(fill) }) { statement in
            while try statement.step() {}
            return sqlite3_total_changes64(handle) == before ? 0 : changes
        }
    }

    /// The first row, with parameters each added by its own type; nil when there is none.
    ///
    /// - Throws: ``SQLiteError``, or what `map` throws.
    @inlinable
    public func first<T>(
        _ sql: SQL, adding fill: (inout Parameters) -> Void, map: (Row) throws -> T
    ) throws -> T? {
        // For the caller's own type: a query that runs for every change is not put together at run time.
        let statement = try lend(sql) { try $0.bind(fill) }
        defer { takeBack(statement) }
        return try row(of: statement).map { try map($0) }
    }

    /// Runs a script of several statements without parameters, as a schema is; nothing is cached.
    ///
    /// - Throws: ``SQLiteError``; the statements before the failed one stand unless a transaction is around.
    public func execute(_ script: SQL) throws {
        do {
            try Statement.runAll(of: script, on: handle)
        } catch let error as SQLiteError {
            note(error)
            throw error
        }
    }

    /// All rows, each turned into a value.
    ///
    /// - Throws: ``SQLiteError``, or what `map` throws.
    public func all<T>(
        _ sql: SQL, _ values: (any SQLiteBindable)?..., map: (Row) throws -> T
    ) throws -> [T] {
        try all(sql, values: values, map: map)
    }

    /// All rows, each turned into a value.
    ///
    /// - Throws: ``SQLiteError``, or what `map` throws.
    public func all<T>(_ sql: SQL, values: [(any SQLiteBindable)?], map: (Row) throws -> T) throws -> [T] {
        try withStatement(sql, values) { statement in
            var found: [T] = []
            while try statement.step() {
                found.append(try map(Row(statement: statement.handle)))
            }
            return found
        }
    }

    /// The first row, turned into a value; nil when there is none. Later rows are not read.
    ///
    /// - Throws: ``SQLiteError``, or what `map` throws.
    @inlinable
    public func first<T>(
        _ sql: SQL, _ values: (any SQLiteBindable)?..., map: (Row) throws -> T
    ) throws -> T? {
        try first(sql, values: values, map: map)
    }

    /// The first row, turned into a value; nil when there is none. Later rows are not read.
    ///
    /// - Throws: ``SQLiteError``, or what `map` throws.
    @inlinable
    public func first<T>(_ sql: SQL, values: [(any SQLiteBindable)?], map: (Row) throws -> T) throws -> T? {
        let statement = try lend(sql) { try $0.bind(values) }
        defer { takeBack(statement) }
        return try row(of: statement).map { try map($0) }
    }

    /// Reads rows one by one, without keeping them, for as long as `body` says true.
    ///
    /// - Throws: ``SQLiteError``, or what `body` throws.
    public func forEach(
        _ sql: SQL, _ values: (any SQLiteBindable)?..., body: (Row) throws -> Bool
    ) throws {
        try forEach(sql, values: values, body: body)
    }

    /// Reads rows one by one, without keeping them, for as long as `body` says true.
    ///
    /// - Throws: ``SQLiteError``, or what `body` throws.
    public func forEach(_ sql: SQL, values: [(any SQLiteBindable)?], body: (Row) throws -> Bool) throws {
        try withStatement(sql, values) { statement in
            while try statement.step() {
                guard try body(Row(statement: statement.handle)) else { return }
            }
        }
    }

    /// The identifier of the row last inserted through this connection.
    public var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// How many rows the last INSERT, UPDATE or DELETE changed, without those that triggers changed.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Whether no transaction is open. SQLite can end one by itself, when the disk is full for instance.
    public var isAutocommit: Bool { sqlite3_get_autocommit(handle) != 0 }
}
