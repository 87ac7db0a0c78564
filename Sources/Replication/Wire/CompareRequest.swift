import Hashing

/// One step of a comparison, as a site asks it. Each is idempotent: a lost answer costs a repeat and nothing else.
public enum CompareRequest: Equatable, Sendable {
    /// The site has taken the request's origin in place of `previous`.
    case announce(previous: OriginID)
    /// How far does the hub agree about a stream of this site?
    case claim(StreamClaim)
    /// Part of a stream of this site that the hub lacks, in order, whatever became of it.
    case deliver(StreamPart)
    /// The sums of some buckets of entities: which does the hub make otherwise?
    case buckets([BucketSum])
    /// What the site holds in these buckets: which does the hub hold otherwise?
    case list(BucketList)
    /// Admitted changes that the hub lacks, whoever wrote them.
    case returned([Change])
    /// What the site holds in these buckets: let enter, or withdraw, what is not as it should be.
    case level(BucketList)
    /// All has been compared.
    case finish
}

/// Points of a stream's chain as the site has it, in ascending order.
public struct StreamClaim: Equatable, Sendable {
    public let origin: OriginID
    /// The first change of it of which the site does not know what became of it; 0 for none.
    public let pendingFrom: UInt64
    public let points: [Chain]

    public init(origin: OriginID, pendingFrom: UInt64, points: [Chain]) {
        self.origin = origin
        self.pendingFrom = pendingFrom
        self.points = points
    }
}

/// A part of a stream with what became of each change of it.
public struct StreamPart: Equatable, Sendable {
    public enum Item: Equatable, Sendable {
        /// Nobody has judged it, as far as the site knows.
        case pending(Change)
        case admitted(Change)
        case refused(Change, reason: String)
        /// Erased at the site; its hash stays.
        case emptied(Digest128)

        var change: Change? {
            switch self {
            case .pending(let change), .admitted(let change), .refused(let change, _): change
            case .emptied: nil
            }
        }

        var hash: Digest128 {
            switch self {
            case .pending(let change), .admitted(let change), .refused(let change, _): change.hash
            case .emptied(let hash): hash
            }
        }
    }

    public let origin: OriginID
    /// The chain before the first item.
    public let before: Chain
    public let items: [Item]

    public init(origin: OriginID, before: Chain, items: [Item]) {
        self.origin = origin
        self.before = before
        self.items = items
    }
}

/// The sum of the hashes of all admitted changes of a bucket's entities.
public struct BucketSum: Hashable, Sendable {
    public let bucket: UInt16
    public let sum: Digest128

    public init(bucket: UInt16, sum: Digest128) {
        self.bucket = bucket
        self.sum = sum
    }
}

/// Whole buckets, entity by entity.
public struct BucketList: Equatable, Sendable {
    public struct Item: Hashable, Sendable {
        public let entity: EntityID
        public let sum: Digest128

        public init(entity: EntityID, sum: Digest128) {
            self.entity = entity
            self.sum = sum
        }
    }

    public let buckets: [UInt16]
    public let items: [Item]

    public init(buckets: [UInt16], items: [Item]) {
        self.buckets = buckets
        self.items = items
    }
}
