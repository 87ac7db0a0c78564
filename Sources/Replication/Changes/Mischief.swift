/// Bugs and bad manners that the simulator can switch on in the core, to see that its checkers catch them. A node
/// always passes none, so in a running province every place that asks does what it should.
public struct Mischief: OptionSet, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static let none: Mischief = []

    /// The hub leaves one change in ten out of the feed of a site that should be told of it.
    public static let forgetsEntries = Mischief(rawValue: 1 << 0)
    /// What must happen once is known by its request, and not by what the request is for.
    public static let refundKeyPerRequest = Mischief(rawValue: 1 << 1)
    /// A change that sorts before others is folded as if it had been made when it came.
    public static let mergesByArrival = Mischief(rawValue: 1 << 2)
    /// A step is taken wherever the ticket stands.
    public static let believesAnyStep = Mischief(rawValue: 1 << 3)
    /// Whoever folds again from the log does not keep what lost.
    public static let forgetsLosers = Mischief(rawValue: 1 << 4)
    /// A branch that could not send believes that it has nothing to send.
    public static let forgetsToSendAgain = Mischief(rawValue: 1 << 5)
    /// A branch does not wait after a failure.
    public static let retriesAtOnce = Mischief(rawValue: 1 << 6)
    /// At the hub the site that had the last turn has the next one too, if it wants it.
    public static let oneSiteTakesAll = Mischief(rawValue: 1 << 7)
    /// The hub believes a frame and a batch without holding them against their checksums.
    public static let skipsChecksums = Mischief(rawValue: 1 << 8)
    /// The hub takes a request again that it has had, and counts its changes once more.
    public static let countsRepeats = Mischief(rawValue: 1 << 9)
    /// A process that starts stamps by what its clock reads, whatever was stamped before.
    public static let clockFromWall = Mischief(rawValue: 1 << 10)
    /// The hub does not put its own changes into its chain.
    public static let forgetsChain = Mischief(rawValue: 1 << 11)
    /// A branch puts all that waits into one batch.
    public static let ignoresBatchLimit = Mischief(rawValue: 1 << 12)
    /// A branch keeps the copy that it is told to erase.
    public static let keepsErased = Mischief(rawValue: 1 << 20)
    /// A branch counts every twentieth entry of its feed as read without having applied it.
    public static let cursorBeforeApply = Mischief(rawValue: 1 << 13)
}
