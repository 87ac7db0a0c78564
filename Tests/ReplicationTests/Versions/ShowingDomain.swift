import SQLite

@testable import Replication

/// Lays entities out in a table, as the desk does: the number of notes, and a field that only an upgraded site knows.
struct ShowingDomain: Domain {
    var base = TestDomain()

    static let upgraded = ShowingDomain(base: .upgraded)

    static func prepare(_ database: Database) throws {
        try database.execute("CREATE TABLE shown (entity INTEGER PRIMARY KEY, notes INTEGER NOT NULL, later TEXT)")
    }

    func authority(over kind: EntityKind) -> Authority? { base.authority(over: kind) }

    func knows(_ field: Field, of kind: EntityKind) -> Bool { base.knows(field, of: kind) }

    func isProvinces(_ field: Field, of kind: EntityKind) -> Bool { base.isProvinces(field, of: kind) }

    func judge(
        _ change: Change, before state: EntityState, author: Author, in database: Database
    ) throws -> Judgement { try base.judge(change, before: state, author: author, in: database) }

    func audience(of entity: EntityID, _ state: EntityState) -> Audience { base.audience(of: entity, state) }

    func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        guard isVisible, base.authority(over: row.id.kind) != nil else { return }
        try database.run(
            "INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", row.number, Int64(row.state.notes),
            base.isUpgraded ? row.state[TestDomain.later].textValue : nil)
    }

    func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft] { [] }
}

extension TestSite {
    /// What the site shows of an entity; nil when it shows nothing.
    func shown(_ entity: EntityID) throws -> (notes: Int, later: String?)? {
        try database.first(
            """
            SELECT notes, later FROM shown JOIN entity ON entity.number = shown.entity WHERE id = ? AND kind = ?
            """, entity.bytes, Int64(entity.kind.rawValue)
        ) { (notes: $0.int(0), later: $0.textOrNil(1)) }
    }
}
