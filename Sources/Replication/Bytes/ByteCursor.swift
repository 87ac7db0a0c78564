/// Reads binary primitives out of memory that somebody else holds, as fast as that can be done with every bound
/// checked: for what is read once for each change of a batch. Nil stands for bytes that are not what they should be.
struct ByteCursor {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.init(bytes, 0..<bytes.count)
    }

    /// Reads a part of a buffer.
    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a part lies within its whole")
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }
    var remaining: Int { end - position }
    /// Where what has not been read lies in the buffer.
    var range: Range<Int> { position..<end }

    @inline(__always)
    mutating func byte() -> UInt8? {
        guard position < end else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number in its one spelling.
    @inline(__always)
    mutating func varint() -> UInt64? {
        guard let first = byte() else { return nil }
        return first < 0x80 ? UInt64(first) : longVarint(from: first)
    }

    private mutating func longVarint(from first: UInt8) -> UInt64? {
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while let next = byte() {
            let group = UInt64(next & 0x7F)
            guard shift < 63 || (shift == 63 && group <= 1) else { return nil }
            value |= group << shift
            if next < 0x80 { return next == 0 ? nil : value }
            shift += 7
        }
        return nil
    }

    /// Eight bytes, most significant first.
    mutating func fixed64() -> UInt64? {
        guard end - position >= 8 else { return nil }
        defer { position += 8 }
        return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// A number that may be negative, in its one spelling.
    @inline(__always)
    mutating func signed() -> Int64? {
        guard let raw = varint() else { return nil }
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    /// A copy of what has not been read.
    var left: [UInt8] { [UInt8](UnsafeRawBufferPointer(rebasing: bytes[range])) }

    /// All that is left, as a text; nil if it is no UTF-8.
    mutating func text() -> String? {
        defer { position = end }
        return String(checkingUTF8: UnsafeRawBufferPointer(rebasing: bytes[range]))
    }

    /// A length, and a cursor over the bytes that follow.
    @inline(__always)
    mutating func block() -> ByteCursor? {
        guard let length = varint(), length <= UInt64(end - position) else { return nil }
        defer { position += Int(length) }
        return ByteCursor(bytes, position..<position + Int(length))
    }
}
