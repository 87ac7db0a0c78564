import CSQLite

extension Database {
    /// Sets a new database up to be filled in one go: without the write-ahead log, so that it is one file when it is
    /// closed, and without a journal on the disk. If the process ends before that, the file is worth nothing.
    ///
    /// - Parameter syncs: whether a commit waits for the disk; false for a file that whoever gets it writes anew.
    /// - Throws: ``SQLiteError``.
    public func setUpForBulkLoading(syncs: Bool) throws {
        let journal = try first("PRAGMA journal_mode = MEMORY") { $0.text(0) }
        guard journal == "memory" else {
            throw SQLiteError(kind: .busy, operation: .configure, message: "another connection has the database open")
        }
        try execute("PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -65536")
        try execute(syncs ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF")
    }

    /// Makes another database readable here as `source`, while whoever writes it goes on. Nothing may be written to it.
    ///
    /// - Throws: ``SQLiteError`` when the file cannot be opened.
    public func attachSource(_ path: String) throws {
        // The last of its connections to close would copy the log into the database, which is for its writer to do.
        _ = tributary_sqlite3_db_config_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        try run("ATTACH ? AS source", path)
    }

    /// Lets go of it.
    ///
    /// - Throws: ``SQLiteError``; inside a transaction.
    public func detachSource() throws { try run("DETACH source") }
}
