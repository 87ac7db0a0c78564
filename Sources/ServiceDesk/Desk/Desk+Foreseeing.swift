import Replication
import Standards

extension Desk {
    /// What keeps whoever acts from a step, by the checks that the step itself will be put to. What it asks for is
    /// still to be filled in, and is no reason.
    /// - Parameter rule: one that leaves the state that the ticket is in.
    public func hindrances(to rule: TransitionRule, of row: EntityRow, _ life: Life) throws -> [Hindrance] {
        var found: [Hindrance] = []
        if isTaken(row, life) { found.append(Hindrance(code: "taken", field: nil, about: [])) }
        if try !holds(rule.roles, at: life.site) {
            found.append(Hindrance(code: "role", field: nil, about: rule.roles))
        }
        let (pack, type) = try type(of: row)
        let check = guardCheck(TicketValues(state: row.state), row, pack, type, life)
        let ownFields = Set(rule.asks)
        for one in rule.guards {
            guard let failure = try check.failure(of: one, beside: ownFields, for: rule.name) else { continue }
            found.append(Hindrance(code: one.name.rawValue, field: one.fields.first, about: failure.about))
        }
        return found
    }
}
