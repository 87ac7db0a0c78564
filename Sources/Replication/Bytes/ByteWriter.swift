/// Appends binary primitives to a growing array: the one way in which this target makes bytes.
///
/// Integers are little groups of seven bits (LEB128), signed ones zigzag-coded, so that small numbers take one byte.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8]

    public init(reserving capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public var count: Int { bytes.count }

    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    public mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    public mutating func varint(_ value: Int) { varint(UInt64(value)) }

    public mutating func signed(_ value: Int64) {
        varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// Eight bytes, most significant first.
    public mutating func fixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    public mutating func raw(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    mutating func raw(_ more: String.UTF8View) { bytes.append(contentsOf: more) }

    /// A length, then the bytes.
    public mutating func block(_ more: [UInt8]) {
        varint(UInt64(more.count))
        bytes.append(contentsOf: more)
    }

    public mutating func text(_ value: String) {
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func raw(_ source: [UInt8], _ range: Range<Int>) { bytes.append(contentsOf: source[range]) }

    mutating func raw(_ source: UnsafeRawBufferPointer, _ range: Range<Int>) {
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: source[range]))
    }

    /// A number in so many decimal digits; false, and nothing written, if it has more.
    mutating func decimal(_ number: UInt64, digits: Int) -> Bool {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
        var rest = number
        for at in stride(from: bytes.count - 1, through: start, by: -1) {
            bytes[at] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        guard rest > 0 else { return true }
        bytes.removeLast(digits)
        return false
    }

    /// A length, then what `body` writes: without a buffer of its own.
    mutating func block(_ body: (inout ByteWriter) -> Void) {
        let start = beginBlock()
        body(&self)
        endBlock(from: start)
    }

    /// Leaves room for a length.
    mutating func beginBlock() -> Int {
        bytes.append(0)
        return bytes.count - 1
    }

    /// Fills in the length of what has been written since.
    mutating func endBlock(from start: Int) {
        let length = UInt64(bytes.count - start - 1)
        guard length > 0x7F else {
            bytes[start] = UInt8(length)
            return
        }
        var prefix = ByteWriter(reserving: 5)
        prefix.varint(length)
        bytes.replaceSubrange(start...start, with: prefix.bytes)
    }

    public mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }
}
