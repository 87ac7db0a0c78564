/// The CRC-32 of IEEE 802.3 (as in zip and gzip): finds accidents, not forgery.
public struct CRC32: Sendable {
    private var register: UInt32 = 0xffff_ffff

    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard var byte = bytes.baseAddress else { return }
        let end = byte + bytes.count
        var crc = register
        Self.table.withUnsafeBufferPointer { table in
            guard let entries = table.baseAddress else { return }
            while byte < end {
                let index = Int((crc ^ UInt32(byte.load(as: UInt8.self))) & 0xff)
                crc = entries[index] ^ (crc &>> 8)
                byte += 1
            }
        }
        register = crc
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

    private static let table: [UInt32] = (0..<256).map { (index: UInt32) in
        var entry = index
        for _ in 0..<8 {
            entry = entry & 1 == 1 ? 0xedb8_8320 ^ (entry &>> 1) : entry &>> 1
        }
        return entry
    }
}
