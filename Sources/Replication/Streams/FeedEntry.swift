import Hashing

/// What a feed entry is, on the wire and on disk; numbers are never reused.
enum FeedTag {
    static let change: UInt8 = 1
    static let admitted: UInt8 = 2
    static let refused: UInt8 = 3
    static let enter: UInt8 = 4
    static let withdraw: UInt8 = 5
    static let erase: UInt8 = 6
    static let emptied: UInt8 = 7

    /// What stands on disk beside a change's place in the log: its entity's kind and 16 bytes.
    static func name(of entity: EntityID) -> [UInt8] {
        var writer = ByteWriter(reserving: 17)
        writer.byte(entity.kind.rawValue)
        writer.fixed64(entity.high)
        writer.fixed64(entity.low)
        return writer.bytes
    }

    /// - Returns: nil for anything but a ``name(of:)``.
    static func entity(named bytes: UnsafeRawBufferPointer) -> EntityID? {
        guard bytes.count == 17 else { return nil }
        func half(at offset: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        return EntityID(kind: EntityKind(rawValue: bytes[0]), high: half(at: 1), low: half(at: 9))
    }
}

/// One entry of a site's feed: an admitted change of another site, a verdict on its own, or the coming and going of an
/// entity.
public struct FeedEntry: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// A change by another origin that this site may see.
        case change(Change)
        /// The same as the hub passes it on, out of its log, without having read it: its body stands in the answer's
        /// columns already.
        case stored(ChangeHead)
        /// The site's own changes in this range of sequences were admitted, but for those refused by name.
        case admitted(origin: OriginID, first: UInt64, last: UInt64)
        /// One of the site's own changes was refused, and why. Final.
        case refused(ChangeReference, reason: String)
        /// The site may see this entity from now on; `sum` is that of its admitted changes.
        case enter(EntityID, sum: Digest128)
        /// The site may not see this entity any longer: hide and lock the copy, take no more edits.
        case withdraw(EntityID)
        /// Remove the copy, bytes and all.
        case erase(EntityID)
        /// Queued once and withdrawn since: the hash stays, the content is gone.
        case emptied(Digest128)
    }

    /// The hub's number for it; numbers rise, with gaps where an entry went to other sites.
    public let number: UInt64
    public let content: Content

    public init(number: UInt64, content: Content) {
        self.number = number
        self.content = content
    }

    /// What the feed's chain takes in.
    public var hash: Digest128 {
        switch content {
        case .change(let change): change.hash
        case .stored(let head): head.hash
        case .emptied(let hash): hash
        case .admitted, .refused, .enter, .withdraw, .erase: Self.hash(of: tag, body)
        }
    }

    static func hash(of tag: UInt8, _ body: [UInt8]) -> Digest128 {
        Digest128(truncating: SHA256.hash([tag] + body))
    }

    public var tag: UInt8 {
        switch content {
        case .change, .stored: FeedTag.change
        case .admitted: FeedTag.admitted
        case .refused: FeedTag.refused
        case .enter: FeedTag.enter
        case .withdraw: FeedTag.withdraw
        case .erase: FeedTag.erase
        case .emptied: FeedTag.emptied
        }
    }

    /// The content's bytes; empty for a change, which travels in the frame's columns.
    public var body: [UInt8] {
        var writer = ByteWriter()
        switch content {
        case .change, .stored: break
        case .admitted(let origin, let first, let last):
            writer.fixed64(origin.raw)
            writer.varint(first)
            writer.varint(last)
        case .refused(let reference, let reason):
            reference.write(to: &writer)
            writer.text(reason)
        case .enter(let entity, let sum):
            entity.write(to: &writer)
            writer.digest(sum)
        case .withdraw(let entity), .erase(let entity): entity.write(to: &writer)
        case .emptied(let hash): writer.digest(hash)
        }
        return writer.bytes
    }

    /// Reads every content but a change.
    public init(number: UInt64, tag: UInt8, body: [UInt8]) throws {
        var reader = ByteReader(body)
        let content: Content
        switch tag {
        case FeedTag.admitted:
            let origin = OriginID(raw: try reader.fixed64())
            content = .admitted(origin: origin, first: try reader.sequence(), last: try reader.sequence())
        case FeedTag.refused: content = .refused(try ChangeReference(from: &reader), reason: try reader.text())
        case FeedTag.enter: content = .enter(try EntityID(from: &reader), sum: try reader.digest())
        case FeedTag.withdraw: content = .withdraw(try EntityID(from: &reader))
        case FeedTag.erase: content = .erase(try EntityID(from: &reader))
        case FeedTag.emptied: content = .emptied(try reader.digest())
        default: throw ReplicationError.malformed("A feed entry has a type that this version does not know.")
        }
        try reader.expectEnd()
        self.init(number: number, content: content)
    }
}

extension EntityID {
    func write(to writer: inout ByteWriter) {
        writer.byte(kind.rawValue)
        writer.fixed64(high)
        writer.fixed64(low)
    }

    init(from reader: inout ByteReader) throws {
        let kind = EntityKind(rawValue: try reader.byte())
        guard kind != .nothing else { throw ReplicationError.malformed("An entity is of no kind.") }
        self.init(kind: kind, high: try reader.fixed64(), low: try reader.fixed64())
    }
}

extension ByteWriter {
    mutating func digest(_ digest: Digest128) {
        fixed64(digest.high)
        fixed64(digest.low)
    }
}

extension ByteReader {
    mutating func digest() throws -> Digest128 { Digest128(high: try fixed64(), low: try fixed64()) }
}
