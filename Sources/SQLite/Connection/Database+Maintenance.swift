import CSQLite

extension Database {
    /// The most findings an integrity check lists.
    public static let integrityFindingLimit = 100

    /// A log so many times longer than it should have grown is checkpointed with a little patience.
    public static let logExcess = 3
    /// How long a checkpoint of such a log waits for readers, in milliseconds: longer than a page of tickets is read,
    /// and short enough for whoever waits to write.
    public static let checkpointPatienceMilliseconds = 100

    /// Copies the write-ahead log into the database file. Only the writing connection does this.
    ///
    /// - Parameter truncate: waits for readers (as long as the busy timeout) and empties the log's file; without
    ///   it, copies as much as can be copied without waiting.
    /// - Throws: ``SQLiteError``; of kind `busy` when `truncate` has waited in vain.
    public func checkpoint(truncate: Bool) throws {
        try checkpoint(truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE)
    }

    private func checkpoint(_ mode: Int32) throws {
        var logPages: Int32 = 0
        var copiedPages: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(handle, nil, mode, &logPages, &copiedPages)
        guard code == SQLITE_OK else {
            let message = String(cString: sqlite3_errmsg(handle))
            let error = SQLiteError(extendedCode: code, operation: .checkpoint, message: message)
            note(error)
            throw error
        }
        let isComplete = copiedPages == logPages
        logPagesAtCheckpoint = isComplete ? 0 : Int(logPages)
        // After a complete checkpoint the next commit starts the log anew, unless a reader still needs it.
        if isComplete {
            hooks.logPages = 0
        }
    }

    /// A larger database is copied into a file of SQLite's own when it is written anew.
    static let rewrittenInMemoryBytes = 256 << 20

    /// Writes every table and index anew and empties the log: no free page is left, and nothing in the unused middle of
    /// a page. There SQLite leaves what it has moved to the next page, and zeroing what is deleted (`secure_delete`)
    /// does not reach it. Makes a copy first, in memory where that is not too much, and holds up every writer.
    ///
    /// - Throws: ``SQLiteError``; of kind `busy` when a reader was in the way.
    public func rewrite() throws {
        let bytes = try first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") { $0.int(0) }
        let isSmall = (bytes ?? 0) <= Self.rewrittenInMemoryBytes
        try execute(isSmall ? "PRAGMA temp_store = MEMORY" : "PRAGMA temp_store = FILE")
        defer { try? execute("PRAGMA temp_store = DEFAULT") }
        try execute("VACUUM")
        try checkpoint(truncate: true)
    }

    /// Checkpoints once the log has grown by `pages` since the last time: without waiting, as long as the log is not
    /// ``logExcess`` times as long; then with a little patience, because readers who relieve one another without a gap
    /// would keep it from ever starting anew. One reader that stays for long is not waited out: the log grows while it
    /// reads, and is cut to ``logBytesKept`` afterwards.
    ///
    /// - Throws: ``SQLiteError``.
    public func checkpointIfNeeded(pages: Int) throws {
        precondition(pages > 0, "a log is checkpointed after some pages")
        // A restarted log is shorter than one that a reader kept from being restarted.
        if hooks.logPages < logPagesAtCheckpoint {
            logPagesAtCheckpoint = 0
        }
        guard hooks.logPages - logPagesAtCheckpoint >= pages else { return }
        try checkpoint(SQLITE_CHECKPOINT_PASSIVE)
        guard logPagesAtCheckpoint >= pages * Self.logExcess else { return }
        sqlite3_busy_timeout(handle, Int32(Self.checkpointPatienceMilliseconds))
        defer { sqlite3_busy_timeout(handle, Int32(clamping: busyTimeoutMilliseconds)) }
        do {
            try checkpoint(SQLITE_CHECKPOINT_RESTART)
        } catch let error as SQLiteError where error.kind == .busy {
            // Asked again when the log has grown by as much once more.
        }
    }

    /// Writes a consistent copy of the database as it is now into a file of its own, without free pages. Whoever
    /// writes meanwhile is not held up; the log cannot start anew until the copy is made.
    ///
    /// The copy is not on the disk yet when this returns: SQLite does not sync it.
    /// - Throws: ``SQLiteError``; when the file exists and is not empty.
    public func copy(to path: String) throws {
        // Only what is written here counts as a change to SQLite, not the new file; but it cannot tell them apart.
        try execute("PRAGMA query_only = OFF")
        defer { try? execute("PRAGMA query_only = ON") }
        try run("VACUUM INTO ?", path)
    }

    /// What is wrong with the file, in SQLite's words, and foreign keys that point nowhere; empty when all is well.
    ///
    /// - Throws: ``SQLiteError`` when the file cannot be read at all. Damage that keeps the check from going on is
    ///   a finding and not an error.
    public func integrityCheck() throws -> [String] {
        let limit = Self.integrityFindingLimit
        var findings: [String] = []
        do {
            try forEach(SQL(trusted: "PRAGMA integrity_check(\(limit))")) { row in
                findings.append(row.text(0))
                return true
            }
            if findings == ["ok"] {
                findings = []
            }
            try forEach("PRAGMA foreign_key_check") { row in
                guard findings.count < limit else { return false }
                let place = row.intOrNil(1).map { "row \($0)" } ?? "a row"
                findings.append("\(place) of table \(row.text(0)) refers to a missing row of table \(row.text(2))")
                return true
            }
        } catch let error as SQLiteError where error.kind == .corrupt {
            findings.append(error.message)
        }
        return findings
    }
}
