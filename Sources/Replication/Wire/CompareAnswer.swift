import Hashing

/// What the hub says to one step of a comparison.
public enum CompareAnswer: Equatable, Sendable {
    /// It was done, and there is nothing to say.
    case done
    /// More of the hub's own work comes first: the same is to be asked again.
    case notReady
    case standing(StreamStanding)
    /// What the hub holds of a stream from now on.
    case delivered(Chain)
    /// The buckets whose sums differ.
    case differing([UInt16])
    /// How much the hub holds of each listed entity that it holds otherwise; empty where it does not know one.
    case vectors([Held])
    /// Of the changes that were returned, those in whose place another counts: the hub keeps them as refused.
    case overruled([ChangeReference])

    public struct Held: Equatable, Sendable {
        public let entity: EntityID
        public let vector: VersionVector
        /// For each origin of the vector, the sum of the hashes of its admitted changes up to there: equal numbers need
        /// not be equal changes.
        public let sums: [Digest128]

        public init(entity: EntityID, vector: VersionVector, sums: [Digest128]) {
            self.entity = entity
            self.vector = vector
            self.sums = sums
        }
    }
}

/// How far the hub agrees about a stream.
public struct StreamStanding: Equatable, Sendable {
    /// What the hub holds under the next number, so that a change issued again under another time is known for the
    /// same.
    public struct Held: Equatable, Sendable {
        public let stamp: Stamp
        public let hash: Digest128

        public init(stamp: Stamp, hash: Digest128) {
            self.stamp = stamp
            self.hash = hash
        }
    }

    /// The highest of the points named that the hub has too; 0 if none is.
    public let common: UInt64
    /// The number of the last change that the hub holds of it.
    public let tip: UInt64
    /// What it holds after `common`, some of it.
    public let further: [Held]

    public init(common: UInt64, tip: UInt64, further: [Held]) {
        self.common = common
        self.tip = tip
        self.further = further
    }
}
