import Hashing

/// What a site says to the hub. An empty one measures the clock and compares positions; a poll carries no changes and
/// may be held open; a push carries changes and is answered at once. Comparisons and attachments have lanes of their
/// own.
public struct ExchangeRequest: Equatable, Sendable {
    public enum Lane: UInt8, Sendable, CaseIterable {
        case hello = 0
        case poll = 1
        case push = 2
        /// One step of a comparison; from protocol 2 on.
        case compare = 3
        /// Parts of attachments; from protocol 2 on.
        case attachments = 4
    }

    /// Start of the process (from the side file) and number within it: the hub stores nothing from below the highest it
    /// has had, and says which that was.
    public struct Number: Hashable, Comparable, Sendable {
        public let start: UInt32
        public let count: UInt32

        public init(start: UInt32, count: UInt32) {
            self.start = start
            self.count = count
        }

        public static func < (left: Number, right: Number) -> Bool {
            (left.start, left.count) < (right.start, right.count)
        }
    }

    /// "All that I have stamped up to `time` has a sequence up to `sequence`."
    public struct Watermark: Hashable, Sendable {
        /// Milliseconds since 1970.
        public let time: Int64
        public let sequence: UInt64

        public init(time: Int64, sequence: UInt64) {
            self.time = time
            self.sequence = sequence
        }
    }

    /// A withdraw was applied; the site's own changes up to `sequence` were made before it.
    public struct Withdrawn: Hashable, Sendable {
        public let number: UInt64
        public let sequence: UInt64

        public init(number: UInt64, sequence: UInt64) {
            self.number = number
            self.sequence = sequence
        }
    }

    /// The history that an enter announced is wanted, from after `after` (an admission number) on.
    public struct HistoryWish: Hashable, Sendable {
        public let enter: UInt64
        public let entity: EntityID
        public let after: UInt64

        public init(enter: UInt64, entity: EntityID, after: UInt64) {
            self.enter = enter
            self.entity = entity
            self.after = after
        }
    }

    /// The history that an enter announced is here whole, up to an admission number.
    public struct HistoryWhole: Hashable, Sendable {
        public let enter: UInt64
        public let upTo: UInt64

        public init(enter: UInt64, upTo: UInt64) {
            self.enter = enter
            self.upTo = upTo
        }
    }

    public var lane: Lane
    public var protocols: ProtocolRange
    public var software: String
    public var origin: OriginID
    public var number: Number
    /// The site's own wall clock, in milliseconds, uncorrected: the hub takes the median of these.
    public var wallClock: Int64
    /// What the site believes the hub to hold of its stream.
    public var acknowledged: Chain
    public var cursor: FeedCursor
    public var watermark: Watermark?
    public var withdrawn: [Withdrawn]
    public var whole: [HistoryWhole]
    public var wishes: [HistoryWish]
    /// Changes beyond this request that wait at the site: its backlog.
    public var backlog: UInt64
    /// The chain before the first change and after the last; nil without changes.
    public var before: Chain?
    public var after: Digest128?
    public var changes: [Change]
    /// What the hub has confirmed to this site: shown with a hello.
    public var receipt: Receipt?
    /// Whether a poll asks for the sums of all buckets, to hold them against its own.
    public var wantsProof: Bool
    /// What a request of the lane for comparisons asks.
    public var compare: CompareRequest?
    /// What a request of the lane for attachments offers and asks for.
    public var attachments: AttachmentRequest?

    public init(lane: Lane, origin: OriginID, number: Number, acknowledged: Chain, cursor: FeedCursor) {
        self.lane = lane
        protocols = .current
        software = ""
        self.origin = origin
        self.number = number
        wallClock = 0
        self.acknowledged = acknowledged
        self.cursor = cursor
        watermark = nil
        withdrawn = []
        whole = []
        wishes = []
        backlog = 0
        before = nil
        after = nil
        changes = []
        receipt = nil
        wantsProof = false
        compare = nil
        attachments = nil
    }

    /// Whether there is nothing to send: it was made in vain.
    public var isEmpty: Bool {
        switch lane {
        case .hello, .poll: false
        case .compare: compare == nil
        case .push: changes.isEmpty
        case .attachments: attachments?.isEmpty ?? true
        }
    }
}
