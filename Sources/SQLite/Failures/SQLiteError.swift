/// What failed in the database, on which statement, why, and what to do next.
///
/// It names statements, tables and columns but never a stored or bound value, so it may be logged.
public struct SQLiteError: Error, Hashable, Sendable {
    /// What was being done.
    public enum Operation: String, Hashable, Sendable {
        case open, configure, prepare, bind, step, begin, commit, rollback, checkpoint, migrate, enqueue, write, lock
    }

    /// The class of the failure, which decides what the caller does.
    public let kind: Kind
    /// What was being done.
    public let operation: Operation
    /// SQLite's primary result code; 0 when the failure is not SQLite's.
    public let code: Int32
    /// SQLite's extended result code; 0 when the failure is not SQLite's.
    public let extendedCode: Int32
    /// Why, for an operator.
    public let message: String
    /// The statement's text, with its placeholders; nil when none was involved.
    public let sql: String?

    /// A failure with SQLite's extended result code; the kind follows from the code.
    public init(extendedCode: Int32, operation: Operation, message: String, sql: String? = nil) {
        self.kind = Kind(extendedCode: extendedCode)
        self.operation = operation
        self.code = extendedCode & 0xff
        self.extendedCode = extendedCode
        self.message = message
        self.sql = sql
    }

    /// A failure of this module's own, optionally with the SQLite failure that led to it.
    public init(kind: Kind, operation: Operation, message: String, cause: SQLiteError? = nil) {
        self.kind = kind
        self.operation = operation
        self.code = cause?.code ?? 0
        self.extendedCode = cause?.extendedCode ?? 0
        self.message = message
        self.sql = cause?.sql
    }

    /// Whether the same call may succeed later with nobody doing anything.
    public var isRecoverable: Bool { kind.isRecoverable }

    /// What to do next, for an operator.
    public var hint: String { kind.hint }
}

extension SQLiteError: CustomStringConvertible {
    public var description: String {
        var text = "database \(operation.rawValue) failed (\(kind.rawValue)"
        if extendedCode != 0 {
            text += ", code \(extendedCode)"
        }
        text += "): \(message)"
        if let sql {
            text += "; statement: \(sql)"
        }
        return text + "; \(hint)"
    }
}
