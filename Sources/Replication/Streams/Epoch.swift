/// One reign of a hub: counted up by every restore, rebuild and promotion, with a random part so that two hubs that
/// count alike are still told apart.
public struct Epoch: Hashable, Comparable, Sendable {
    public let number: UInt32
    public let random: UInt64

    public init(number: UInt32, random: UInt64) {
        self.number = number
        self.random = random
    }

    /// Before any hub has been heard.
    public static let none = Epoch(number: 0, random: 0)

    public static func < (left: Epoch, right: Epoch) -> Bool {
        (left.number, left.random) < (right.number, right.random)
    }
}

/// How far a site has read its feed. Numbers are compared only within one epoch, and only after the digests have
/// matched.
public struct FeedCursor: Hashable, Sendable {
    public let epoch: Epoch
    public let chain: Chain

    public init(epoch: Epoch, chain: Chain) {
        self.epoch = epoch
        self.chain = chain
    }
}
