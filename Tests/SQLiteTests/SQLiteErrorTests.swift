import CSQLite
import SQLite
import Testing

@Suite("Database errors")
struct SQLiteErrorTests {
    @Test(
        "result codes have the kind that decides what to do",
        arguments: [
            (SQLITE_FULL, SQLiteError.Kind.full), (SQLITE_IOERR | (4 << 8), .ioError), (SQLITE_BUSY, .busy),
            (SQLITE_BUSY | (2 << 8), .busy), (SQLITE_CONSTRAINT | (8 << 8), .constraint), (SQLITE_CORRUPT, .corrupt),
            (SQLITE_READONLY | (4 << 8), .readOnly), (SQLITE_NOTADB, .notADatabase), (SQLITE_TOOBIG, .tooBig),
            (SQLITE_ABORT | (2 << 8), .transactionEnded), (SQLITE_ABORT, .other), (SQLITE_ERROR, .other),
        ])
    func kinds(code: Int32, expected: SQLiteError.Kind) {
        let error = SQLiteError(extendedCode: code, operation: .step, message: "m")
        #expect(error.kind == expected)
        #expect(error.code == code & 0xff)
        #expect(error.extendedCode == code)
    }

    @Test("the description has the operation, the kind, the message, the statement and the hint")
    func description() {
        let error = SQLiteError(extendedCode: SQLITE_FULL, operation: .step, message: "no room", sql: "DELETE FROM t")
        for part in ["step", "full", "code 13", "no room", "DELETE FROM t", "free space"] {
            #expect(error.description.contains(part))
        }
    }

    @Test("every kind has a hint of its own", arguments: SQLiteError.Kind.allCases)
    func hints(kind: SQLiteError.Kind) {
        #expect(!kind.hint.isEmpty)
        #expect(SQLiteError.Kind.allCases.filter { $0.hint == kind.hint } == [kind])
        #expect(!(kind.isRecoverable && kind.stopsWriting))
    }
}
