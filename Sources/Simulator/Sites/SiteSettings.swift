import Replication
import SQLite

/// What a rehearsal lets a site do otherwise than usual.
struct SiteSettings {
    var batchBytes: Int = ReplicationLimits.bytesInBatch
    var queueJobs: Int = GroupWriter.Limits().waitingJobs
    var pollHoldMilliseconds = ExchangeRequest.Lane.usualHoldMilliseconds
    /// How long one commit takes on this machine's disk.
    var commit = VirtualTime(microseconds: 3_000)
    /// What a job costs the processor besides.
    var job = VirtualTime(microseconds: 400)
    /// So many times everything takes longer.
    var timesSlower: Int64 = 1
    /// Timers go off too soon.
    var hasEarlyTimers = false
    var software = "0.1.0"
    /// A five-hundredth of what a node checks in the same time: all of a province's sites share one processor here, and
    /// each entity may come to its turn once or twice.
    var upkeepSeconds: Int64 = 600
    var entitiesInUpkeep = 20
    static let upkeepsBetweenFeeds = 6
    /// Oftener than a node does it: a rehearsal is short, and what a proof finds counts.
    var proofMilliseconds: Int64 = 3_600_000
}
