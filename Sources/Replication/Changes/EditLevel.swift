/// The protocol from which on something may be written: a site writes nothing that its hub does not know, so that
/// nothing waits there for an upgrade. A release that brings a new edit, a new form of one, a new kind or a new field
/// announces a higher protocol, and names it here or in its domain's ``LevelTable``.
public enum EditLevel {
    /// What every version knows.
    public static let first: UInt16 = 1
    /// The highest level of anything that this version can write or fold; never above the highest protocol that it
    /// speaks.
    public static let current: UInt16 = 3
    /// The hub seals its own changes.
    static let seals: UInt16 = 2
    /// Of what this version does not know, and so must not write.
    static let unknown: UInt16 = .max
}

/// From which protocol on a domain has its kinds and fields; what is not listed has been there from the first.
public struct LevelTable: Sendable {
    public static let first = LevelTable()

    private var kinds: [EntityKind: UInt16] = [:]
    /// A few of each kind: they are looked through, since every edit of every change asks.
    private var fields: [EntityKind: [FieldLevel]] = [:]

    struct FieldLevel: Sendable {
        let field: Field
        let level: UInt16
    }

    public init() {}

    /// Says from which protocol on there is a kind.
    public mutating func add(_ kind: EntityKind, from level: UInt16) { kinds[kind] = level }

    /// Says from which protocol on a kind has a field.
    public mutating func add(_ field: Field, of kind: EntityKind, from level: UInt16) {
        fields[kind, default: []].append(FieldLevel(field: field, level: level))
    }

    func level(of kind: EntityKind) -> UInt16 { kinds[kind] ?? EditLevel.first }

    func levels(of kind: EntityKind) -> [FieldLevel] { fields[kind] ?? [] }
}

extension Change {
    /// The lowest protocol that a hub must speak to judge this change; no protocol there is for one that this version
    /// does not know itself.
    /// - Parameter table: of the domain whose entity it is.
    public func levelNeeded(_ table: LevelTable) -> UInt16 {
        let fields = table.levels(of: entity.kind)
        var level = table.level(of: entity.kind)
        // By their places: an edit is large, and every change asks.
        for place in edits.indices { level = max(level, edits[place].level(fields)) }
        return level
    }
}

extension Edit {
    /// - Parameter fields: from which protocol on the entity's kind has them.
    fileprivate func level(_ fields: [LevelTable.FieldLevel]) -> UInt16 {
        switch self {
        case .assign(let field, _), .add(let field, _), .remove(let field, _), .count(let field, _):
            fields.first { $0.field == field }?.level ?? EditLevel.first
        case .create(let creation): creation.rules == FoldRules.first.rawValue ? EditLevel.first : EditLevel.unknown
        case .transition, .vote, .grant, .revoke, .note, .attach, .request, .answer, .settle: EditLevel.first
        case .seal: EditLevel.seals
        case .unknown: EditLevel.unknown
        }
    }
}
