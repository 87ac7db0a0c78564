import Replication
import ServiceDesk
import Standards

/// How a ticket is being worked: who has it, its steps, its children, how its review stands.
struct WorkView {
    let row: EntityRow
    let wording: Wording
    let type: TicketType
    let pack: StandardPack
    /// Of whoever looks, who is told what keeps them from each step.
    let desk: Desk

    func members() throws -> [String: JSONValue] {
        let state = row.state
        var members: [String: JSONValue] = ["expedites": .integer(state.counts[TicketField.expedites] ?? 0)]
        let texts = [
            ("department", TicketField.department), ("handOverTo", TicketField.handOverTo),
            ("heldBy", TicketField.heldBy), ("escalation", TicketField.escalation),
        ]
        for (name, field) in texts {
            if let text = state[field].textValue { members[name] = .string(text) }
        }
        let sets = type.fields.filter { $0.kind == .set }.map { form in
            (form.id, JSONValue.array(state.elements(of: FieldNumbers.field(form.id)).map(\.json)))
        }
        if !sets.isEmpty { members["sets"] = .object(Dictionary(sets, uniquingKeysWith: { first, _ in first })) }
        if let circuit = try TicketCircuit(of: state, type, in: wording.store) {
            members["circuit"] = self.circuit(circuit)
        }
        let steps = TicketSteps(of: state, type: type, pack: pack).all
        if !steps.isEmpty { members["steps"] = .array(steps.map(step)) }
        if let template = type.work.review { members["review"] = review(ReviewStanding(of: state, template)) }
        members["nextSteps"] = .array(try type.transitions(from: state.stageName).map(transition))
        let family = try TicketFamily(of: row, in: wording.store)
        if let parent = family.parent { members["parent"] = relative(parent) }
        if !family.children.isEmpty { members["children"] = .array(family.children.map(relative)) }
        return members
    }

    private func circuit(_ named: TicketCircuit) -> JSONValue {
        var members: [String: JSONValue] = ["number": .string(named.number), "known": .bool(named.isKnown)]
        guard named.isKnown else { return .object(members) }
        members["retired"] = .bool(named.isRetired)
        for fact in CircuitFact.allCases { members[fact.word] = named.fact(fact).map { .string($0) } ?? .null }
        return .object(members)
    }

    private func step(_ step: TicketSteps.Step) -> JSONValue {
        [
            "step": .string(step.template.id), "name": step.template.name.json, "state": .string(step.state.rawValue),
            "department": .string(step.template.department),
            "assisting": .array(step.template.assisting.map { .string($0) }),
            "after": .array(step.template.after.map { .string($0) }),
        ]
    }

    private func review(_ standing: ReviewStanding) -> JSONValue {
        [
            "round": .integer(Int64(standing.round)), "outcome": .string(standing.outcome.rawValue),
            "missing": .array(standing.missing.map { .string($0) }),
            "late": .array(standing.late.map { .string($0) }),
        ]
    }

    private func transition(_ rule: TransitionRule) throws -> JSONValue {
        let why = try desk.hindrances(to: rule, of: row, wording.life).map { one -> JSONValue in
            var members: [String: JSONValue] = ["code": .string(one.code)]
            if let field = one.field { members["field"] = .string(field) }
            members["about"] = .array(one.about.map { .string($0) })
            return .object(members)
        }
        return [
            "name": .string(rule.name), "label": rule.label.json, "to": .string(rule.to),
            "requires": .array(rule.requires.map { .string($0) }), "roles": .array(rule.roles.map { .string($0) }),
            "guards": .array(rule.guards.map { .string($0.name.rawValue) }),
            "opens": .array(rule.opens.map { .string($0) }), "asks": .array(rule.asks.map { .string($0) }),
            "why": .array(why),
        ]
    }

    private func relative(_ row: EntityRow) -> JSONValue {
        let summary = TicketSummary(row)
        return [
            "id": .string(summary.id.text), "number": .string(summary.number), "type": .string(summary.type),
            "state": .string(summary.state), "home": .string(summary.home),
        ]
    }
}
