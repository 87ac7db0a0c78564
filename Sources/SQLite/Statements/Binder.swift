import CSQLite

/// The place of one parameter of a statement, which a value fills.
public struct Binder {
    private let statement: OpaquePointer
    private let index: Int32
    private(set) var resultCode = SQLITE_OK

    var isSound: Bool { resultCode == SQLITE_OK }

    init(statement: OpaquePointer, index: Int32) {
        self.statement = statement
        self.index = index
    }

    /// Binds NULL.
    public mutating func null() {
        resultCode = sqlite3_bind_null(statement, index)
    }

    /// Binds an integer.
    public mutating func integer(_ value: Int64) {
        resultCode = sqlite3_bind_int64(statement, index, value)
    }

    /// Binds a floating-point number; SQLite stores a NaN as NULL.
    public mutating func real(_ value: Double) {
        resultCode = sqlite3_bind_double(statement, index, value)
    }

    /// Binds text, which is copied.
    public mutating func text(_ value: String) {
        var copy = value
        resultCode = copy.withUTF8 { utf8 in
            // Without an address SQLite would bind NULL.
            guard let base = utf8.baseAddress else {
                return tributary_sqlite3_bind_text_copy(statement, index, "", 0)
            }
            return tributary_sqlite3_bind_text_copy(statement, index, base, UInt64(utf8.count))
        }
    }

    /// Binds a blob, which is copied; an empty one stays a blob and does not become NULL.
    public mutating func blob(_ value: UnsafeRawBufferPointer) {
        if let base = value.baseAddress, !value.isEmpty {
            resultCode = tributary_sqlite3_bind_blob_copy(statement, index, base, UInt64(value.count))
        } else {
            resultCode = sqlite3_bind_zeroblob(statement, index, 0)
        }
    }
}
