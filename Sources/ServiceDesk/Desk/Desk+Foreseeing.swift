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
        let values = TicketValues(state: row.state, edits: try step(rule.name, [:], row).edits)
        let check = guardCheck(values, row, pack, type, life)
        let filledIn = Set(rule.asks)
        let guards = try check.failures(of: rule.guards, beside: filledIn, for: rule.name)
        var standing = guards.standing
        // The type's own rules hold for what alters the ticket: the step itself, or what has to be filled in with it.
        if values.alters || guards.areOthers || !missing(rule, [:], row).isEmpty {
            standing += try check.failures(of: type.work.rules, beside: filledIn, for: rule.name).standing
        }
        for (one, failure) in standing {
            let hindrance = Hindrance(code: one.name.rawValue, field: one.fields.first, about: failure.about)
            if !found.contains(hindrance) { found.append(hindrance) }
        }
        return found
    }
}
