import Replication
import SQLite

/// Accounts and what belongs to them, in a site's database.
public struct AccessTables {
    let database: Database

    public init(_ database: Database) { self.database = database }

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
