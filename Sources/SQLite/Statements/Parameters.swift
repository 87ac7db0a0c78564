/// Gives a statement its parameters one after the other, each by its own type: for statements that run so often that
/// a list of values of any type would be felt.
public struct Parameters {
    private let statement: OpaquePointer
    private(set) var count: Int32 = 0
    /// The first code that was no success.
    private(set) var failure: Int32?

    init(statement: OpaquePointer) { self.statement = statement }

    private mutating func fill(_ body: (inout Binder) -> Void) {
        count += 1
        var binder = Binder(statement: statement, index: count)
        body(&binder)
        if !binder.isSound, failure == nil { failure = binder.resultCode }
    }

    public mutating func add(_ value: Int64) { fill { $0.integer(value) } }

    public mutating func add(_ value: UInt64) { fill { $0.integer(Int64(bitPattern: value)) } }

    public mutating func add(_ value: UInt64?) {
        if let value { add(value) } else { fill { $0.null() } }
    }

    public mutating func add(_ value: Int64?) {
        if let value { add(value) } else { fill { $0.null() } }
    }

    public mutating func add(_ value: Bool) { fill { $0.integer(value ? 1 : 0) } }

    public mutating func add(_ value: String) { fill { $0.text(value) } }

    public mutating func add(_ value: String?) {
        if let value { add(value) } else { fill { $0.null() } }
    }

    public mutating func add(_ value: [UInt8]?) {
        guard let value else { return fill { $0.null() } }
        fill { binder in value.withUnsafeBytes { binder.blob($0) } }
    }

    /// Sixteen bytes, most significant first.
    public mutating func add(high: UInt64, low: UInt64) {
        fill { binder in withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { binder.blob($0) } }
    }
}
