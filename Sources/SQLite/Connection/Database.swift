import CSQLite

/// One connection to a database file.
///
/// Not `Sendable`: it is used by one thread at a time. Exactly one connection of a database writes and
/// checkpoints (``Mode/readWriteCreate``); any number of others read (``Mode/readOnly``).
public final class Database {
    /// How a database is opened.
    public enum Mode: Sendable {
        /// The one connection that writes and checkpoints; the file is made when missing.
        case readWriteCreate
        /// A connection that reads and never checkpoints, not even when it is the last to close.
        case readOnly
    }

    /// How many prepared statements a connection keeps.
    public static let statementLimit = 256
    /// The longest text or blob, in bytes; longer ones are refused as ``SQLiteError/Kind/tooBig``.
    public static let valueByteLimit = 64 * 1024 * 1024
    /// How long a connection waits for another's lock, in milliseconds, unless told otherwise.
    public static let defaultBusyTimeoutMilliseconds = 5_000

    /// To what length the write-ahead log's file is cut when it starts anew, in bytes. A log that is checkpointed every
    /// thousand pages (4 MB) stays below it and is never cut; one that a long read has swollen gives the disk back.
    public static let logBytesKept = 8 << 20

    /// How much of the database the writing connection keeps in memory, in KiB. A new row falls anywhere in the indexes
    /// of identifiers, and a comparison looks entities up in the order of their buckets: with SQLite's own 2 MiB nearly
    /// every such step reads a page again.
    public static let writerCacheKibibytes = 6 * 1024

    let hooks = ConnectionHooks()
    /// Told to forget at every border of a transaction.
    public var memo: (any TransactionMemo)?
    private var openHandle: OpaquePointer?
    private var statements = StatementCache(limit: Database.statementLimit)
    /// The last failure after which writing must stop; a caller may have swallowed the error itself.
    var storageFailure: SQLiteError?
    /// The log's length at the last checkpoint that could not finish.
    var logPagesAtCheckpoint = 0
    /// How long this connection waits for another's lock.
    let busyTimeoutMilliseconds: Int

    /// Opens a database and sets it up for its mode.
    ///
    /// - Throws: ``SQLiteError`` when the file cannot be opened, is not a database, or cannot be put into
    ///   write-ahead logging.
    public init(
        path: String, mode: Mode, vfs: String? = nil,
        busyTimeoutMilliseconds: Int = Database.defaultBusyTimeoutMilliseconds
    ) throws {
        self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
        let access =
            switch mode {
            case .readWriteCreate: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        Self.setUpLibrary()
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs)
        guard code == SQLITE_OK, let opened else {
            let message = String(cString: opened.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
            sqlite3_close_v2(opened)
            throw SQLiteError(extendedCode: code, operation: .open, message: message)
        }
        openHandle = opened
        hooks.install(on: opened)
        try configure(mode, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    }

    deinit {
        close()
    }

    /// SQLite's own handle. Traps when the connection has been closed.
    var handle: OpaquePointer {
        guard let openHandle else { preconditionFailure("the connection has been closed") }
        return openHandle
    }

    /// Closes the connection; the last writer to close empties the write-ahead log. Closing twice is harmless.
    public func close() {
        guard let closing = openHandle else { return }
        statements.removeAll()
        openHandle = nil
        sqlite3_close_v2(closing)
    }

    /// Closes without touching the log, so that the next connection recovers from what is on the disk.
    func closeWithoutCheckpoint() {
        guard let openHandle else { return }
        _ = tributary_sqlite3_db_config_switch(openHandle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        close()
    }

    /// How many statements were prepared since the connection was opened.
    var preparedCount: Int { statements.preparedCount }

    /// How many prepared statements are kept.
    var cachedStatementCount: Int { statements.count }

    /// Lends a bound statement; it is reset afterwards, whatever happens.
    func withStatement<T>(
        _ sql: SQL, _ values: [(any SQLiteBindable)?], _ body: (Statement) throws -> T
    ) throws -> T {
        try withStatement(sql, bind: { try $0.bind(values) }, body)
    }

    /// Lends a statement that `bind` has given its parameters; it is reset afterwards, whatever happens.
    func withStatement<T>(
        _ sql: SQL, bind: (Statement) throws -> Void, _ body: (Statement) throws -> T
    ) throws -> T {
        let statement = try lend(sql, bind)
        defer { takeBack(statement) }
        do {
            return try body(statement)
        } catch let error as SQLiteError {
            note(error)
            throw error
        }
    }

    /// A statement that `bind` has given its parameters, until ``takeBack(_:)``.
    @usableFromInline
    func lend(_ sql: SQL, _ bind: (Statement) throws -> Void) throws -> Statement {
        do {
            let statement = try statements.checkOut(sql, on: handle)
            do {
                try bind(statement)
            } catch {
                takeBack(statement)
                throw error
            }
            return statement
        } catch let error as SQLiteError {
            note(error)
            throw error
        }
    }

    @usableFromInline
    func takeBack(_ statement: Statement) {
        statement.reset()
        statements.checkIn(statement)
    }

    /// The next row; nil when the statement is done.
    @usableFromInline
    func row(of statement: Statement) throws -> Row? {
        do {
            return try statement.step() ? Row(statement: statement.handle) : nil
        } catch let error as SQLiteError {
            note(error)
            throw error
        }
    }

    /// Remembers a failure after which writing must stop.
    func note(_ error: SQLiteError) {
        if error.kind.stopsWriting {
            storageFailure = error
        }
    }
}
