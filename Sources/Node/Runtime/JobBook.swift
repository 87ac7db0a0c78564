/// Which jobs are under way, how far they are, and when they last moved. Pure: the time is passed in, in milliseconds
/// by the steady clock.
public struct JobBook: Sendable {
    public struct Job: Equatable, Sendable {
        public let name: JobName
        public let since: Int64
        /// Its last sign of life.
        public var moved: Int64
        /// How much of it is done, in units of its own; nil where that is not known.
        public var done: Int64?
        public var of: Int64?

        public func isOverdue(at now: Int64) -> Bool { now - moved > name.deadlineMilliseconds }
    }

    private var running: [JobName: Job] = [:]
    /// Of these it was said that they stand still.
    private var told: Set<JobName> = []

    public init() {}

    /// A job begins; one that is under way goes on, and has moved.
    public mutating func move(_ name: JobName, done: Int64? = nil, of: Int64? = nil, at now: Int64) {
        var job = running[name] ?? Job(name: name, since: now, moved: now)
        job.moved = now
        job.done = done ?? job.done
        job.of = of ?? job.of
        running[name] = job
    }

    public mutating func end(_ name: JobName) {
        running[name] = nil
        told.remove(name)
    }

    public var jobs: [Job] { running.values.sorted { $0.name < $1.name } }

    /// What is to be said now: jobs that have come to stand still since it was last asked, and those that move again.
    public mutating func changes(at now: Int64) -> (still: [Job], moving: [Job]) {
        let still = jobs.filter { $0.isOverdue(at: now) && !told.contains($0.name) }
        let moving = jobs.filter { !$0.isOverdue(at: now) && told.contains($0.name) }
        told.formUnion(still.map(\.name))
        told.subtract(moving.map(\.name))
        return (still, moving)
    }
}
