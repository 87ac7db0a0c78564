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

    /// Many numbers at once.
    /// - Parameter size: the bytes that they take together.
    mutating func varints(_ values: [UInt64], size: Int) {
        bytes.append(addingCapacity: size) { output in
            // As many bytes as numbers: one for each.
            guard size > values.count else {
                for value in values { output.append(UInt8(truncatingIfNeeded: value)) }
                return
            }
            for value in values {
                var rest = value
                while rest > 0x7F {
                    output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                    rest >>= 7
                }
                output.append(UInt8(truncatingIfNeeded: rest))
            }
        }
    }

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

    /// So many bytes at most, appended by `body` one by one.
    mutating func append<Failure>(
        atMost count: Int, _ body: (inout OutputSpan<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try bytes.append(addingCapacity: count, initializingWith: body)
    }

    mutating func raw(_ source: UnsafeRawBufferPointer, _ range: Range<Int>) {
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: source[range]))
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
        // Makes room by moving the content, and writes the length before it.
        let size = Self.varintSize(length)
        append(atMost: size) { room in for _ in 1..<size { room.append(0) } }
        bytes.withUnsafeMutableBytes { bytes in
            let content = UnsafeRawBufferPointer(rebasing: bytes[start + 1..<start + 1 + Int(length)])
            UnsafeMutableRawBufferPointer(rebasing: bytes[(start + size)...]).copyMemory(from: content)
            for place in 0..<size {
                let group = UInt8(truncatingIfNeeded: length >> UInt64(place * 7)) & 0x7F
                bytes[start + place] = place < size - 1 ? group | 0x80 : group
            }
        }
    }

    /// Takes back all but the first `count` bytes.
    mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

    public mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }
}
