/// The jobs that share one transaction, and one sync of the disk.
struct WriteGroup {
    let jobs: [WriteJob]
    let beforeCommit: (@Sendable (Database) throws -> Void)?
    let afterRollback: (@Sendable () -> Void)?

    /// What became of the jobs.
    struct Outcome {
        /// Tells each caller, in the order of the jobs; called after the transaction has ended.
        var deliveries: [@Sendable () -> Void] = []
        var committed = 0
        /// Set when the writer must stop.
        var stop: GroupWriter.State?
    }

    static let noDeliveries: [@Sendable () -> Void] = []

    private enum Result {
        case ran(@Sendable () -> Void)
        case failed(any Error)
    }

    func run(on database: Database) -> Outcome {
        database.storageFailure = nil
        do {
            try database.begin(.immediate)
        } catch {
            return fail(all: error, on: database)
        }
        var results: [Result] = []
        let rollbacks = database.hooks.rollbackCount
        do {
            try runJobs(into: &results, on: database, rollbacks: rollbacks)
            try runHook(on: database, rollbacks: rollbacks)
            try database.settle()
        } catch {
            database.rollBack()
            afterRollback?()
            return fail(results, because: error, on: database)
        }
        return commit(results, on: database)
    }

    /// Runs each job in its savepoint. Throws when the group cannot go on.
    private func runJobs(into results: inout [Result], on database: Database, rollbacks: Int) throws {
        database.hooks.refusesCommit = true
        defer { database.hooks.refusesCommit = false }
        if jobs.count == 1 { return try runAlone(jobs[0], into: &results, on: database, rollbacks: rollbacks) }
        for job in jobs {
            do {
                let delivery = try database.savepoint {
                    let delivery = try job.run(database)
                    guard !database.hasOpenForeignKeys else { throw Self.openForeignKeys(job) }
                    return delivery
                }
                results.append(.ran(delivery))
            } catch {
                results.append(.failed(error))
                try check(database, rollbacks: rollbacks, after: job.name)
                afterRollback?()
            }
            try check(database, rollbacks: rollbacks, after: job.name)
        }
    }

    /// A job that is alone in its group needs no savepoint, for which SQLite copies every page that is changed: its
    /// error ends the transaction, and nobody else is in it.
    private func runAlone(
        _ job: WriteJob, into results: inout [Result], on database: Database, rollbacks: Int
    ) throws {
        do {
            let delivery = try job.run(database)
            guard !database.hasOpenForeignKeys else { throw Self.openForeignKeys(job) }
            results.append(.ran(delivery))
        } catch {
            results.append(.failed(error))
            throw error
        }
        try check(database, rollbacks: rollbacks, after: job.name)
    }

    private func runHook(on database: Database, rollbacks: Int) throws {
        guard let beforeCommit else { return }
        database.hooks.refusesCommit = true
        defer { database.hooks.refusesCommit = false }
        try beforeCommit(database)
        try check(database, rollbacks: rollbacks, after: "before commit")
    }

    /// Asked after every job, also one that returned: it may have swallowed the error that ended the transaction.
    private func check(_ database: Database, rollbacks: Int, after name: String?) throws {
        if let failure = database.storageFailure {
            throw failure
        }
        guard !database.isAutocommit, database.hooks.rollbackCount == rollbacks else {
            throw SQLiteError(
                kind: .transactionEnded, operation: .write,
                message: "the transaction was ended by the job '\(name ?? "without a name")'")
        }
    }

    private func commit(_ results: [Result], on database: Database) -> Outcome {
        do {
            try database.commit()
        } catch let error as SQLiteError where !database.isAutocommit && !error.kind.stopsWriting {
            // Refused before anything was written: the transaction is still open.
            database.rollBack()
            afterRollback?()
            return fail(results, because: error, on: database)
        } catch {
            database.rollBack()
            afterRollback?()
            let cause = error as? SQLiteError
            let unknown = SQLiteError(
                kind: .outcomeUnknown, operation: .commit,
                message: "the commit failed (\(cause?.message ?? "for an unknown reason"))", cause: cause)
            var outcome = fail(results, because: unknown, on: database)
            outcome.stop = .outcomeUnknown
            return outcome
        }
        var outcome = Outcome()
        for (job, result) in zip(jobs, results) {
            switch result {
            case .ran(let delivery):
                outcome.committed += 1
                outcome.deliveries.append(delivery)
            case .failed(let error):
                outcome.deliveries.append { job.fail(error) }
            }
        }
        return outcome
    }

    /// Every job fails: one that failed by itself with its own error, any other with `error`.
    private func fail(_ results: [Result], because error: any Error, on database: Database) -> Outcome {
        var outcome = fail(all: error, on: database)
        for (index, result) in results.enumerated() {
            if case .failed(let own) = result {
                let job = jobs[index]
                outcome.deliveries[index] = { job.fail(own) }
            }
        }
        return outcome
    }

    private func fail(all error: any Error, on database: Database) -> Outcome {
        var outcome = Outcome()
        outcome.deliveries = jobs.map { job in { job.fail(error) } }
        if let failure = database.storageFailure {
            outcome.stop = .readOnly("\(failure.message); \(failure.hint)")
        }
        return outcome
    }

    private static func openForeignKeys(_ job: WriteJob) -> SQLiteError {
        SQLiteError(
            kind: .constraint, operation: .write,
            message: "the job '\(job.name ?? "without a name")' leaves a foreign key violated")
    }
}
