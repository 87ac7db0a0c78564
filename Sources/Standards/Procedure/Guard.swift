/// What must be so for a transition to be taken; see ``GuardName`` for what each means.
public enum Guard: Hashable, Sendable {
    case fieldIs(field: String, values: [String])
    case fieldIsNot(field: String, values: [String])
    case requiredWhen(field: String, values: [String], requires: [String])
    case requiredFrom(field: String, atLeast: Int, requires: String, values: [String])
    case covers(set: String, of: String, unless: String?, roles: [String])
    case stepsDone
    case childrenFinal(types: [String])
    case childIs(type: String, field: String, values: [String])
    case linkedIs(link: String, field: String, values: [String], validUntil: String?)
    case reviewPassed
    case reviewVetoed
    case atOwner
    case atProvince
    case within(from: String, to: String)
    case catalogued(accessClass: String, business: String)
    case recommended(scheme: String, customerClass: String, unless: String)
    case differentPerson(than: String)
    case noHandOver
    case spaced(minutes: Int)
    case withinAuthority(field: String, kind: AuthorityKind)
    case knownCircuit(unless: String?)

    public var name: GuardName {
        switch self {
        case .fieldIs: .fieldIs
        case .fieldIsNot: .fieldIsNot
        case .requiredWhen: .requiredWhen
        case .requiredFrom: .requiredFrom
        case .covers: .covers
        case .stepsDone: .stepsDone
        case .childrenFinal: .childrenFinal
        case .childIs: .childIs
        case .linkedIs: .linkedIs
        case .reviewPassed: .reviewPassed
        case .reviewVetoed: .reviewVetoed
        case .atOwner: .atOwner
        case .atProvince: .atProvince
        case .within: .within
        case .catalogued: .catalogued
        case .recommended: .recommended
        case .differentPerson: .differentPerson
        case .noHandOver: .noHandOver
        case .spaced: .spaced
        case .withinAuthority: .withinAuthority
        case .knownCircuit: .knownCircuit
        }
    }
}
