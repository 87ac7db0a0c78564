import Replication
import Standards

/// What is known of a circuit, by the words that clients use.
public enum CircuitFacts {
    public static let all = CircuitFact.allCases.map(\.word) + ["customer", "retired"]

    public static func field(_ fact: CircuitFact) -> Field {
        switch fact {
        case .endA: CircuitField.endA
        case .endZ: CircuitField.endZ
        case .route: CircuitField.route
        case .grade: CircuitField.grade
        case .department: CircuitField.department
        case .team: CircuitField.team
        case .accessClass: CircuitField.accessClass
        case .business: CircuitField.business
        }
    }

    /// The field of a word and what it is to hold.
    /// - Returns: or else what is wrong with them.
    static func read(_ word: String, _ value: Value, _ pack: StandardPack) -> (edit: Edit?, problem: Flaw?) {
        switch (word, value) {
        case ("customer", .null): return (.assign(CircuitField.customer, .null), nil)
        case ("customer", .text(let text)):
            guard let id = EntityID(kind: .customer, text: text.lowercased()) else {
                return (nil, "is not the identifier of a customer")
            }
            return (.assign(CircuitField.customer, .bytes(id.bytes)), nil)
        case ("retired", .bool): return (.assign(CircuitField.isRetired, value), nil)
        case ("retired", _): return (nil, .notAFlag)
        default:
            guard let fact = CircuitFact.allCases.first(where: { $0.word == word }) else {
                return (nil, "is no fact of a circuit\(hint(word))")
            }
            if let problem = problem(fact, value, pack) { return (nil, problem) }
            return (.assign(field(fact), value == .text("") ? .null : value), nil)
        }
    }

    private static func hint(_ word: String) -> String {
        NearestWord.nearest(to: word, among: all).map { "; did you mean \($0)?" } ?? ""
    }

    private static func problem(_ fact: CircuitFact, _ value: Value, _ pack: StandardPack) -> Flaw? {
        if value == .null || value == .text("") { return nil }
        guard let text = value.textValue else { return .notAText }
        let known: [String]
        switch fact {
        case .department: known = pack.organisation.departments.map(\.id)
        case .accessClass: known = pack.procedure.catalogue?.classes.map(\.id) ?? []
        case .business: known = pack.procedure.catalogue?.businesses.map(\.id) ?? []
        default: known = []
        }
        if !known.isEmpty, !known.contains(text) { return .noOption(of: known) }
        return DeskLimits.problem(text, longestLength: DeskLimits.circuitFactLength)
    }
}
