extension Guard {
    /// The fields of the ticket itself that it looks at.
    public var fields: [String] {
        switch self {
        case .fieldIs(let field, _), .fieldIsNot(let field, _), .withinAuthority(let field, _): [field]
        case .requiredWhen(let field, _, let others): [field] + others
        case .requiredFrom(let field, _, let other, _): [field, other]
        case .linkedIs(let link, _, _, _): [link]
        case .within(let from, let to): [from, to]
        case .catalogued(let accessClass, let business): [accessClass, business]
        case .recommended(let scheme, let customerClass, let unless): [scheme, customerClass, unless]
        case .covers, .knownCircuit, .stepsDone, .childrenFinal, .childIs, .reviewPassed, .reviewVetoed, .atOwner,
            .atProvince, .differentPerson, .noHandOver, .spaced:
            asks
        }
    }

    /// Those that are asked for together with the step that depends on it.
    public var asks: [String] {
        switch self {
        case .requiredWhen(_, _, let others): others
        case .requiredFrom(_, _, let other, _): [other]
        case .recommended(_, _, let unless): [unless]
        case .covers(_, _, let unless, _), .knownCircuit(let unless): unless.map { [$0] } ?? []
        default: []
        }
    }
}

extension TransitionRule {
    /// The fields that whoever takes it may have to fill in: what it requires, then what its guards ask for.
    public var asks: [String] {
        var seen: Set<String> = []
        return (requires + guards.flatMap(\.asks)).filter { seen.insert($0).inserted }
    }
}
