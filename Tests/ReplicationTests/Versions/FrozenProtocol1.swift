@testable import Replication

/// The layout of requests and answers as protocol 1 had it, written down once more: what its sites read, and where they
/// expect the end. It is not to follow any change of the code that it stands beside.
enum FrozenProtocol1 {
    /// Reads a request to the end, and throws where a hub of protocol 1 would.
    static func readRequest(_ bytes: [UInt8]) throws {
        var reader = try Frame.open(bytes, as: .request)
        try readProtocols(&reader)
        let lane = try reader.byte()
        guard lane <= 2 else { throw ReplicationError.malformed("Protocol 1 has no lane \(lane).") }
        guard try reader.text().utf8.count <= 64 else { throw ReplicationError.malformed("Software over 64 bytes.") }
        _ = (try reader.fixed64(), try reader.varint(), try reader.varint(), try reader.signed())
        _ = (try reader.varint(), try reader.digest())
        _ = (try reader.varint(), try reader.fixed64(), try reader.varint(), try reader.digest())
        if try reader.bool() { _ = (try reader.signed(), try reader.varint()) }
        _ = try reader.varint()
        for _ in 0..<2 {
            for _ in 0..<(try reader.count(atMost: 1_024)) { _ = (try reader.varint(), try reader.varint()) }
        }
        for _ in 0..<(try reader.count(atMost: 64)) {
            _ = (try reader.varint(), try reader.byte(), try reader.fixed64(), try reader.fixed64())
            _ = try reader.varint()
        }
        if try reader.bool() {
            guard lane == 2 else { throw ReplicationError.malformed("Changes come with a push only.") }
            _ = (try reader.varint(), try reader.digest(), try reader.digest())
            _ = try ChangeTable.read(from: &reader)
        }
        try reader.expectEnd()
    }

    private static func readProtocols(_ reader: inout ByteReader) throws {
        let (lowest, highest) = (try reader.varint(), try reader.varint())
        guard lowest <= 1, highest >= 1 else { throw ReplicationError.malformed("Protocol 1 is not spoken.") }
    }

    /// Reads an answer to the end, and throws where a branch of protocol 1 would.
    static func readAnswer(_ bytes: [UInt8]) throws {
        var reader = try Frame.open(bytes, as: .answer)
        try readProtocols(&reader)
        guard try reader.text().utf8.count <= 64 else { throw ReplicationError.malformed("Software over 64 bytes.") }
        _ = (try reader.varint(), try reader.varint())
        _ = (try reader.signed(), try reader.signed())
        _ = (try reader.varint(), try reader.fixed64())
        _ = (try reader.varint(), try reader.varint())
        if try reader.bool() { _ = (try reader.text(), try reader.text(), try reader.text()) }
        for _ in 0..<2 { _ = (try reader.varint(), try reader.digest()) }
        _ = try reader.bool()
        var changes: UInt64 = 0
        for _ in 0..<(try reader.count(atMost: 4_096)) {
            _ = try reader.varint()
            switch try reader.byte() {
            case 1: changes += 1
            // Protocol 1 knows `erase`, 6, and refuses it.
            case 2, 3, 4, 5, 7: _ = try reader.block()
            case let tag: throw ReplicationError.malformed("Protocol 1 has no entries of type \(tag).")
            }
        }
        for _ in 0..<(try reader.count(atMost: 64)) {
            _ = try reader.varint()
            _ = (try reader.byte(), try reader.fixed64(), try reader.fixed64())
            _ = (try reader.varint(), try reader.bool())
            changes += try reader.varint()
        }
        guard try ChangeTable.read(from: &reader).count == changes else {
            throw ReplicationError.malformed("The changes are not as many as were announced.")
        }
        try reader.expectEnd()
    }
}
