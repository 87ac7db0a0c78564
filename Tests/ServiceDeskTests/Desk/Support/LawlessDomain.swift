import Replication
import SQLite
import ServiceDesk

/// The desk without its rules: what a branch with changed software could write.
struct LawlessDomain: Domain {
    private let desk = DeskDomain()

    func authority(over kind: EntityKind) -> Authority? { desk.authority(over: kind).map { _ in .shared } }

    func knows(_ field: Field, of kind: EntityKind) -> Bool { desk.knows(field, of: kind) }

    func isProvinces(_ field: Field, of kind: EntityKind) -> Bool { false }

    func judge(_ change: Change, before state: EntityState, author: Author, in database: Database) -> Judgement {
        .admit
    }

    func audience(of entity: EntityID, _ state: EntityState) -> Audience { desk.audience(of: entity, state) }

    func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        try desk.project(row, isVisible: isVisible, in: database)
    }

    func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft] { [] }
}
