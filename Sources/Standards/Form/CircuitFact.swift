/// What is known of a circuit that a field of a form may be filled from, once a ticket's circuit is chosen.
public enum CircuitFact: String, Hashable, Sendable, CaseIterable {
    case endA = "circuit.endA"
    case endZ = "circuit.endZ"
    case route = "circuit.route"
    case grade = "circuit.grade"
    case department = "circuit.department"
    case team = "circuit.team"
    case accessClass = "circuit.accessClass"
    case business = "circuit.business"

    /// What clients and people call it by.
    public var word: String { String(rawValue.dropFirst("circuit.".count)) }
}
