import Standards

/// One of the node's own jobs.
enum JobView {
    /// - Parameter now: province time.
    static func json(_ job: JobReport, now: Int64, _ wording: Wording) -> JSONValue {
        [
            "job": .string(job.name.kind.rawValue), "about": .string(job.name.about),
            "since": wording.time(now - job.sinceMilliseconds),
            "stillSeconds": .integer(job.movedMilliseconds / 1_000),
            "deadlineSeconds": .integer(job.name.deadlineMilliseconds / 1_000),
            "done": job.done.map { .integer($0) } ?? .null, "of": job.of.map { .integer($0) } ?? .null,
            "overdue": .bool(job.isOverdue),
        ]
    }
}
