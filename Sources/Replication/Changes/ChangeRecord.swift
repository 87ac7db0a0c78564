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

    /// All but the body.
    var head: ChangeHead {
        ChangeHead(origin: origin, sequence: sequence, stamp: stamp, entity: entity, hash: hash)
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
}
