import Hashing

/// The envelope of everything on the wire: a magic word, a frame version, a type, a body and a checksum.
///
/// The checksum is CRC-32 (IEEE 802.3), which finds every flipped bit and every burst of up to 32; that nobody
/// altered the content is proved by the chain digests inside.
enum Frame {
    static let magic: [UInt8] = Array("TRIB".utf8)
    static let version: UInt8 = 1

    enum FrameType: UInt8 {
        case request = 1
        case answer = 2
    }

    static func seal(_ type: FrameType, _ body: ByteWriter) -> [UInt8] {
        var writer = ByteWriter(reserving: body.count + 10)
        writer.raw(magic)
        writer.byte(version)
        writer.byte(type.rawValue)
        writer.raw(body.bytes)
        let checksum = writer.bytes.withUnsafeBytes { CRC32.checksum($0) }
        for shift in [24, 16, 8, 0] as [UInt32] { writer.byte(UInt8(truncatingIfNeeded: checksum >> shift)) }
        return writer.bytes
    }

    static func open(_ bytes: [UInt8], as type: FrameType, _ mischief: Mischief = .none) throws -> ByteReader {
        guard bytes.count <= ReplicationLimits.bytesInFrame else {
            throw ReplicationError(
                .oversized, "A frame of \(bytes.count) bytes is over the 4 MiB that one may have.",
                remedy: "Send smaller batches.")
        }
        guard bytes.count >= 10, bytes.starts(with: magic) else {
            throw ReplicationError(
                .malformed, "This is not a frame of ours (the first bytes differ).",
                remedy: "Check that the address is that of the hub: a sign-in page of the network answers like this.")
        }
        let sum = bytes.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let found = bytes.withUnsafeBytes { CRC32.checksum(UnsafeRawBufferPointer(rebasing: $0.dropLast(4))) }
        guard found == sum || mischief.contains(.skipsChecksums) else {
            throw ReplicationError.malformed("A frame was damaged on its way: the checksum differs.")
        }
        guard bytes[4] == version, bytes[5] == type.rawValue else {
            throw ReplicationError(
                .malformed,
                "A frame is of version \(bytes[4]), type \(bytes[5]); here are version 1, type \(type.rawValue).",
                remedy: "Upgrade the older of the two sites; the hub goes first.")
        }
        return ByteReader(bytes, 6..<bytes.count - 4)
    }
}
