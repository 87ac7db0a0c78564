import Hashing

/// A change as the log holds it: its edits are bytes that nobody has read. What only passes a change on needs no more.
public struct ChangeRecord: Hashable, Sendable {
    public let origin: OriginID
    public let sequence: UInt64
    public let stamp: Stamp
    public let entity: EntityID
    /// Seen, actor, key and edits.
    let body: [UInt8]
    public let hash: Digest128

    /// Whether a body consists of the parts that one has; what the edits say is not looked at.
    static func isWhole(_ body: UnsafeRawBufferPointer) -> Bool {
        var cursor = ByteCursor(body)
        guard let seen = cursor.varint(), seen <= UInt64(ReplicationLimits.originsInSeen) else { return false }
        for _ in 0..<seen {
            guard cursor.fixed64() != nil, cursor.varint() != nil else { return false }
        }
        guard cursor.block() != nil, cursor.block() != nil, let edits = cursor.varint(),
            edits <= UInt64(ReplicationLimits.editsInChange)
        else { return false }
        for _ in 0..<edits {
            guard cursor.byte() != nil, cursor.block() != nil else { return false }
        }
        return cursor.isAtEnd
    }

    /// Whether the hash is that of the content.
    var isProved: Bool { Change.hash(origin, sequence, stamp, entity, body) == hash }

    /// The client's key for the request that the change was made by, if there was one.
    var key: IdempotencyKey? {
        body.withUnsafeBytes { bytes in
            var cursor = ByteCursor(bytes)
            for _ in 0..<(cursor.varint() ?? 0) {
                guard cursor.fixed64() != nil, cursor.varint() != nil else { return nil }
            }
            guard cursor.block() != nil, let key = cursor.block() else { return nil }
            return IdempotencyKey(bytes: Array(bytes[key.position..<key.end]))
        }
    }
}

extension Change {
    var record: ChangeRecord {
        ChangeRecord(
            origin: origin, sequence: sequence, stamp: stamp, entity: entity, body: storedBody, hash: hash)
    }

    init(_ record: ChangeRecord) throws {
        try self.init(
            origin: record.origin, sequence: record.sequence, stamp: record.stamp, entity: record.entity,
            storedBody: record.body, hash: record.hash)
    }
}
