extension Database {
    /// Brings the schema up to date: runs the steps the database has not had, each in its own transaction, in the order
    /// of their editions and within one as given.
    ///
    /// The number of steps taken is kept in `PRAGMA user_version`. A step that throws is rolled back, and those
    /// before it stand.
    ///
    /// - Throws: ``SQLiteError`` of kind `newerDatabase`, before anything is changed, when the database has had
    ///   more steps than are given; what a step throws.
    public func migrate(_ steps: [Migration]) throws {
        let migrations = steps.enumerated().sorted {
            ($0.element.since, $0.offset) < ($1.element.since, $1.offset)
        }.map(\.element)
        var version = try schemaVersion()
        guard version <= migrations.count else {
            throw SQLiteError(
                kind: .newerDatabase, operation: .migrate,
                message: "the database is at version \(version), this program knows \(migrations.count)")
        }
        while version < migrations.count {
            let migration = migrations[version]
            try transaction(.immediate) {
                try migration.apply(self)
                guard !hasOpenForeignKeys else {
                    throw SQLiteError(
                        kind: .constraint, operation: .migrate,
                        message: "the step '\(migration.name)' leaves a foreign key violated")
                }
                try execute(SQL(trusted: "PRAGMA user_version = \(version + 1)"))
            }
            version += 1
        }
    }

    /// How many migrations the database has had.
    ///
    /// - Throws: ``SQLiteError``.
    public func schemaVersion() throws -> Int {
        try first("PRAGMA user_version") { $0.int(0) } ?? 0
    }
}
