import Synchronization

/// Owns the only writing connection and lets jobs that wait at the same time share one commit.
///
/// Jobs are put in from any thread; whoever calls ``drain()`` runs them. Where several share one, each runs in a
/// savepoint of its own, so that its error undoes only its own changes. Nobody is told of success before COMMIT has
/// returned.
///
/// SQLite can end a whole transaction when one statement fails. Then every job of the group fails, those that
/// had already run included. After a full disk, an I/O error or a failed commit the writer stops, and every job
/// is refused at once, until ``reopen(open:)`` has succeeded.
public final class GroupWriter: Sendable {
    /// Whether jobs are taken.
    public enum State: Hashable, Sendable {
        case writing
        /// Nothing is written until the database is reopened; the text says why and what to do.
        case readOnly(String)
        /// A commit failed, so that its changes may or may not be on the disk; reopening shows which.
        case outcomeUnknown
    }

    /// The bounds of the queue and of a group.
    public struct Limits: Hashable, Sendable {
        /// Jobs that may wait; one more is refused with ``SQLiteError/Kind/queueFull``.
        public var waitingJobs = 4_096
        /// Jobs that share one transaction.
        public var jobsInGroup = 256
        /// The growth of the write-ahead log, in pages, after which it is checkpointed.
        public var logPages = 1_000

        public init() {}

        public init(waitingJobs: Int, jobsInGroup: Int, logPages: Int) {
            self.waitingJobs = waitingJobs
            self.jobsInGroup = jobsInGroup
            self.logPages = logPages
        }
    }

    /// What any thread may look at.
    struct Shared {
        var waiting: [WriteJob] = []
        var state = State.writing
        var beforeCommit: (@Sendable (Database) throws -> Void)?
        var afterRollback: (@Sendable () -> Void)?
    }

    /// The connection; nil while a reopening has failed.
    struct Connection {
        var database: Database?
    }

    let limits: Limits
    let shared = Mutex(Shared())
    let connection: Mutex<Connection>

    /// Takes over the writing connection.
    public init(database: sending Database, limits: Limits = Limits()) {
        precondition(limits.waitingJobs > 0 && limits.jobsInGroup > 0 && limits.logPages > 0, "limits are positive")
        self.limits = limits
        connection = Mutex(Connection(database: database))
    }

    /// Whether jobs are taken.
    public var state: State { shared.withLock { $0.state } }

    /// How many jobs wait.
    public var waitingCount: Int { shared.withLock { $0.waiting.count } }

    /// Called once a group, inside the transaction, after its jobs; an error fails the whole group.
    public var beforeCommit: (@Sendable (Database) throws -> Void)? {
        get { shared.withLock { $0.beforeCommit } }
        set { shared.withLock { $0.beforeCommit = newValue } }
    }

    /// Called after every rollback, of a savepoint or of a group, before anything else runs: whatever is cached
    /// from the database is to be read again.
    public var afterRollback: (@Sendable () -> Void)? {
        get { shared.withLock { $0.afterRollback } }
        set { shared.withLock { $0.afterRollback = newValue } }
    }

    /// Puts a job in the queue.
    ///
    /// The job gets the connection inside a transaction; it must not begin or end transactions. The completion is
    /// called exactly once, on the draining thread and outside all locks: with the job's value after the commit,
    /// or with the job's own error, or with the ``SQLiteError`` that ended the group.
    ///
    /// - Returns: true when the queue was empty before, so that somebody has to be told to drain it.
    /// - Throws: ``SQLiteError`` of kind `queueFull`, or of kind `readOnly` or `outcomeUnknown` when the writer
    ///   has stopped; the completion is not called then.
    @discardableResult
    public func enqueue<T: Sendable>(
        _ name: String? = nil, _ job: @escaping @Sendable (Database) throws -> T,
        completion: @escaping @Sendable (Result<T, any Error>) -> Void
    ) throws -> Bool {
        let entry = WriteJob(
            name: name,
            run: { database in
                let value = try job(database)
                return { completion(.success(value)) }
            },
            fail: { completion(.failure($0)) })
        return try shared.withLock { shared in
            if let refusal = Self.refusal(in: shared.state) {
                throw refusal
            }
            guard shared.waiting.count < limits.waitingJobs else {
                throw SQLiteError(
                    kind: .queueFull, operation: .enqueue, message: "\(limits.waitingJobs) jobs are waiting to be saved"
                )
            }
            shared.waiting.append(entry)
            return shared.waiting.count == 1
        }
    }

    /// Stops taking jobs and gives the refusals of those that wait, to be called outside the locks.
    func stop(_ state: State) -> [@Sendable () -> Void] {
        let waiting = shared.withLock { shared in
            shared.state = state
            defer { shared.waiting = [] }
            return shared.waiting
        }
        guard let refusal = Self.refusal(in: state) else { return [] }
        return waiting.map { job in { job.fail(refusal) } }
    }

    /// The error a job gets in a state that takes none.
    static func refusal(in state: State) -> SQLiteError? {
        switch state {
        case .writing:
            nil
        case .readOnly(let reason):
            SQLiteError(kind: .readOnly, operation: .enqueue, message: reason)
        case .outcomeUnknown:
            SQLiteError(
                kind: .outcomeUnknown, operation: .enqueue, message: "nothing is saved since a commit has failed")
        }
    }
}
