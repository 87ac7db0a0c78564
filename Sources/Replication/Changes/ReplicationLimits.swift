/// Every bound that replication holds its input to. What is over a bound is refused by name, never cut.
public enum ReplicationLimits {
    /// Edits in one change.
    public static let editsInChange = 256
    /// Bytes of one encoded change: room for a standard pack, the largest thing that travels as one.
    public static let bytesInChange = 1 << 20
    /// Origins that a change may name in what it has seen: every branch of a large province, several lives each.
    public static let originsInSeen = 1_024
    /// Bytes of an actor's name.
    public static let bytesInActor = 256
    /// Bytes of one frame on the wire, its checksum included.
    public static let bytesInFrame = 4 << 20
    /// Bytes that the dictionaries of one frame may unfold to.
    public static let bytesUnfolded = 32 << 20
    /// Bytes of content that a sender puts into one batch, unless a single change is larger.
    public static let bytesInBatch = 256 << 10
    /// Changes in one batch.
    public static let changesInBatch = 4_096
    /// Edits in all changes of one batch. A sender's own bound on bytes keeps far below it; a receiver needs it, since
    /// edits that are alike cost a frame nothing and each takes its place in memory.
    public static let editsInBatch = 1 << 18
    /// Entries of a feed in one answer.
    public static let entriesInAnswer = 4_096
    /// Entities whose history a site asks for in one request.
    public static let historiesInRequest = 64
    /// Acknowledgements of withdraws and histories in one request.
    public static let acknowledgementsInRequest = 1_024
    /// How far ahead of the hub's clock a stamp may lie, in milliseconds: 10 minutes.
    public static let aheadMilliseconds: Int64 = 10 * 60 * 1_000
    /// Skew from which a site is warned about, in milliseconds: 2 minutes.
    public static let skewWarningMilliseconds: Int64 = 2 * 60 * 1_000
    /// Skew from which an alarm is raised, in milliseconds: 24 hours.
    public static let skewAlarmMilliseconds: Int64 = 24 * 60 * 60 * 1_000
    /// Sites that must have passed a marker before its answer is final.
    public static let witnesses = 3
}
