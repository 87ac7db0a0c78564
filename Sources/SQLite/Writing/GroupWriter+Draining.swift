extension GroupWriter {
    /// Runs the jobs that wait at the call, group by group, and tells their callers.
    ///
    /// Jobs that come in meanwhile, as from a completion, wait for the next call. A second thread that drains at
    /// the same time waits for its turn. Must not be called from a job or a hook.
    @discardableResult
    public func drain() -> DrainSummary {
        var summary = DrainSummary()
        var left = waitingCount
        while left > 0 {
            let outcome = connection.withLock { runGroup(on: $0.database, atMost: min(left, limits.jobsInGroup)) }
            guard !outcome.deliveries.isEmpty else { break }
            left -= outcome.deliveries.count
            summary.groups += 1
            summary.committed += outcome.committed
            summary.failed += outcome.deliveries.count - outcome.committed
            for delivery in outcome.deliveries {
                delivery()
            }
            checkpointIfNeeded()
        }
        summary.waiting = waitingCount
        return summary
    }

    private func runGroup(on database: Database?, atMost limit: Int) -> WriteGroup.Outcome {
        guard let database else { return WriteGroup.Outcome() }
        let group = shared.withLock { shared in
            let jobs = Array(shared.waiting.prefix(limit))
            shared.waiting.removeFirst(jobs.count)
            return WriteGroup(jobs: jobs, beforeCommit: shared.beforeCommit, afterRollback: shared.afterRollback)
        }
        guard !group.jobs.isEmpty else { return WriteGroup.Outcome() }
        var outcome = group.run(on: database)
        if let state = outcome.stop {
            outcome.deliveries += stop(state)
        }
        return outcome
    }

    /// Puts everything into the database file and cuts the log to nothing, so that no page of the past stays in it.
    /// - Returns: whether it was done; a reader may be in the way.
    public func wipeLog() -> Bool { maintain { try $0.checkpoint(truncate: true) } }

    /// Writes the whole database anew, so that nothing is left of what was erased; every write waits.
    /// - Returns: whether it was done; a reader may be in the way, or the disk full.
    public func rewrite() -> Bool { maintain { try $0.rewrite() } }

    private func maintain(_ work: (Database) throws -> Void) -> Bool {
        connection.withLock { connection in
            guard let database = connection.database, state == .writing else { return false }
            do {
                try work(database)
                return true
            } catch {
                return false
            }
        }
    }

    private func checkpointIfNeeded() {
        let refusals = connection.withLock { connection in
            guard let database = connection.database, state == .writing else { return WriteGroup.noDeliveries }
            database.storageFailure = nil
            // Readers may be in the way: the next group tries again. A failing disk is noted and stops the writer.
            try? database.checkpointIfNeeded(pages: limits.logPages)
            return stop(after: database.storageFailure)
        }
        for refusal in refusals {
            refusal()
        }
    }
}
