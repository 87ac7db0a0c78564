import CSQLite
import Glibc

/// A table of tickets in SQLite without Tributary: what every ratio is taken against.
///
/// It speaks with the library itself, without our wrapper, so that the baseline is as fast as it can be made: every
/// statement is prepared once, texts are bound where they lie. Everything else is as our writer has it: the write-ahead
/// log, a sync at every commit, deleted content overwritten, as much of the database in memory.
final class PlainDatabase {
    private var handle: OpaquePointer?
    private var prepared: [OpaquePointer] = []
    private let insertion: OpaquePointer
    private let update: OpaquePointer
    private let path: String

    /// Opens the table, and makes it where there is none.
    init(path: String) throws {
        self.path = path
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK else { throw Self.failure(opened, "open") }
        handle = opened
        for script in [Self.settings, Self.schema] {
            guard sqlite3_exec(opened, script, nil, nil, nil) == SQLITE_OK else { throw Self.failure(opened, "set up") }
        }
        insertion = try Self.prepare("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", opened)
        update = try Self.prepare("UPDATE ticket SET status = ? WHERE id = ?", opened)
        prepared = [insertion, update]
    }

    deinit { close() }

    /// Puts rows in, `batch` to a transaction.
    func insert(_ rows: PlainRows, batches: [Range<Int>]) throws {
        try rows.bytes.withUnsafeBytes { bytes in
            for batch in batches {
                try execute("BEGIN IMMEDIATE")
                for row in batch { try insert(row, of: rows, bytes) }
                try execute("COMMIT")
            }
        }
    }

    private func insert(_ row: Int, of rows: PlainRows, _ bytes: UnsafeRawBufferPointer) throws {
        for column in 0..<PlainRows.texts {
            let place = row * PlainRows.texts + column
            let start = Int(rows.ends[place])
            let (text, length) = (bytes.baseAddress?.advanced(by: start), rows.ends[place + 1] - rows.ends[place])
            // Static: the bytes outlive the statement's use of them.
            if column == 0 {
                sqlite3_bind_blob(insertion, 1, text, length, nil)
            } else {
                let characters = text?.assumingMemoryBound(to: CChar.self)
                sqlite3_bind_text(insertion, Int32(column + 1), characters, length, nil)
            }
        }
        for column in 0..<PlainRows.numbers {
            let value = rows.integers[row * PlainRows.numbers + column]
            sqlite3_bind_int64(insertion, Int32(PlainRows.texts + column + 1), value)
        }
        try step(insertion)
    }

    /// Changes the status of tickets, `batch` to a transaction.
    func update(_ edits: [(identifier: [UInt8], status: [UInt8])], batches: [Range<Int>]) throws {
        for batch in batches {
            try execute("BEGIN IMMEDIATE")
            for edit in edits[batch] {
                try edit.status.withUnsafeBytes { status in
                    try edit.identifier.withUnsafeBytes { identifier in
                        let text = status.baseAddress?.assumingMemoryBound(to: CChar.self)
                        sqlite3_bind_text(update, 1, text, Int32(status.count), nil)
                        sqlite3_bind_blob(update, 2, identifier.baseAddress, Int32(identifier.count), nil)
                        try step(update)
                    }
                }
            }
            try execute("COMMIT")
        }
    }

    /// Reads every row and copies all that is in it, as anything that sends rows must.
    /// - Returns: how many bytes there were.
    func scan() throws -> Int {
        let reading = try Self.prepare("SELECT * FROM ticket", handle)
        defer { sqlite3_finalize(reading) }
        var copy = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        try copy.withUnsafeMutableBytes { buffer in
            guard let room = buffer.baseAddress else { return }
            var used = 0
            while true {
                let code = sqlite3_step(reading)
                if code == SQLITE_DONE { break }
                guard code == SQLITE_ROW else { throw Self.failure(handle, "scan") }
                for column in 0..<Int32(PlainRows.texts) {
                    let start = sqlite3_column_blob(reading, column)
                    let count = Int(sqlite3_column_bytes(reading, column))
                    if used + count > buffer.count { used = 0 }
                    if let start { memcpy(room + used, start, count) }
                    used += count
                    total += count
                }
                for column in 0..<PlainRows.numbers {
                    if used + 8 > buffer.count { used = 0 }
                    let value = sqlite3_column_int64(reading, Int32(PlainRows.texts + column))
                    buffer.storeBytes(of: value, toByteOffset: used, as: Int64.self)
                    used += 8
                    total += 8
                }
            }
        }
        return total
    }

    /// Puts all that is in the log into the file and closes it.
    func close() {
        guard let closing = handle else { return }
        handle = nil
        for statement in prepared { sqlite3_finalize(statement) }
        sqlite3_close_v2(closing)
    }

    private func step(_ statement: OpaquePointer) throws {
        guard sqlite3_step(statement) == SQLITE_DONE else { throw Self.failure(handle, "write") }
        sqlite3_reset(statement)
    }

    private func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw Self.failure(handle, sql) }
    }

    private static func prepare(_ sql: String, _ database: OpaquePointer?) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(database, sql, -1, flags, &statement, nil) == SQLITE_OK, let statement else {
            throw failure(database, "prepare")
        }
        return statement
    }

    private static func failure(_ database: OpaquePointer?, _ what: String) -> CommandError {
        let reason = database.map { String(cString: sqlite3_errmsg($0)) } ?? "SQLite gives no reason"
        return CommandError(
            .no, "\(what) the baseline's table", reason: reason, remedy: "see that --data has room, and try again")
    }

    /// As `Database` configures the one connection that writes.
    private static let settings = """
        PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -6144;
        """

    /// The twelve columns and the number that people say, with the indexes of the desk's own table of tickets.
    private static let schema = """
        CREATE TABLE IF NOT EXISTS ticket (
            id BLOB NOT NULL PRIMARY KEY, number TEXT NOT NULL, branch TEXT NOT NULL, subject TEXT, body TEXT,
            status TEXT, assignee TEXT, customer TEXT, category TEXT, priority INTEGER, created_at INTEGER NOT NULL,
            due_at INTEGER, amount INTEGER);
        CREATE INDEX IF NOT EXISTS ticket_number ON ticket (number);
        CREATE INDEX IF NOT EXISTS ticket_opened ON ticket (created_at);
        CREATE INDEX IF NOT EXISTS ticket_home ON ticket (branch, created_at);
        """
}
