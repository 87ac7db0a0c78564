import CSQLite
import Hashing

/// The row a statement stands on. It is a view: valid only inside the closure it was given to.
///
/// Columns are counted from 0; a column that the statement does not have traps. The plain readers convert as
/// SQLite does (NULL reads as 0, "" or no bytes); the `OrNil` readers tell NULL apart.
public struct Row {
    private let statement: OpaquePointer
    /// How many columns the row has.
    public let columnCount: Int

    init(statement: OpaquePointer) {
        self.statement = statement
        self.columnCount = Int(sqlite3_column_count(statement))
    }

    @inline(__always)
    private func position(_ column: Int) -> Int32 {
        precondition(column >= 0 && column < columnCount, "the statement has no such column")
        return Int32(truncatingIfNeeded: column)
    }

    /// Whether the column is NULL.
    public func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, position(column)) == SQLITE_NULL
    }

    public func int(_ column: Int) -> Int {
        Int(sqlite3_column_int64(statement, position(column)))
    }

    public func int64(_ column: Int) -> Int64 {
        sqlite3_column_int64(statement, position(column))
    }

    /// The unsigned integer with the bits of the stored one.
    public func uint64(_ column: Int) -> UInt64 {
        UInt64(bitPattern: sqlite3_column_int64(statement, position(column)))
    }

    /// False for 0 and NULL, true for any other number.
    public func bool(_ column: Int) -> Bool {
        sqlite3_column_int64(statement, position(column)) != 0
    }

    public func double(_ column: Int) -> Double {
        sqlite3_column_double(statement, position(column))
    }

    /// The text; bytes that are not UTF-8 are replaced by U+FFFD.
    public func text(_ column: Int) -> String {
        let index = position(column)
        guard let start = sqlite3_column_text(statement, index) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, index))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    public func blob(_ column: Int) -> [UInt8] {
        withBlob(column) { [UInt8]($0) }
    }

    /// Reads a blob in place; the bytes are gone when the closure returns.
    public func withBlob<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        let index = position(column)
        let start = sqlite3_column_blob(statement, index)
        let count = start == nil ? 0 : Int(sqlite3_column_bytes(statement, index))
        return try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A digest stored as 16 bytes; nil for NULL and for any other length.
    public func digest128(_ column: Int) -> Digest128? {
        withBlob(column) { bytes in
            guard bytes.count == Digest128.byteCount else { return nil }
            return Digest128(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    public func intOrNil(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

    public func int64OrNil(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    public func uint64OrNil(_ column: Int) -> UInt64? { isNull(column) ? nil : uint64(column) }

    public func boolOrNil(_ column: Int) -> Bool? { isNull(column) ? nil : bool(column) }

    public func doubleOrNil(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

    public func textOrNil(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    public func blobOrNil(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}
