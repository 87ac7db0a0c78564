import CSQLite

/// One prepared statement, and what the cache needs to know about it.
@usableFromInline
final class Statement {
    let handle: OpaquePointer
    private let parameterCount: Int
    var isCheckedOut = false
    var lastUse: UInt64 = 0
    /// Of the literal that it was prepared from.
    var address: UInt?

    /// Prepares the only statement of `sql`. Traps when there is none or more than one. `isKept` tells SQLite that
    /// the statement will be used many times.
    ///
    /// - Throws: ``SQLiteError`` when SQLite refuses the text, as for a table that does not exist.
    init(_ sql: SQL, isKept: Bool, on database: OpaquePointer) throws {
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let (prepared, rest) = try Self.prepareFirst(of: sql, from: 0, flags: flags, on: database)
        guard let prepared else { preconditionFailure("the SQL holds no statement") }
        precondition(rest == nil, "the SQL holds more than one statement; a script is run by execute")
        handle = prepared
        parameterCount = Int(sqlite3_bind_parameter_count(prepared))
    }

    private init(adopting prepared: OpaquePointer) {
        handle = prepared
        parameterCount = Int(sqlite3_bind_parameter_count(prepared))
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Runs each statement of a script, none of which may have parameters; rows are passed over.
    static func runAll(of sql: SQL, on database: OpaquePointer) throws {
        var offset: Int? = 0
        while let start = offset {
            let (prepared, rest) = try prepareFirst(of: sql, from: start, flags: 0, on: database)
            offset = rest
            guard let prepared else { continue }
            let statement = Statement(adopting: prepared)
            try statement.bind([])
            while try statement.step() {}
        }
    }

    /// Binds one value to each parameter. Traps when the numbers differ.
    @usableFromInline
    func bind(_ values: [(any SQLiteBindable)?]) throws {
        precondition(values.count == parameterCount, "the statement needs \(parameterCount) values")
        var index: Int32 = 0
        for value in values {
            index &+= 1
            var binder = Binder(statement: handle, index: index)
            if let value {
                value.bind(to: &binder)
            } else {
                binder.null()
            }
            guard binder.resultCode == SQLITE_OK else {
                throw failure(code: binder.resultCode, operation: .bind)
            }
        }
    }

    /// Binds what `fill` adds. Traps when that is not one value for each parameter.
    @usableFromInline
    func bind(_ fill: (inout Parameters) -> Void) throws {
        var parameters = Parameters(statement: handle)
        fill(&parameters)
        precondition(parameters.count == parameterCount, "the statement needs \(parameterCount) values")
        if let code = parameters.failure { throw failure(code: code, operation: .bind) }
    }

    /// Moves on; true when the statement stands on a row, false when it is done.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw failure(code: code, operation: .step)
    }

    /// Makes the statement ready for another use, and lets go of the bound values.
    func reset() {
        sqlite3_reset(handle)
        if parameterCount > 0 {
            sqlite3_clear_bindings(handle)
        }
    }

    private func failure(code: Int32, operation: SQLiteError.Operation) -> SQLiteError {
        SQLiteError(
            extendedCode: code, operation: operation, message: message(for: code),
            sql: sqlite3_sql(handle).map { String(cString: $0) })
    }

    /// The connection's message where it cannot quote a value: constraints name columns only, and a statement
    /// without parameters that is not about rows has none to quote. A full-text query's error repeats the query.
    private func message(for code: Int32) -> String {
        let isAboutRows = parameterCount > 0 || sqlite3_column_count(handle) > 0 || sqlite3_stmt_readonly(handle) == 0
        if code & 0xff == SQLITE_CONSTRAINT || !isAboutRows {
            return String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        }
        return String(cString: sqlite3_errstr(code))
    }

    /// The first statement from a byte offset on, and where the text after it starts, if there is any.
    private static func prepareFirst(
        of sql: SQL, from offset: Int, flags: UInt32, on database: OpaquePointer
    ) throws -> (OpaquePointer?, rest: Int?) {
        try sql.withUTF8 { utf8 in
            let text = UnsafeBufferPointer(rebasing: utf8[offset...])
            return try text.withMemoryRebound(to: CChar.self) { bytes in
                guard let start = bytes.baseAddress, let count = Int32(exactly: bytes.count) else {
                    return (nil, nil)
                }
                var prepared: OpaquePointer?
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(database, start, count, flags, &prepared, &tail)
                guard code == SQLITE_OK else {
                    let message = String(cString: sqlite3_errmsg(database))
                    throw SQLiteError(extendedCode: code, operation: .prepare, message: message, sql: sql.text)
                }
                let used = tail.map { $0 - start } ?? bytes.count
                let isBlank = utf8[(offset + used)...].allSatisfy { $0 <= 0x20 || $0 == 0x3b }
                return (prepared, isBlank ? nil : offset + used)
            }
        }
    }
}
