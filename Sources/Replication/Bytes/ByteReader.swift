/// Reads what ``ByteWriter`` wrote, and refuses everything else: no read passes the end, no length is believed before
/// it has been compared with what is there.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var offset: Int
    private let end: Int

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
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
        var value: UInt64 = 0
        for index in offset..<offset + 8 { value = value << 8 | UInt64(bytes[index]) }
        offset += 8
        return value
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
        guard let text = String(validating: try block(), as: UTF8.self) else {
            throw ReplicationError.malformed("A text is not UTF-8.")
        }
        return text
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
