import Hashing

/// A value that can be given to a statement as a parameter.
public protocol SQLiteBindable {
    /// Fills the parameter; calls exactly one of the binder's methods.
    func bind(to binder: inout Binder)
}

extension Int: SQLiteBindable {
    public func bind(to binder: inout Binder) { binder.integer(Int64(self)) }
}

extension Int64: SQLiteBindable {
    public func bind(to binder: inout Binder) { binder.integer(self) }
}

/// Stored as the signed integer with the same bits, so SQL compares values above `Int64.max` as negative.
extension UInt64: SQLiteBindable {
    public func bind(to binder: inout Binder) { binder.integer(Int64(bitPattern: self)) }
}

/// Stored as 0 or 1.
extension Bool: SQLiteBindable {
    public func bind(to binder: inout Binder) { binder.integer(self ? 1 : 0) }
}

extension Double: SQLiteBindable {
    public func bind(to binder: inout Binder) { binder.real(self) }
}

extension String: SQLiteBindable {
    public func bind(to binder: inout Binder) { binder.text(self) }
}

extension Array: SQLiteBindable where Element == UInt8 {
    public func bind(to binder: inout Binder) {
        withUnsafeBytes { binder.blob($0) }
    }
}

/// Stored as a blob of 16 bytes, whose order is that of the digests.
extension Digest128: SQLiteBindable {
    public func bind(to binder: inout Binder) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { binder.blob($0) }
    }
}

extension Optional: SQLiteBindable where Wrapped: SQLiteBindable {
    public func bind(to binder: inout Binder) {
        if let self {
            self.bind(to: &binder)
        } else {
            binder.null()
        }
    }
}
