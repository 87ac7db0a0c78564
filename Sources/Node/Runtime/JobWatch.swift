import Dispatch
import Synchronization

/// Watches the node's own jobs: each tells that it moves, and one that has not for longer than it may is told to the
/// log and shown by `status`. It looks from a queue of its own, so that a job that hangs does not take its watchman
/// with it.
public final class JobWatch: Sendable {
    static let lookSeconds = 15

    private let log: Log
    private let now: @Sendable () -> Int64
    private let book = Mutex(JobBook())
    private let isEnded = Mutex(false)
    private let queue = DispatchQueue(label: "tributary.jobs", qos: .utility)

    /// - Parameter now: the steady clock, in milliseconds.
    init(log: Log, now: @escaping @Sendable () -> Int64 = { SystemClock.steady() }) {
        self.log = log
        self.now = now
    }

    /// A job begins or shows that it moves.
    func move(_ kind: JobName.Kind, about: String = "", done: Int64? = nil, of: Int64? = nil) {
        let time = now()
        book.withLock { $0.move(JobName(kind, about: about), done: done, of: of, at: time) }
    }

    func end(_ kind: JobName.Kind, about: String = "") {
        book.withLock { $0.end(JobName(kind, about: about)) }
    }

    /// What is under way, with how long ago it began and last moved, in milliseconds.
    public func report() -> [JobReport] {
        let time = now()
        return book.withLock { $0.jobs }.map { JobReport($0, at: time) }
    }

    func begin() { plan() }

    func close() { isEnded.withLock { $0 = true } }

    private func plan() {
        queue.asyncAfter(deadline: .now() + .seconds(Self.lookSeconds)) { [weak self] in
            guard let self, !isEnded.withLock({ $0 }) else { return }
            look()
            plan()
        }
    }

    func look() {
        let time = now()
        let (still, moving) = book.withLock { $0.changes(at: time) }
        for job in still {
            log.line(
                "jobs", about: job.name.about, kind: "\(job.name.kind.rawValue) stands still",
                "ALARM: \(job.name.text) has not moved for \((time - job.moved) / 1_000) s; it may take "
                    + "\(job.name.deadlineMilliseconds / 1_000) s. \(JobReport.remedy)")
        }
        for job in moving {
            log.line("jobs", about: job.name.about, kind: "a job moves again", "\(job.name.text) moves again")
        }
    }
}

/// One job as `status` shows it.
public struct JobReport: Equatable, Sendable {
    static let remedy =
        "Look at the lines before this one; if nothing explains it, stop the node and start it again: nothing is lost."

    public let name: JobName
    public let sinceMilliseconds: Int64
    public let movedMilliseconds: Int64
    public let done: Int64?
    public let of: Int64?
    public let isOverdue: Bool

    init(_ job: JobBook.Job, at now: Int64) {
        name = job.name
        sinceMilliseconds = now - job.since
        movedMilliseconds = now - job.moved
        done = job.done
        of = job.of
        isOverdue = job.isOverdue(at: now)
    }
}
