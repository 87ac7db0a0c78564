import Replication
import ServiceDesk
import Standards

/// A customer with its grade and why it has that, who looks after it, and what to know before one answers.
struct CustomerView {
    let row: EntityRow
    let wording: Wording
    private let rules: StandardPack.CustomerRules
    private let grading: CustomerGrading
    private let reminders: CustomerReminders

    init(row: EntityRow, wording: Wording, now: Int64, shelf: PackShelf) throws {
        self.row = row
        self.wording = wording
        rules = try shelf.current(in: wording.store, at: now)?.pack.customers ?? StandardPack.CustomerRules()
        grading = try CustomerGrading(of: row, in: wording.store, rules: rules, at: now)
        reminders = try CustomerReminders(of: row, in: wording.store, shelf: shelf, at: now)
    }

    var json: JSONValue {
        get throws {
            let facts = grading.facts
            var members: [String: JSONValue] = [
                "id": .string(row.id.text), "name": row.state[CustomerField.name].json,
                "phone": row.state[CustomerField.phone].json,
                "class": facts.customerClass.map { .string($0) } ?? .null,
                "monthlyFen": facts.monthlyFen.map { .integer($0) } ?? .null,
                "since": facts.since.map(wording.time) ?? .null,
                "arrears": facts.arrears.map { .integer($0) } ?? .null,
                "grade": grading.grade.map { .string($0) } ?? .null,
                "gradeIsByHand": .bool(facts.gradeByHand != nil),
                "gradeReason": facts.gradeReason.map { .string($0) } ?? .null,
                "gradeHistory": .array(grading.turns.map(turn)),
                "contractEnds": facts.contractEnds.map(wording.time) ?? .null,
                "accountManager": facts.accountManager.map { .string($0) } ?? .null,
                "serviceManager": facts.serviceManager.map { .string($0) } ?? .null,
                "reminders": remindersJSON,
            ]
            if let computed = grading.computed {
                members["computed"] = [
                    "grade": .string(computed.grade), "points": .integer(Int64(computed.points)),
                    "background": .integer(Int64(computed.parts[0])), "revenue": .integer(Int64(computed.parts[1])),
                    "years": .integer(Int64(computed.parts[2])), "arrears": .integer(Int64(computed.parts[3])),
                ]
            }
            let scheme = rules.scheme(for: facts.customerClass) { _ in nil }
            members["recommendedScheme"] = scheme.map { .string($0.id) } ?? .null
            return .object(members)
        }
    }

    /// Only what there is to be reminded of: what is not known is left out, and never shown as nothing.
    private var remindersJSON: JSONValue {
        var list: [JSONValue] = []
        if let ends = reminders.contractEnds { list.append(["kind": "contract", "at": wording.time(ends)]) }
        for call in reminders.repeats {
            list.append([
                "kind": "repeat", "category": call.category.map { .string($0) } ?? .null,
                "tickets": .array(call.tickets.map { .string($0) }),
            ])
        }
        if !reminders.open.isEmpty {
            list.append(["kind": "open", "tickets": .array(reminders.open.map { .string($0) })])
        }
        if let months = reminders.arrears { list.append(["kind": "arrears", "months": .integer(months)]) }
        return .array(list)
    }

    private func turn(_ turn: CustomerGrading.Turn) -> JSONValue {
        [
            "at": wording.time(turn.at), "actor": .string(turn.actor),
            "grade": turn.grade.map { .string($0) } ?? .null, "reason": turn.reason.map { .string($0) } ?? .null,
        ]
    }
}
