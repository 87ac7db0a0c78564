import Hashing
import Replication
import SQLite

/// Who holds which role at a site, as far as this site knows.
///
/// Until the province has begun a site's roster, anybody there may do anything. Beginning it takes that right away like
/// any other: by revoking it, so that what was done before the site heard of it stands.
public struct Roster: Sendable {
    /// The right that everybody has where there is no roster.
    public static let open = Grant(person: "*", role: "*")
    /// Characters of a person's name.
    public static let personLength = 64
    /// Pairs of a person and a role, held or once held.
    public static let holdingsLimit = 2_000

    public let row: EntityRow

    /// The entity that holds a site's roster; no other site can make one of that name.
    public static func name(of site: SiteID) -> EntityID {
        let hash = SHA256.hash(Array("staff of \(site.text)".utf8))
        return EntityID(kind: .staff, bytes: Array(hash.prefix(16))) ?? EntityID(kind: .staff, high: 0, low: 0)
    }

    /// - Returns: nil while it has not been begun, or has not come here.
    public static func current(of site: SiteID, in store: SiteStore) throws -> Roster? {
        // Most sites hold none, and every change asks.
        guard try anyIsHeld(in: store), let row = try store.row(name(of: site)), row.state.exists, !row.isWithdrawn
        else { return nil }
        return Roster(row: row)
    }

    private static let question = Question<Bool>()
    private static let anyHeld: SQL = "SELECT 1 FROM roster LIMIT 1"

    static func anyIsHeld(in store: SiteStore) throws -> Bool {
        try store.remembered(question) { try store.database.first(anyHeld) { _ in true } ?? false }
    }

    static func project(_ row: EntityRow, isVisible: Bool, in store: SiteStore) throws {
        store.forget(question)
        let sql: SQL = isVisible ? "INSERT OR IGNORE INTO roster VALUES (?)" : "DELETE FROM roster WHERE entity = ?"
        try store.database.run(sql, row.number)
    }

    static func problems(of row: EntityRow, in database: Database) throws -> [String] {
        let isListed = try database.first("SELECT 1 FROM roster WHERE entity = ?", row.number) { _ in true } ?? false
        return isListed ? [] : ["Roster \(row.id.text) is not listed."]
    }

    /// The roles that a person holds, sorted.
    public func roles(of person: String) -> [String] {
        row.state.holdings.entries.filter { $0.key.person == person && !$0.value.grants.isEmpty }.map(\.key.role)
    }

    /// Everybody who holds a role, in an order of bytes.
    public var people: [(person: String, roles: [String])] {
        var found: [(person: String, roles: [String])] = []
        for held in row.state.holdings.entries where !held.value.grants.isEmpty {
            if found.last?.person == held.key.person {
                found[found.count - 1].roles.append(held.key.role)
            } else {
                found.append((held.key.person, [held.key.role]))
            }
        }
        return found
    }

    /// What took rights from a person: each role that is held no longer, and the right that everybody once had.
    func revocations(of person: String) -> [(role: String, by: ChangeReference)] {
        row.state.holdings.entries
            .filter { [person, Self.open.person].contains($0.key.person) && $0.value.grants.isEmpty }
            .flatMap { held in held.value.revocations.map { (held.key.role, $0) } }
    }
}
