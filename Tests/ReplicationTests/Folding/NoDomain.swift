import SQLite

@testable import Replication

/// A domain without rules or tables: for tests of what lies below it.
struct NoDomain: Domain {
    func authority(over kind: EntityKind) -> Authority? { .shared }

    func knows(_ field: Field, of kind: EntityKind) -> Bool { true }

    func isProvinces(_ field: Field, of kind: EntityKind) -> Bool { false }

    func judge(
        _ change: Change, before state: EntityState, author: Author, in database: Database
    ) throws -> Judgement { .admit }

    func audience(of entity: EntityID, _ state: EntityState) -> Audience { .sites([]) }

    func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {}

    func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft] { [] }
}
