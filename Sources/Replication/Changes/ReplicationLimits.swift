/// Every bound that replication holds its input to. What is over a bound is refused by name, never cut.
public enum ReplicationLimits {
    /// Edits in one change.
    public static let editsInChange = 256
    /// Bytes of one encoded change: room for a standard pack, the largest thing that travels as one.
    public static let bytesInChange = 1 << 20
    /// Origins that a change may name in what it has seen: every branch of a large province, several lives each.
    public static let originsInSeen = 1_024
    /// The highest number of a change in its stream, or of an entry in a feed: a million a second for eight years. The
    /// log keeps what is above, and below zero, for what was set aside.
    public static let sequenceMax: UInt64 = (1 << 48) - 1
    /// Bytes of an actor's name.
    public static let bytesInActor = 256
    /// Bytes of one frame on the wire, its checksum included.
    public static let bytesInFrame = 4 << 20
    /// Bytes of a request without changes, a hello or a poll: all that it may acknowledge and wish for is under 48 KiB.
    public static let bytesInQuietRequest = 64 << 10
    /// Bytes that the changes of one frame may unfold to: more than any sender of ours puts into a frame.
    public static let bytesUnfolded = 4 << 20
    /// Sections at the end of one frame.
    public static let sectionsInFrame = 16
    /// Edits in one frame, and origins named by what its changes have seen: each costs two bytes of a batch or more, so
    /// that no sender of ours comes near.
    public static let itemsInFrame = 1 << 18
    /// Bytes of what a site calls its software.
    public static let bytesInSoftware = 64
    /// Words of the texts of one frame: four times what a batch of the usual size can have.
    public static let wordsInBatch = 1 << 20
    /// Bytes of content that a sender puts into one batch, unless a single change is larger.
    public static let bytesInBatch = 256 << 10
    /// Changes in one batch.
    public static let changesInBatch = 4_096
    /// Edits in all changes of one batch. A sender's own bound on bytes keeps far below it; a receiver needs it, since
    /// edits that are alike cost a frame nothing and each takes its place in memory.
    public static let editsInBatch = 1 << 18
    /// Bytes of changes in one answer to a site, its feed and histories together, unless a single change is larger. Of
    /// these histories have a quarter at least, so that neither keeps the other waiting.
    public static let bytesInAnswer = bytesInBatch
    /// Bytes of changes that the hub takes of one site in one turn of its writer: four batches of the usual size, a few
    /// hundredths of a second. The change that reaches it is taken; the rest of a larger batch comes again with the
    /// site's next push, so that other sites have their turns in between.
    public static let bytesInTurn = 1 << 20
    /// Bytes that each change counts beside its body, for its place in a frame and in the log.
    public static let bytesBesideBody = 40
    /// Entries of a feed in one answer.
    public static let entriesInAnswer = 4_096
    /// Entities whose history a site asks for in one request: about as many new tickets as fit into one answer, since
    /// each request costs both ends a commit.
    public static let historiesInRequest = 512
    /// The same of a hub that speaks protocol 1.
    public static let historiesInFirstRequest = 64
    /// Points of a stream that a site names at once, and changes after them that the hub tells of.
    public static let pointsInClaim = 1_024
    /// Entities that a site lists at once in a comparison. A site sends the buckets that fit into an eighth of it, and
    /// one at least.
    public static let entitiesInList = 1 << 15
    /// Entities whose bucket is looked for in one turn of the writer.
    public static let entitiesBucketedInTurn = 20_000
    /// Entities whose sums a site names in one request of a comparison.
    public static let entitiesSummedInTurn = 100_000
    /// Entities of which a standby is told in one turn, as long as it has not read more than so many entries; and
    /// entities that one turn looks at for that.
    public static let entitiesEnteredInTurn = 512
    public static let entitiesLookedAtInTurn = 8_192
    /// Days for which the feed of a site that is not heard is kept.
    public static let feedDays: Int64 = 30
    /// Entries that a site's feed may hold unread: about 64 bytes each beside the log.
    public static let feedEntries = 1_000_000
    /// Copies that one request may bring to be erased; the rest goes with the next.
    public static let erasesInTurn = 256
    /// Lives of one site's database: each has its place in vectors for good, so a site that goes through more is
    /// stopped.
    public static let originsOfSite = 512
    /// Verdicts that the hub repeats to a put-back site at once. Entities beyond are entered anew and bring theirs
    /// along.
    public static let verdictsRepeated = 100_000
    /// By so many a hub that gathers goes above the epoch that a site speaks of without proof.
    public static let epochsAhead: UInt32 = 1_000
    /// Incidents that a site remembers.
    public static let incidentsKept = 1_000
    /// Acknowledgements of withdraws and histories in one request.
    public static let acknowledgementsInRequest = 1_024
    /// Changes of one site that the hub keeps waiting to be judged: with so many, it takes no more changes of the site
    /// until some are judged. Nothing is lost: the site keeps what was not taken, and tries again.
    public static let changesWaiting = 4_096
    /// Bytes of such changes, likewise.
    public static let bytesWaiting = 16 << 20
    /// Changes that may be read again in one turn of the writer, because what came sorts before what an entity has. The
    /// change that reaches it is taken; the rest of its batch comes again with the site's next push, and what waits is
    /// judged in further turns, so that other sites have theirs in between.
    public static let changesReadAgainInTurn = 20_000
    /// Bytes of refused changes that the hub keeps of one site at once, each with `bytesBesideRefused`; one byte more
    /// may be kept each millisecond, which is 86 MB a day. With so many, it takes no changes of the site for a while.
    public static let bytesRefused = 16 << 20
    /// What a refused change costs beside its body: its rows in the log, the verdicts and the feed.
    public static let bytesBesideRefused = 256
    /// Requests of one site that the hub refuses at once; one more may be refused every `refusalMilliseconds`. With so
    /// many, the site is told to wait, before anything is read.
    public static let requestsRefused = 64
    /// An honest branch waits as long after each failure, or longer.
    public static let refusalMilliseconds: Int64 = 250
    /// Requests of one site and lane that may be at the hub at once: one under way, and two that it has given up and
    /// whose connections the hub still believes in.
    public static let requestsInLane = 3
    /// How far ahead of the hub's clock a stamp may lie, in milliseconds: 10 minutes.
    public static let aheadMilliseconds: Int64 = 10 * 60 * 1_000
    /// Skew from which a site is warned about, in milliseconds: 2 minutes.
    public static let skewWarningMilliseconds: Int64 = 2 * 60 * 1_000
    /// Skew from which an alarm is raised, in milliseconds: 24 hours.
    public static let skewAlarmMilliseconds: Int64 = 24 * 60 * 60 * 1_000
    /// Branches that must have been heard before their clocks say anything of the hub's, one of three may be wrong; and
    /// branches whose clocks must agree with one another, and be the most, to have the hub's doubted.
    public static let clocksInMedian = 3
    /// A reading of a branch's clock counts for so long, in milliseconds: a day.
    public static let clockReadingMilliseconds: Int64 = 24 * 60 * 60 * 1_000
    /// A branch whose clock differs from that of a hub that has just started is put off so long at most, in
    /// milliseconds, if too few others come to tell which is right: an hour.
    public static let clockProofMilliseconds: Int64 = 60 * 60 * 1_000
    /// Sites that must have passed a marker before its answer is final.
    public static let witnesses = 3
}
