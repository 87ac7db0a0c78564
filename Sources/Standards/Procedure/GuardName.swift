/// Everything that a transition can be made to depend on. There is no expression language: whoever reads a pack knows
/// each of these, and both the desk and the hub check them.
public enum GuardName: String, Hashable, Sendable, CaseIterable {
    case fieldIs
    case fieldIsNot
    case requiredWhen
    case requiredFrom
    case covers
    case stepsDone
    case childrenFinal
    case childIs
    case linkedIs
    case reviewPassed
    case reviewVetoed
    case atOwner
    case atProvince
    case within
    case catalogued
    case recommended
    case differentPerson
    case noHandOver
    case spaced
    case withinAuthority
    case knownCircuit

    /// The most that there may ever be, so that people can know them all.
    public static let limit = 25

    /// What it asks for.
    public var meaning: String {
        switch self {
        case .fieldIs: "The field has one of the values"
        case .fieldIsNot: "The field has none of the values"
        case .requiredWhen: "While the field has one of the values, the others are filled in"
        case .requiredFrom: "From a number in the field on, another field has one of the values"
        case .covers:
            "Everything in the set `of` is in the set `set` too, unless the field `unless` gives a reason and whoever "
                + "takes it holds one of `roles`"
        case .stepsDone: "Every step of the ticket is done"
        case .childrenFinal: "Every child ticket of these types has ended"
        case .childIs: "A child ticket of the type has one of the values in the field"
        case .linkedIs:
            "The ticket that the field `link` names has one of the values in its field, and is valid until after now"
        case .reviewPassed: "In the review's last round every department has approved"
        case .reviewVetoed: "The review's last round was vetoed"
        case .atOwner: "It is taken at the site that owns the ticket"
        case .atProvince: "It is taken at the hub"
        case .within: "It is taken between the times in two fields"
        case .catalogued: "The business may be ordered over the way of access"
        case .recommended: "The access scheme is the one recommended to the customer's class, or a reason is given"
        case .differentPerson: "It is taken by another person than the transition `than` was"
        case .noHandOver: "No hand-over to another department waits for acceptance"
        case .withinAuthority: "The number in the field is not above what a role of whoever takes it may decide"
        case .spaced: "It was not taken within the last minutes"
        case .knownCircuit: "The circuit that the ticket names, if any, is known, or the field `unless` gives a reason"
        }
    }
}
