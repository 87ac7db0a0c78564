/// The states of one process and the steps between them, to find what cannot be reached or left.
struct ProcessGraph {
    private let initial: String
    private let states: [TicketState]
    private let transitions: [TransitionRule]

    init(initial: String, states: [TicketState], transitions: [TransitionRule]) {
        self.initial = initial
        self.states = states
        self.transitions = transitions
    }

    /// Reports states that no ticket can reach, that none can leave, and from which no final state can be reached.
    func report(paths: UniqueNames, _ log: FindingLog) {
        let reached = closure(of: [initial]) { rule, known in
            rule.from.contains(where: known.contains) ? [rule.to] : []
        }
        let finishing = closure(of: states.filter(\.isFinal).map(\.id)) { rule, known in
            known.contains(rule.to) ? rule.from : []
        }
        for state in states {
            let path = paths.path(of: state.id) ?? ""
            let name = Finding.quote(state.id)
            if !reached.contains(state.id) {
                log.add(path, "no ticket can reach the state \(name)", "add a transition to it, or remove it")
            }
            if !state.isFinal, !transitions.contains(where: { $0.from.contains(state.id) && $0.to != state.id }) {
                log.add(
                    path, "no transition leads out of the state \(name)", "add one, or mark the state \"final\": true")
            } else if !finishing.contains(state.id) {
                log.add(
                    path, "no final state can be reached from the state \(name)", "add a transition towards the end")
            }
        }
    }

    /// Grows a set of states by what each transition adds to it, until none adds any more.
    private func closure(
        of seeds: [String], _ step: (TransitionRule, _ known: Set<String>) -> [String]
    ) -> Set<String> {
        var known = Set(seeds)
        var size = -1
        while known.count > size {
            size = known.count
            for rule in transitions { known.formUnion(step(rule, known)) }
        }
        return known
    }
}
