import Hashing

/// What the hub says to a site: what it has stored, the next part of the feed, and province time.
public struct ExchangeAnswer: Equatable, Sendable {
    /// Nothing of the request was stored, and why.
    public struct Refusal: Equatable, Sendable {
        public let kind: ReplicationError.Kind
        public let message: String
        public let remedy: String

        public init(kind: ReplicationError.Kind, message: String, remedy: String) {
            self.kind = kind
            self.message = message
            self.remedy = remedy
        }
    }

    /// A part of an entity's history; dropped by the site if the enter that it names has been withdrawn since.
    public struct HistoryChunk: Equatable, Sendable {
        public let enter: UInt64
        public let entity: EntityID
        /// The admission number to go on from.
        public let upTo: UInt64
        public let isLast: Bool
        public let changes: [Change]

        public init(enter: UInt64, entity: EntityID, upTo: UInt64, isLast: Bool, changes: [Change]) {
            self.enter = enter
            self.entity = entity
            self.upTo = upTo
            self.isLast = isLast
            self.changes = changes
        }
    }

    public var protocols: ProtocolRange
    public var software: String
    /// Echoed, so that an answer to another request is not taken for this one's.
    public var request: ExchangeRequest.Number
    /// Province time when the request came and when the answer left, in milliseconds.
    public var received: Int64
    public var sent: Int64
    public var epoch: Epoch
    /// The highest request of this lane that the hub had before this one; a site that never sent it is a copy.
    public var highest: ExchangeRequest.Number
    public var refusal: Refusal?
    /// What the hub durably holds of the site's stream.
    public var stored: Chain
    /// The site's feed after its cursor.
    public var entries: [FeedEntry]
    /// The changes that entries pass on out of the log, in their order.
    var passedOn = PassedOnChanges()
    /// The chain after the last entry.
    public var feed: Chain
    /// Whether the feed held no more when it was read.
    public var isCaughtUp: Bool
    public var histories: [HistoryChunk]
    public var compare: CompareAnswer?
    public var attachments: AttachmentAnswer?
    /// The sums of all buckets of what the site holds, as of the snapshot that emptied its feed; empty if not asked
    /// for.
    public var proof: [Digest128]
    /// The hub's word for ``stored`` and for ``feed``; see ``Receipt``. Empty where it gives none.
    public var storedCode: [UInt8]
    public var feedCode: [UInt8]
    /// That a new epoch was begun by who knows the site's credential; empty where none was.
    public var epochProof: [UInt8]

    public init(request: ExchangeRequest.Number, epoch: Epoch, stored: Chain, feed: Chain) {
        protocols = .current
        software = ""
        self.request = request
        received = 0
        sent = 0
        self.epoch = epoch
        highest = ExchangeRequest.Number(start: 0, count: 0)
        refusal = nil
        self.stored = stored
        entries = []
        self.feed = feed
        isCaughtUp = true
        histories = []
        compare = nil
        attachments = nil
        proof = []
        storedCode = []
        feedCode = []
        epochProof = []
    }
}
