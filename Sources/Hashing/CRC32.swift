import CHashing

/// The CRC-32 of IEEE 802.3 (as in zip and gzip): finds accidents, not forgery.
public struct CRC32: Sendable {
    private var register: UInt32 = 0xffff_ffff

    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let blocks = Self.isNative ? bytes.count / Self.blockBytes : 0
        if blocks > 0, let start = bytes.baseAddress {
            register = tributary_crc32_absorb(
                register, start.assumingMemoryBound(to: UInt8.self), blocks)
        }
        updatePortably(UnsafeRawBufferPointer(rebasing: bytes[(blocks * Self.blockBytes)...]))
    }

    /// What the processor's instructions take at a step.
    private static let blockBytes = 16
    /// Whether the processor has instructions for this.
    private static let isNative = tributary_crc32_is_native() != 0

    /// Adds bytes, eight at a step: what is left of the register after a byte and the seven after it adds up from one
    /// table each ("slicing by eight").
    mutating func updatePortably(_ bytes: UnsafeRawBufferPointer) {
        register = Self.tables.withUnsafeBufferPointer { tables in
            var crc = register
            var at = 0
            while at + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ UInt64(crc)
                crc = 0
                for place in 0..<8 {
                    crc ^= tables[(7 - place) << 8 | Int(truncatingIfNeeded: word &>> UInt64(place * 8) & 0xff)]
                }
                at += 8
            }
            for byte in bytes[at...] { crc = tables[Int((crc ^ UInt32(byte)) & 0xff)] ^ (crc &>> 8) }
            return crc
        }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The checksum of everything fed so far.
    public var value: UInt32 { ~register }

    /// The checksum of a whole message.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { checksum($0) }
    }

    /// The checksum of a whole message.
    public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var crc = CRC32()
        crc.update(bytes)
        return crc.value
    }

    /// Tables of 256 entries: what becomes of a byte in the register after it and, in the next ones, after so many more
    /// bytes of zeros.
    private static let tables: [UInt32] = {
        var tables = (0..<256).map { (index: UInt32) in
            (0..<8).reduce(index) { entry, _ in entry & 1 == 1 ? 0xedb8_8320 ^ (entry &>> 1) : entry &>> 1 }
        }
        for index in 0..<7 * 256 { tables.append(tables[Int(tables[index] & 0xff)] ^ (tables[index] &>> 8)) }
        return tables
    }()
}
