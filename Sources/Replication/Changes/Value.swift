/// What a field holds. Times are integers in milliseconds, other entities are 16 bytes, money is an integer of its
/// smallest unit.
///
/// Texts are equal when their bytes are: Swift's own comparison would call two spellings of é the same, and two sites
/// that keep different bytes would then believe that they agree.
public enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.bytes(let a), .bytes(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(encoded)
    }

    /// The canonical bytes: a tag, then the content to the end.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: writer.byte(0)
        case .bool(let value): writer.byte(value ? 2 : 1)
        case .integer(let value):
            writer.byte(3)
            writer.signed(value)
        case .text(let value):
            writer.byte(4)
            writer.raw(value.utf8)
        case .bytes(let value):
            writer.byte(5)
            writer.raw(value)
        }
    }

    /// Reads what ``encoded`` gives.
    public init(encoded: [UInt8]) throws {
        guard let value = encoded.withUnsafeBytes({ Value(untilEndOf: ByteCursor($0)) }) else {
            throw ReplicationError.malformed("A value is not one that this version can read.")
        }
        self = value
    }

    /// Reads all that is left: a value has no length of its own.
    init?(untilEndOf bytes: ByteCursor) {
        var cursor = bytes
        switch cursor.byte() {
        case 0: self = .null
        case 1: self = .bool(false)
        case 2: self = .bool(true)
        case 3:
            guard let integer = cursor.signed() else { return nil }
            self = .integer(integer)
        case 4:
            guard let text = cursor.text() else { return nil }
            self = .text(text)
        case 5:
            self = .bytes(cursor.left)
            return
        default: return nil
        }
        guard cursor.isAtEnd else { return nil }
    }

    public var textValue: String? {
        if case .text(let text) = self { text } else { nil }
    }

    public var integerValue: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    public var bytesValue: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    public var boolValue: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// Orders set elements by their bytes, which is all that an order of them has to do.
    static func precedes(_ left: Value, _ right: Value) -> Bool {
        left.encoded.lexicographicallyPrecedes(right.encoded)
    }
}
