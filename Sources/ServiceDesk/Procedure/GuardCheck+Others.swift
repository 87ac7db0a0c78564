import Replication
import SQLite
import Standards

/// Guards that look at others: children, tickets that a field names, circuits.
extension GuardCheck {
    func failure(ofOthers rule: Guard) throws -> Failure? {
        switch rule {
        case .childrenFinal(let types):
            let open = try children(types).filter { !isFinal($0) }
            return open.isEmpty
                ? nil
                : Failure(
                    reason: "\(open.count) child tickets have not ended: \(numbers(open).joined(separator: ", ")).",
                    remedy: "End them first.", about: numbers(open))
        case .childIs(let type, let field, let choices):
            let isSo = try children([type]).contains { holds($0, field, choices) }
            return isSo
                ? nil
                : Failure(
                    reason: "No child ticket of type \(type) has \(choices.joined(separator: " or ")) in \(field).",
                    remedy: "Open one, or wait for its result.", about: [type])
        case .linkedIs(let link, let field, let choices, let validUntil):
            return try failure(linkedBy: link, field, choices, validUntil)
        default: return nil
        }
    }

    private func failure(
        linkedBy link: String, _ field: String, _ choices: [String], _ validUntil: String?
    ) throws -> Failure? {
        guard let number = values.text(link) else {
            return Failure(reason: "Field \(link) names no ticket.", remedy: "Name the one that is built upon.")
        }
        let rows = try store.database.all("SELECT entity FROM ticket WHERE number = ?", number) { $0.int64(0) }
            .map { try store.row(number: $0) }
        guard let row = rows.first(where: { holds($0, field, choices) }) else {
            return Failure(
                reason: "The ticket that \(link) names has not \(choices.joined(separator: " or ")) in \(field).",
                remedy: "Check the number, or wait for its result.")
        }
        guard let validUntil else { return nil }
        let end = row.state[FieldNumbers.field(validUntil)].integerValue ?? 0
        return end > time
            ? nil : Failure(reason: "What \(link) names is no longer valid.", remedy: "Have it looked at again.")
    }

    func failure(ofCircuit unless: String?) throws -> Failure? {
        guard let use = type.work.circuit, unless.map(values.isFilled) != true,
            let named = try TicketCircuit(values.value(FieldNumbers.field(use.field)), in: store), !named.isKnown
        else { return nil }
        let way = unless.map { ", or give a reason in \($0)" } ?? ""
        return Failure(
            reason: "The circuit that \(use.field) names is not known here.",
            remedy: "Check the number, register the circuit\(way).")
    }

    private func children(_ types: [String]) throws -> [EntityRow] {
        try store.database.all("SELECT entity FROM child WHERE parent = ? ORDER BY entity", ticket.bytes) {
            $0.int64(0)
        }.map { try store.row(number: $0) }.filter { row in
            types.contains(row.state[TicketField.type].textValue ?? "")
        }
    }

    private func isFinal(_ row: EntityRow) -> Bool {
        pack.ticketType(row.state[TicketField.type].textValue ?? "")?.state(row.state.stageName)?.isFinal ?? false
    }

    private func holds(_ row: EntityRow, _ field: String, _ choices: [String]) -> Bool {
        TicketValues(state: row.state).text(field).map(choices.contains) ?? false
    }

    private func numbers(_ rows: [EntityRow]) -> [String] {
        rows.prefix(10).map { $0.state.creation?.label ?? $0.id.text }
    }
}
