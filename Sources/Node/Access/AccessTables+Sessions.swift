import Replication

/// Who is signed in.
extension AccessTables {
    /// - Parameter account: whose; nil for everybody's.
    public func sessions(of account: String? = nil) throws -> [AccountSession] {
        try database.all(
            """
            SELECT digest, account, origin, made, seen FROM account_session
            WHERE ?1 IS NULL OR account = ?1 ORDER BY digest
            """, account
        ) { row in
            AccountSession(
                digest: row.blob(0), account: row.text(1), origin: OriginID(raw: row.uint64(2)), made: row.int64(3),
                seen: row.int64(4))
        }
    }

    /// Adds one and ends those beyond the account's limit, and those that have ended by themselves.
    /// - Returns: the digests of those that were removed.
    public func add(_ session: AccountSession) throws -> [[UInt8]] {
        let own = try sessions(of: session.account)
        let ended = own.filter { $0.hasEnded(at: session.made) || $0.origin != session.origin }
        let going = own.filter { !ended.contains($0) }.sorted { ($0.seen, $0.made) < ($1.seen, $1.made) }
        let beyond = going.prefix(max(0, going.count + 1 - AccessLimits.sessionsOfAccount))
        for gone in ended + beyond { try endSession(gone.digest) }
        try database.run(
            "INSERT INTO account_session VALUES (?, ?, ?, ?, ?)", session.digest, session.account,
            session.origin.raw, session.made, session.seen)
        return (ended + beyond).map(\.digest)
    }

    public func note(_ digest: [UInt8], seen: Int64) throws {
        try database.run("UPDATE account_session SET seen = ? WHERE digest = ?", seen, digest)
    }

    public func endSession(_ digest: [UInt8]) throws {
        try database.run("DELETE FROM account_session WHERE digest = ?", digest)
    }

    /// - Parameter kept: one that goes on.
    public func endSessions(of account: String, except kept: [UInt8]? = nil) throws {
        try database.run("DELETE FROM account_session WHERE account = ? AND digest IS NOT ?", account, kept)
    }
}
