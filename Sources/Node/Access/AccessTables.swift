import Replication
import SQLite

/// Accounts and what belongs to them, in a site's database.
public struct AccessTables {
    let database: Database

    public init(_ database: Database) { self.database = database }

    // MARK: - Accounts

    /// By name.
    public func accounts() throws -> [Account] {
        try database.all(
            """
            SELECT name, access, password, must_change, is_locked, failures, failed, made FROM account ORDER BY name
            """, map: Self.account)
    }

    public func account(_ name: String) throws -> Account? {
        try database.first(
            """
            SELECT name, access, password, must_change, is_locked, failures, failed, made FROM account WHERE name = ?
            """, name, map: Self.account)
    }

    /// A level that this version does not know is the lowest.
    private static func account(_ row: Row) -> Account {
        Account(
            name: row.text(0), access: AccessLevel(rawValue: row.text(1)) ?? .observer, password: row.textOrNil(2),
            mustChangePassword: row.bool(3), isLocked: row.bool(4),
            backoff: Backoff(failures: row.int(5), time: row.int64(6)), made: row.int64(7))
    }

    public func put(_ account: Account) throws {
        try database.run(
            "INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?)", account.name, account.access.rawValue,
            account.password, account.mustChangePassword, account.isLocked, account.backoff.failures,
            account.backoff.time, account.made)
    }

    /// With everything that is its own.
    public func removeAccount(_ name: String) throws {
        try database.run("DELETE FROM account WHERE name = ?", name)
        try endSessions(of: name)
        try removeInvitations(of: name)
    }

    /// Whether somebody could still administer the node without this account.
    public func hasOtherAdministrator(than name: String) throws -> Bool {
        try accounts().contains { $0.name != name && $0.canAdminister }
    }

    // MARK: - Sessions

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

    // MARK: - Links

    /// Of several links of one person the last made is good.
    public func put(_ invitation: Invitation) throws {
        try removeInvitations(of: invitation.account)
        try database.run(
            "INSERT INTO invitation VALUES (?, ?, ?, ?)", invitation.digest, invitation.account, invitation.expires,
            invitation.origin.raw)
    }

    public func invitation(_ digest: [UInt8]) throws -> Invitation? {
        try database.first("SELECT digest, account, expires, origin FROM invitation WHERE digest = ?", digest) { row in
            Invitation(
                digest: row.blob(0), account: row.textOrNil(1), expires: row.int64(2),
                origin: OriginID(raw: row.uint64(3)))
        }
    }

    public func removeInvitations(of account: String?) throws {
        try database.run("DELETE FROM invitation WHERE account IS ?", account)
    }

    // MARK: - Tokens

    /// By name.
    public func tokens() throws -> [APIToken] {
        try database.all("SELECT name, digest, scopes, made, maker FROM api_token ORDER BY name") { row in
            let scopes = row.text(2).split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }
            return APIToken(
                name: row.text(0), digest: row.blob(1), scopes: scopes, made: row.int64(3), maker: row.text(4))
        }
    }

    public func put(_ token: APIToken) throws {
        try database.run(
            "INSERT INTO api_token VALUES (?, ?, ?, ?, ?)", token.name, token.digest,
            token.scopes.map(\.rawValue).joined(separator: " "), token.made, token.maker)
    }

    /// - Returns: whether there was one.
    public func removeToken(_ name: String) throws -> Bool {
        try database.run("DELETE FROM api_token WHERE name = ?", name) > 0
    }

    /// Whether an account or a token acts under this name.
    public func isTaken(_ name: String) throws -> Bool {
        try account(name) != nil || tokens().contains { $0.name == name }
    }

    // MARK: - The record

    public func record(_ record: SignInRecord) throws {
        try database.run(
            "INSERT INTO sign_in (time, name, address, outcome, actor) VALUES (?, ?, ?, ?, ?)", record.time,
            record.name, record.address, record.outcome.rawValue, record.actor)
        try database.run(
            "DELETE FROM sign_in WHERE number <= (SELECT max(number) FROM sign_in) - ?", AccessLimits.signInsKept)
    }

    /// Newest first.
    public func records(atMost limit: Int) throws -> [SignInRecord] {
        try database.all("SELECT time, name, address, outcome, actor FROM sign_in ORDER BY number DESC LIMIT ?", limit)
        {
            row in
            SignInRecord.Outcome(rawValue: row.text(3)).map { outcome in
                SignInRecord(
                    time: row.int64(0), name: row.textOrNil(1), address: row.text(2), outcome: outcome,
                    actor: row.textOrNil(4))
            }
        }.compactMap { $0 }
    }

    // MARK: - Copies

    /// What a backup must not keep: whoever holds it could go on with a session, or choose somebody's password.
    public func removeWhatOpens() throws {
        // A node of an earlier version has made none of it.
        let isThere = try database.first("SELECT 1 FROM sqlite_schema WHERE name = 'invitation'") { _ in true }
        guard isThere != nil else { return }
        try database.execute("DELETE FROM account_session; DELETE FROM invitation;")
    }

    /// Takes over the accounts and tokens of a standby of which a hub is made. Its people sign in again.
    public func takeOver(from source: AccessTables) throws {
        for account in try source.accounts() { try put(account) }
        for token in try source.tokens() { try put(token) }
        for record in try source.records(atMost: AccessLimits.signInsKept).reversed() { try self.record(record) }
    }
}
