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
    /// A database that was put back or copied goes on under the origin that it has.
    public static let keepsOrigin = Mischief(rawValue: 1 << 14)
    /// Where two histories are compared, what has a number is taken for what the other has under that number.
    public static let knowsByNumber = Mischief(rawValue: 1 << 15)
    /// The hub leaves in a site's feed what was queued before the entity was withdrawn from it.
    public static let sendsWithdrawn = Mischief(rawValue: 1 << 16)
    /// A hub in a new epoch lets entities enter before those that may know better are compared.
    public static let sendsDownEarly = Mischief(rawValue: 1 << 17)
    /// An effect is released before any site has passed its marker.
    public static let releasesEarly = Mischief(rawValue: 1 << 18)
    /// The hub has a copy erased although nobody but itself holds all of it.
    public static let erasesEarly = Mischief(rawValue: 1 << 21)
    /// The hub still has a copy erased after its entity has come back to the site.
    public static let erasesReturned = Mischief(rawValue: 1 << 22)
    /// An author's site goes on folding what the hub has refused.
    public static let foldsRefused = Mischief(rawValue: 1 << 23)
    /// A refusal is no entry of its author's feed.
    public static let forgetsVerdicts = Mischief(rawValue: 1 << 24)
    /// Whatever a person was shown, an edit is written as if they had seen what the node holds.
    public static let ignoresShown = Mischief(rawValue: 1 << 25)
    /// A hub that gets a stream back goes no further than the first change whose content was erased.
    public static let waitsForHoles = Mischief(rawValue: 1 << 26)
    /// A ticket is judged by the standard in force, and not by the one that it was opened under.
    public static let judgesByNewest = Mischief(rawValue: 1 << 27)
    /// A branch never speaks to its hub of the files that it holds.
    public static let keepsFiles = Mischief(rawValue: 1 << 28)
    /// A branch goes on working a ticket that it knows the province to have taken.
    public static let worksOnTaken = Mischief(rawValue: 1 << 40)
    /// A branch goes on working by the oldest standard that it has.
    public static let keepsOldStandard = Mischief(rawValue: 1 << 41)
    /// The hub believes that it has heard from every branch what was written six hours later than it has.
    public static let hearsEarly = Mischief(rawValue: 1 << 42)
    /// The hub never learns up to when it has heard all from a branch.
    public static let hearsNothing = Mischief(rawValue: 1 << 43)
    /// A charge is paid out of an allowance however often somebody asks.
    public static let paysAgain = Mischief(rawValue: 1 << 44)
    /// Whoever holds no role may do everything.
    public static let ignoresRoles = Mischief(rawValue: 1 << 45)
    /// A role that was taken away was never held, whatever a site had heard.
    public static let revokesBackwards = Mischief(rawValue: 1 << 46)
    /// Of several tickets that one transaction changes the hub records only of the last what its customer is owed.
    public static let forgetsToTell = Mischief(rawValue: 1 << 47)
}
