import Hashing

/// A client's promise that two requests with one key are one request. It is kept in the change itself, so that a
/// restore or a rebuild brings it back.
public struct IdempotencyKey: Hashable, Sendable {
    /// What names the request: 16 bytes of SHA-256 over client and key.
    public let name: [UInt8]
    /// What the request said: 8 bytes of SHA-256 over its content; the same key with another content is refused.
    public let content: [UInt8]

    public init(client: String, key: String, content: [UInt8]) {
        var writer = ByteWriter()
        writer.text(client)
        writer.text(key)
        name = Array(SHA256.hash(writer.bytes).prefix(16))
        self.content = Array(SHA256.hash(content).prefix(8))
    }

    /// As a change carries it.
    public var bytes: [UInt8] { name + content }

    public init?(bytes: [UInt8]) {
        guard bytes.count == 24 else { return nil }
        name = Array(bytes[..<16])
        content = Array(bytes[16...])
    }

    /// The identifier of what this request creates: derived, so that a retry at another site merges rather than
    /// doubles.
    public func entity(kind: EntityKind) -> EntityID {
        var writer = ByteWriter()
        writer.raw(Array("entity".utf8))
        writer.byte(kind.rawValue)
        writer.raw(name)
        let hash = SHA256.hash(writer.bytes)
        return EntityID(kind: kind, bytes: Array(hash.prefix(16))) ?? EntityID(kind: kind, high: 0, low: 0)
    }
}
