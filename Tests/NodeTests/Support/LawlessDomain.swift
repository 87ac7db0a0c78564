import Replication
import SQLite
import ServiceDesk

/// The desk's rules without any that forbids: what a branch with changed software could write.
struct LawlessDomain: Domain {
    private let desk = DeskDomain()

    func authority(over kind: EntityKind) -> Authority? { desk.authority(over: kind) }

    func knows(_ field: Field, of kind: EntityKind) -> Bool { true }

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
