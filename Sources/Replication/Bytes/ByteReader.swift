/// Reads what ``ByteWriter`` wrote, and refuses everything else: no read passes the end, no length is believed before
/// it has been compared with what is there.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var offset: Int
    private let end: Int

    public init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    /// Reads a part of an array, which is shared and not copied.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a part lies within its whole")
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    public var isAtEnd: Bool { offset == end }
    public var remaining: Int { end - offset }

    public mutating func byte() throws -> UInt8 {
        guard offset < end else { throw ReplicationError.malformed("The bytes end too early.") }
        defer { offset += 1 }
        return bytes[offset]
    }

    public mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        // Most numbers are small.
        if offset < end, bytes[offset] < 0x80 {
            defer { offset += 1 }
            return UInt64(bytes[offset])
        }
        while true {
            let next = try byte()
            let group = UInt64(next & 0x7F)
            guard shift < 63 || (shift == 63 && group <= 1) else {
                throw ReplicationError.malformed("A number is longer than 64 bits.")
            }
            value |= group << shift
            if next < 0x80 {
                // One number has one spelling, so that equal content has equal bytes and equal hashes.
                guard next != 0 || shift == 0 else { throw ReplicationError.malformed("A number is padded.") }
                return value
            }
            shift += 7
        }
    }

    /// A number that must not be above `limit`: lengths, counts, indexes.
    public mutating func count(atMost limit: Int) throws -> Int {
        let value = try varint()
        guard value <= UInt64(limit) else {
            throw ReplicationError.malformed("A count of \(value) is above the \(limit) that is possible here.")
        }
        return Int(value)
    }

    public mutating func signed() throws -> Int64 {
        let raw = try varint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    public mutating func fixed64() throws -> UInt64 {
        guard remaining >= 8 else { throw ReplicationError.malformed("The bytes end too early.") }
        defer { offset += 8 }
        return bytes.withUnsafeBytes {
            UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }

    public mutating func raw(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= remaining else { throw ReplicationError.malformed("The bytes end too early.") }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    public mutating func block() throws -> [UInt8] {
        try raw(count(atMost: remaining))
    }

    public mutating func text() throws -> String {
        try text(count(atMost: remaining))
    }

    /// A text of so many bytes.
    mutating func text(_ count: Int) throws -> String {
        guard count >= 0, count <= remaining else { throw ReplicationError.malformed("The bytes end too early.") }
        let text = bytes.withUnsafeBytes { String(checkingUTF8: .init(rebasing: $0[offset..<offset + count])) }
        guard let text else { throw ReplicationError.malformed("A text is not UTF-8.") }
        offset += count
        return text
    }

    /// A length, and a reader of the bytes that follow, which are shared and not copied.
    mutating func blockReader() throws -> ByteReader {
        let length = try count(atMost: remaining)
        // The length itself is not part of what is there.
        guard length <= remaining else { throw ReplicationError.malformed("The bytes end too early.") }
        defer { offset += length }
        return ByteReader(bytes, offset..<offset + length)
    }

    /// Where the next byte lies in what is read from.
    var position: Int { offset }

    /// Reads what is left where it lies; nil if `body` does not read all of it.
    mutating func readRest<T>(_ body: (inout ByteCursor) -> T?) -> T? {
        bytes.withUnsafeBytes { bytes in
            var cursor = ByteCursor(bytes, offset..<end)
            let read = body(&cursor)
            offset = cursor.position
            return cursor.isAtEnd ? read : nil
        }
    }

    /// What is read from, whole.
    var source: [UInt8] { bytes }

    /// Passes over bytes.
    mutating func skip(_ count: Int) throws {
        guard count >= 0, count <= remaining else { throw ReplicationError.malformed("The bytes end too early.") }
        offset += count
    }

    public mutating func bool() throws -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        default: throw ReplicationError.malformed("A truth value is neither 0 nor 1.")
        }
    }

    public func expectEnd() throws {
        guard isAtEnd else { throw ReplicationError.malformed("\(remaining) bytes follow the end.") }
    }
}
