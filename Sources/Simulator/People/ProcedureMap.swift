import Standards

/// What can be learnt from a ticket type's procedure by reading it once: which way leads to the end, and what fields
/// mean to its guards.
struct ProcedureMap {
    /// What a field with the number of another ticket must find there.
    struct Link {
        let field: String
        let values: [String]
        let validUntil: String?
    }

    /// How many transitions lie between a state and the regular end, at least.
    private let distances: [String: Int]
    private let links: [String: Link]
    /// Fields that say what the linked ticket says: by name, the link.
    private let mirrors: [String: String]
    /// Fields between which something is done.
    let windowStarts: [String]
    let windowEnds: [String]

    init(_ type: TicketType) {
        distances = Self.distances(in: type)
        var links: [String: Link] = [:]
        var mirrors: [String: String] = [:]
        var starts: [String] = []
        var ends: [String] = []
        for transition in type.transitions {
            for case .linkedIs(let link, let field, let values, let validUntil) in transition.guards {
                links[link] = Link(field: field, values: values, validUntil: validUntil)
                for case .fieldIs(let own, let said) in transition.guards where said == values { mirrors[own] = link }
            }
            for case .within(let from, let to) in transition.guards {
                starts.append(from)
                ends.append(to)
            }
        }
        self.links = links
        self.mirrors = mirrors
        (windowStarts, windowEnds) = (starts, ends)
    }

    func link(_ field: String) -> Link? { links[field] }

    /// The link that a field repeats something of.
    func mirrored(_ field: String) -> Link? { mirrors[field].flatMap { links[$0] } }

    func isAhead(_ transition: TransitionRule, from state: String) -> Bool {
        guard ![.cancel, .reject].contains(transition.kind), let there = distances[transition.to] else { return false }
        return there < distances[state] ?? .max
    }

    /// A ticket that was given up has ended too, but nobody works towards that.
    private static func distances(in type: TicketType) -> [String: Int] {
        let good = type.states.filter { $0.isFinal && $0.status == .closed }
        var known: [String: Int] = [:]
        for state in good.isEmpty ? type.states.filter(\.isFinal) : good { known[state.id] = 0 }
        for round in 1...max(1, type.states.count) {
            for rule in type.transitions where known[rule.to] == round - 1 {
                for state in rule.from where known[state] == nil { known[state] = round }
            }
        }
        return known
    }
}
