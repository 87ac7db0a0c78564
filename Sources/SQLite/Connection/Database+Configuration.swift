import CSQLite

extension Database {
    func configure(_ mode: Mode, busyTimeoutMilliseconds: Int) throws {
        precondition(busyTimeoutMilliseconds >= 0, "a timeout is not negative")
        sqlite3_busy_timeout(handle, Int32(clamping: busyTimeoutMilliseconds))
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(Self.valueByteLimit))
        // A damaged or planted schema cannot run functions with side effects or write to SQLite's own tables,
        // and a misspelt column in double quotes is an error and not a text.
        try set(SQLITE_DBCONFIG_DEFENSIVE, on: true)
        try set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, on: false)
        try set(SQLITE_DBCONFIG_DQS_DDL, on: false)
        try set(SQLITE_DBCONFIG_DQS_DML, on: false)
        try execute("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON")
        switch mode {
        case .readWriteCreate: try configureWriter()
        case .readOnly: try configureReader()
        }
    }

    private func configureWriter() throws {
        let journal = try first("PRAGMA journal_mode = WAL") { $0.text(0) }
        // A database in memory has no log and says so.
        guard journal == "wal" || journal == "memory" else {
            throw SQLiteError(
                kind: .other, operation: .configure, message: "the file system takes no write-ahead log")
        }
        try execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
        try execute(SQL(trusted: "PRAGMA cache_size = -\(Self.writerCacheKibibytes)"))
        try execute(SQL(trusted: "PRAGMA journal_size_limit = \(Self.logBytesKept)"))
        if journal == "wal" { try makeLogDurable() }
    }

    private func configureReader() throws {
        try set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on: true)
        // Several read at once and each keeps its own pages: 2 MiB holds the upper levels of every index and
        // what a page of a list lies on.
        try execute("PRAGMA query_only = ON; PRAGMA cache_size = -2048")
        // Reads the header, so that a file that is no database is refused now and not at the first query.
        _ = try first("PRAGMA schema_version") { $0.int(0) }
    }

    private func set(_ option: Int32, on: Bool) throws {
        let code = tributary_sqlite3_db_config_switch(handle, option, on ? 1 : 0)
        guard code == SQLITE_OK else {
            throw SQLiteError(
                extendedCode: code, operation: .configure, message: "the library has no switch \(option)")
        }
    }
}
