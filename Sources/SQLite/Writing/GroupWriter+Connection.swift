extension GroupWriter {
    /// Uses the connection between groups, as for a migration or a check. Must not be called from a job or a hook.
    ///
    /// - Throws: what `body` throws; ``SQLiteError`` when the writer has stopped.
    public func withDatabase<T: Sendable>(_ body: (Database) throws -> T) throws -> T {
        var refusals = WriteGroup.noDeliveries
        defer {
            for refusal in refusals {
                refusal()
            }
        }
        return try connection.withLock { connection in
            if let refusal = Self.refusal(in: state) {
                throw refusal
            }
            guard let database = connection.database else { preconditionFailure("a writer that writes is open") }
            database.storageFailure = nil
            defer { refusals = stop(after: database.storageFailure) }
            return try body(database)
        }
    }

    /// Closes the connection and takes a new one; on success jobs are taken again, unless `readOnly` says why not.
    ///
    /// The old connection is closed first and leaves the log as it is, so that the new one recovers from what is
    /// really on the disk. ``afterRollback`` is called, because the last commit may have come out other than
    /// memory has it. Must not be called from a job or a hook.
    ///
    /// - Throws: what `open` throws; the writer then stays stopped.
    public func reopen(readOnly reason: String? = nil, open: () throws -> Database) throws {
        let refusals = try connection.withLock { connection in
            let refusals = state == .writing ? stop(.readOnly("the database is being reopened")) : []
            connection.database?.closeWithoutCheckpoint()
            connection.database = nil
            connection.database = try open()
            afterRollback?()
            shared.withLock { $0.state = reason.map { .readOnly($0) } ?? .writing }
            return refusals
        }
        for refusal in refusals {
            refusal()
        }
    }

    /// Fails what waits and closes the connection; further jobs are refused until ``reopen(open:)``.
    public func close() {
        let refusals = connection.withLock { connection in
            let isSound = state == .writing
            let refusals = stop(.readOnly("the database has been closed"))
            if isSound {
                connection.database?.close()
            } else {
                connection.database?.closeWithoutCheckpoint()
            }
            connection.database = nil
            return refusals
        }
        for refusal in refusals {
            refusal()
        }
    }

    /// Stops the writer when the disk has failed, and gives the refusals of what waits.
    func stop(after failure: SQLiteError?) -> [@Sendable () -> Void] {
        guard let failure else { return [] }
        return stop(.readOnly("\(failure.message); \(failure.hint)"))
    }
}
