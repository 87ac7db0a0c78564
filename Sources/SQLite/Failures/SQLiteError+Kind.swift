import CSQLite

extension SQLiteError {
    /// The classes of failure a caller tells apart.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The disk, or the limit set on the database, is full.
        case full
        /// Reading, writing or syncing the file failed.
        case ioError
        /// Another connection holds the lock.
        case busy
        /// A constraint of the schema refused the change.
        case constraint
        /// The file is damaged.
        case corrupt
        /// The file, the connection or the writer takes no writes.
        case readOnly
        /// The file is not an SQLite database.
        case notADatabase
        /// A value or a statement is over a limit.
        case tooBig
        /// The transaction ended before it was complete; nothing of it was saved.
        case transactionEnded
        /// The commit failed in a way that leaves open whether the changes were saved.
        case outcomeUnknown
        /// The writer's queue has reached its limit.
        case queueFull
        /// The database was written by a newer version of the program.
        case newerDatabase
        /// Another process holds the data folder.
        case locked
        /// Anything else.
        case other

        /// A query was cut off by a rollback; the header defines it by an expression, which Swift does not import.
        private static let abortedByRollback = SQLITE_ABORT | (2 << 8)

        init(extendedCode: Int32) {
            switch extendedCode & 0xff {
            case SQLITE_FULL: self = .full
            case SQLITE_IOERR: self = .ioError
            case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
            case SQLITE_CONSTRAINT: self = .constraint
            case SQLITE_CORRUPT: self = .corrupt
            case SQLITE_READONLY: self = .readOnly
            case SQLITE_NOTADB: self = .notADatabase
            case SQLITE_TOOBIG: self = .tooBig
            case SQLITE_ABORT: self = extendedCode == Self.abortedByRollback ? .transactionEnded : .other
            default: self = .other
            }
        }

        /// Whether the same call may succeed later with nobody doing anything.
        public var isRecoverable: Bool {
            switch self {
            case .busy, .queueFull, .transactionEnded: true
            default: false
            }
        }

        /// Whether writing must stop until the database has been opened again.
        public var stopsWriting: Bool {
            switch self {
            case .full, .ioError, .corrupt, .readOnly, .notADatabase: true
            default: false
            }
        }

        /// What to do next, for an operator.
        public var hint: String {
            switch self {
            case .full: "free space on the disk of the data folder, then reopen the database"
            case .ioError: "check the disk and the system's log, then reopen the database"
            case .busy: "try again; if it stays so, look for another program that has the database open"
            case .constraint: "correct the request; nothing of it was saved"
            case .corrupt: "stop, keep the file, and restore from a verified backup or rebuild from a peer"
            case .readOnly: "check the owner and permissions of the data folder, and the state of the writer"
            case .notADatabase: "check the path; if it is right, restore the file from a backup"
            case .tooBig: "send smaller values"
            case .transactionEnded: "try again; nothing was saved"
            case .outcomeUnknown: "reopen the database, then repeat the request with the same idempotency key"
            case .queueFull: "try again in a moment"
            case .newerDatabase: "start the newer version of the program, or restore a backup made by this one"
            case .locked: "stop the other process, or give this one a data folder of its own"
            case .other: "see the message and the code"
            }
        }
    }
}
