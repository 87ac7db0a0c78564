import CSQLite

/// What SQLite tells a connection about its transactions while it works.
final class ConnectionHooks {
    /// How many pages the write-ahead log held after the last commit.
    var logPages = 0
    /// How many transactions were rolled back, by a statement or by SQLite itself.
    private(set) var rollbackCount = 0
    /// While true, a COMMIT becomes a rollback: set around work that must not end the transaction it is part of.
    var refusesCommit = false

    /// Registers with a connection, which must not outlive this object.
    func install(on database: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_commit_hook(
            database,
            { context in
                guard let context else { return 0 }
                return Unmanaged<ConnectionHooks>.fromOpaque(context).takeUnretainedValue().refusesCommit ? 1 : 0
            }, context)
        sqlite3_rollback_hook(
            database,
            { context in
                guard let context else { return }
                Unmanaged<ConnectionHooks>.fromOpaque(context).takeUnretainedValue().rollbackCount += 1
            }, context)
        // Replaces SQLite's own automatic checkpoint, which is made of this very hook.
        sqlite3_wal_hook(
            database,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<ConnectionHooks>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages)
                return SQLITE_OK
            }, context)
    }
}
