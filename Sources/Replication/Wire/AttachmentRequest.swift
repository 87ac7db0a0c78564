import Hashing

/// A file as it is spoken of between a site and its hub: always by an entity that names it, so that nobody hears of a
/// file by guessing at its hash.
public struct AttachmentName: Hashable, Sendable {
    public let entity: EntityID
    public let hash: ContentHash

    public init(entity: EntityID, hash: ContentHash) {
        self.entity = entity
        self.hash = hash
    }
}

/// One chunk of a file.
public struct AttachmentPart: Equatable, Sendable {
    public let name: AttachmentName
    /// From 0.
    public let number: Int
    public let bytes: [UInt8]
    /// CRC-32 over the hash of the file, the number and the bytes: one that was swapped for another differs too.
    public let checksum: UInt32

    public init(name: AttachmentName, number: Int, bytes: [UInt8]) {
        self.init(
            name: name, number: number, bytes: bytes,
            checksum: Self.checksum(of: bytes, number: number, hash: name.hash))
    }

    init(name: AttachmentName, number: Int, bytes: [UInt8], checksum: UInt32) {
        self.name = name
        self.number = number
        self.bytes = bytes
        self.checksum = checksum
    }

    /// Whether it is a chunk of a file of `size` bytes, as it was sent.
    public func isSound(size: Int) -> Bool {
        number < AttachmentLimits.chunks(size: size)
            && bytes.count == AttachmentLimits.bytes(ofChunk: number, size: size)
            && checksum == Self.checksum(of: bytes, number: number, hash: name.hash)
    }

    private static func checksum(of bytes: [UInt8], number: Int, hash: ContentHash) -> UInt32 {
        var sum = CRC32()
        sum.update(hash.bytes)
        sum.update([UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)])
        sum.update(bytes)
        return sum.value
    }
}

/// What a site says on the lane of attachments. Every request stands by itself: the hub's answer says what it has, so
/// that a lost one costs a repeat and nothing else.
public struct AttachmentRequest: Equatable, Sendable {
    /// The site holds a file whole and would have the hub hold it too, or know that there are two.
    public struct Offer: Equatable, Sendable {
        public let name: AttachmentName
        /// Keyed by the content and made for this entity: shows that the site holds it, to a hub that holds it too.
        public let proof: [UInt8]

        public init(name: AttachmentName, proof: [UInt8]) {
            self.name = name
            self.proof = proof
        }
    }

    /// The site would know where a file is, and have what it lacks of it.
    public struct Want: Equatable, Sendable {
        public let name: AttachmentName
        /// Nil when only the place is asked for.
        public let held: ChunkMap?

        public init(name: AttachmentName, held: ChunkMap?) {
            self.name = name
            self.held = held
        }
    }

    public var offers: [Offer] = []
    public var parts: [AttachmentPart] = []
    public var wants: [Want] = []

    public init() {}

    public var isEmpty: Bool { offers.isEmpty && parts.isEmpty && wants.isEmpty }
}

/// What the hub says to it.
public struct AttachmentAnswer: Equatable, Sendable {
    public enum Offered: Equatable, Sendable {
        /// The hub holds it for this entity, and counts the site among its holders.
        case held
        /// The hub lacks chunks of it: here is what it has.
        case lacking(ChunkMap)
        /// Copies of this site came whole and did not agree with the hash; the site should look at its own.
        case damaged
        /// There is no such file here that this site may speak of: the entity is not known, does not name it, or is
        /// none of the site's.
        case unknown
    }

    public enum Wanted: Equatable, Sendable {
        /// Here; `isElsewhere` when a site that may see the entity holds it too.
        case here(isElsewhere: Bool)
        /// The entity names it and the hub has not received it.
        case notYet
        /// There is no such file here that this site may see.
        case unknown
    }

    public var offered: [(name: AttachmentName, standing: Offered)] = []
    public var wanted: [(name: AttachmentName, standing: Wanted)] = []
    public var parts: [AttachmentPart] = []

    public init() {}

    public static func == (left: AttachmentAnswer, right: AttachmentAnswer) -> Bool {
        left.offered.elementsEqual(right.offered) { $0 == $1 } && left.wanted.elementsEqual(right.wanted) { $0 == $1 }
            && left.parts == right.parts
    }
}
