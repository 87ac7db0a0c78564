import Replication
import ServiceDesk
import Standards

/// A circuit: where it runs, who has it and who maintains it.
struct CircuitView {
    let row: EntityRow
    let wording: Wording

    /// What a list shows.
    var summary: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "number": row.state[CircuitField.number].json, "id": .string(row.id.text),
            "retired": .bool(row.state[CircuitField.isRetired] == .bool(true)),
            "customer": row.state[CircuitField.customer].bytesValue.map(customer) ?? .null,
            "sites": .array(row.state.elements(of: CircuitField.sites).map(\.json)),
            "onlyHere": .bool(wording.isOnlyHere(row)),
        ]
        for fact in CircuitFact.allCases { members[fact.word] = row.state[CircuitFacts.field(fact)].json }
        return members
    }

    /// What a write answers. Of a circuit that has left this site since, only its number: a repeated request must not
    /// show what is hidden here.
    var answer: JSONValue {
        .object(row.isWithdrawn ? summary.filter { $0.key == "number" } : summary)
    }

    /// With who changed it, when and why.
    func whole() throws -> JSONValue {
        var members = summary
        let changes = try wording.store.entries(of: row.number).map(\.change).sorted { $0.position < $1.position }
        members["history"] = .array(try changes.map(turn))
        return .object(members)
    }

    private func customer(_ bytes: [UInt8]) -> JSONValue {
        EntityID(kind: .customer, bytes: bytes).map { .string($0.text) } ?? .null
    }

    private func turn(_ change: Change) throws -> JSONValue {
        let reasons = change.edits.compactMap { edit in
            if case .note(let note) = edit { JSONValue.string(note.text) } else { nil }
        }
        return [
            "at": wording.time(change.stamp), "actor": .string(change.actor),
            "site": try wording.site(of: change.origin), "reason": reasons.first ?? .null,
        ]
    }
}
