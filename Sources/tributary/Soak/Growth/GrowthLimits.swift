/// What a node may take up in a soak, and why so much.
struct GrowthLimits: Hashable, Sendable {
    /// Resident memory of a node at any moment, in bytes. Ten minutes of sixty steps a second took 49 MiB at most; a
    /// branch's computer has 4 GB and other work.
    var memoryMax = 128 << 20
    /// Resident memory that a ticket may cost for good, in bytes. Tickets live in the database; what stays in memory is
    /// SQLite's page caches (2 MB on each of five connections) until they are full.
    var memoryPerTicket = 1 << 10
    /// How much resident memory may rise between the second and the last quarter of a life beyond the tickets' share,
    /// in bytes: caches fill up and the allocator keeps what it once had. The longer the run, the slower the leak that
    /// exceeds it. Ten minutes took 1.1 MiB at most.
    var memoryRise = 4 << 20
    /// A life's first seconds, in which caches fill; of a shorter life the first quarter.
    var warmUpSeconds = 60.0
    /// A life shorter than this has no trend, only an upper bound.
    var trendSecondsMin = 30.0

    /// Descriptors of a node at any moment: every client's call and every held poll has one.
    var descriptorsMax = 256
    /// Descriptors by which a node may exceed its idle number once the load has ended: connections that others keep.
    var descriptorsRise = 4
    /// Dispatch runs up to 64 workers for each class of service.
    var threadsMax = 96

    /// The write-ahead log at any moment, in bytes. The writer checkpoints every 1,000 pages (4 MB); a reader that
    /// folds the whole log holds a checkpoint up as long as it reads. Ten minutes took 12 MiB at most.
    var logAheadMax = 32 << 20
    /// The same when nobody reads: the 8 MiB it is cut to, and what may come on top before it starts anew.
    var logAheadQuietMax = 12 << 20

    /// What one change may cost on disk for good, at a branch and at the hub, in bytes: its body, its row in the log
    /// with three indexes, the entity's state, at the hub its entries in the feeds. Ten minutes took 481 to 519.
    var diskPerChangeMax = 1 << 10
    /// With fewer changes the figure is that of the file's first pages, and is not judged.
    var diskChangesMin = 1_000
    /// What a node may write to its log, in bytes a minute of the run.
    var logPerMinuteMax = 16 << 10
    /// The side file holds one number.
    var sideMax = 64
}
