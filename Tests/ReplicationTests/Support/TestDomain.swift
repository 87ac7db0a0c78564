import SQLite

@testable import Replication

/// A desk just large enough to try replication on: tickets that several sites share, and one thing of the province's.
struct TestDomain: Domain {
    static let ticket = EntityKind(rawValue: 16)
    /// A kind that only an upgraded site knows.
    static let newer = EntityKind(rawValue: 17)
    /// Written by the province alone, for everyone.
    static let standard = EntityKind(rawValue: 18)

    /// A text; "forbidden" is refused.
    static let title = Field(rawValue: 2)
    static let remark = Field(rawValue: 3)
    /// The site that owns the ticket.
    static let home = Field(rawValue: 4)
    /// The site to which the ticket has been offered.
    static let offered = Field(rawValue: 5)
    static let calls = Field(rawValue: 6)
    /// Written by the province alone.
    static let verdict = Field(rawValue: 19)
    /// A field that only an upgraded site knows.
    static let later = Field(rawValue: 21)
    static let collaborators = Field(rawValue: 32)

    /// Whether "forbidden" is refused and the province's fields are kept from branches.
    var isStrict = true
    var isUpgraded = false
    var mischief: Mischief = .none

    /// Lets a branch write what the hub refuses.
    static let permissive = TestDomain(isStrict: false)
    static let upgraded = TestDomain(isUpgraded: true)

    func authority(over kind: EntityKind) -> Authority? {
        switch kind {
        case Self.ticket: .shared
        case Self.newer: isUpgraded ? .shared : nil
        case Self.standard: isStrict ? .province : .shared
        default: nil
        }
    }

    func knows(_ field: Field, of kind: EntityKind) -> Bool {
        field.rawValue <= 20 || field == Self.collaborators || (isUpgraded && field == Self.later)
    }

    func isProvinces(_ field: Field, of kind: EntityKind) -> Bool { isStrict && field == Self.verdict }

    func judge(
        _ change: Change, before state: EntityState, author: Author, in database: Database
    ) throws -> Judgement {
        let isForbidden = change.edits.contains(.assign(Self.title, .text("forbidden")))
        return isStrict && isForbidden ? .refuse("This title is forbidden. Choose another.") : .admit
    }

    func isForEveryone(_ kind: EntityKind) -> Bool { kind == Self.standard }

    func audience(of entity: EntityID, _ state: EntityState) -> Audience {
        if entity.kind == Self.standard { return .everyone }
        let named = [state[Self.home], state[Self.offered]] + state.elements(of: Self.collaborators)
        return .only(named.compactMap(\.textValue).map { SiteID($0) })
    }

    func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {}

    func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft] { [] }
}
