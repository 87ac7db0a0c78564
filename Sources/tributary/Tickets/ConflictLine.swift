import Standards

/// Conflicts as a person reads them: both values, who wrote them where and when, the rule that decided, and what is in
/// force now.
enum ConflictLine {
    /// A page of the list.
    static func page(_ json: JSONValue, isAll: Bool) -> [String] {
        let conflicts = json["conflicts"]?.arrayValue ?? []
        var lines: [String] = []
        var ticket: JSONValue?
        for conflict in conflicts {
            if conflict["ticket"] != ticket || ticket == nil {
                ticket = conflict["ticket"]
                lines.append("ticket \(JSONText.value(conflict["number"]))")
            }
            lines += Self.lines(conflict).map { "  " + $0 }
        }
        if conflicts.isEmpty { lines.append(isAll ? "no conflicts" : "no open conflicts") }
        if let next = json["next"]?.stringValue { lines.append("more: --after \(next)") }
        if conflicts.contains(where: { $0["settled"]?.boolValue != true }) {
            lines.append("put back what was lost: tributary conflict reinstate CHANGE")
            lines.append("leave it as it is:      tributary conflict settle CHANGE")
        }
        return lines
    }

    /// One conflict.
    static func lines(_ conflict: JSONValue) -> [String] {
        conflict["steps"] == nil ? field(conflict) : steps(conflict)
    }

    private static func field(_ conflict: JSONValue) -> [String] {
        let change = JSONText.value(conflict["losing"]?["change"])
        return ["\(name(conflict)): \(rule(conflict["rule"]?.stringValue))\(settled(conflict))"]
            + inForce(conflict, of: field(of: conflict)).map { "    " + $0 }
            + ["    lost      " + side(conflict["losing"], of: field(of: conflict)) + ", change \(change)"]
    }

    /// What won is in force unless a third value has come since; then both are said.
    private static func inForce(_ conflict: JSONValue, of field: String) -> [String] {
        let (winning, current) = (conflict["winning"], conflict["current"])
        guard let current, !current.isNull, current["change"] != winning?["change"] else {
            return ["in force  " + side(winning, of: field)]
        }
        let again =
            switch current["value"] {
            case winning?["value"]: ", the same value written again"
            case conflict["losing"]?["value"]: ", the lost value written again"
            default: ", a third value"
            }
        return ["in force  " + side(current, of: field) + again, "won       " + side(winning, of: field)]
    }

    private static func steps(_ conflict: JSONValue) -> [String] {
        let steps = conflict["steps"]?.arrayValue ?? []
        let count = steps.count == 1 ? "a step was" : "\(steps.count) steps were"
        var lines = ["\(count) overtaken: \(rule(conflict["rule"]?.stringValue))\(settled(conflict))"]
        let (winning, current) = (conflict["winning"], conflict["current"])
        lines.append("    overtaken by  \(move(winning)), \(who(winning))")
        if let current, !current.isNull, current["change"] != winning?["change"] {
            lines.append("    since then    \(move(current)), \(who(current))")
        }
        for step in steps {
            let from = (step["from"]?.arrayValue ?? []).map { JSONText.value($0) }.joined(separator: " or ")
            lines.append(
                "    lost          \(label(step["step"])): \(from) → \(JSONText.value(step["to"])), \(who(step)), "
                    + "change \(JSONText.value(step["change"]))")
            lines += (step["fields"]?.arrayValue ?? []).map { filled in
                let value = FieldText.value(filled["losing"]?["value"], of: field(of: filled))
                let current = FieldText.value(filled["current"]?["value"], of: field(of: filled))
                return "                  with \(name(filled)): \(value); in force \(current)"
            }
        }
        return lines
    }

    /// The rule in words.
    static func rule(_ name: String?) -> String {
        switch name {
        case "laterWins": "of two concurrent edits the later won"
        case "overtaken": "the ticket had left the stage that it starts from"
        default: name.map(PlainText.line) ?? "?"
        }
    }

    private static func settled(_ conflict: JSONValue) -> String {
        guard conflict["settled"]?.boolValue == true else { return "" }
        guard let by = conflict["settledBy"], !by.isNull else { return ", settled" }
        return ", settled by \(who(by))"
    }

    private static func field(of conflict: JSONValue) -> String { conflict["field"]?.stringValue ?? "" }

    private static func name(_ conflict: JSONValue) -> String {
        let field = JSONText.value(conflict["field"] ?? conflict["subject"])
        return conflict["fieldName"]?["zh"]?.stringValue.map { "\(field) (\(PlainText.line($0)))" } ?? field
    }

    private static func side(_ side: JSONValue?, of field: String) -> String {
        FieldText.value(side?["value"], of: field) + "  " + who(side)
    }

    /// A step and where it led; the ticket's creation has none.
    private static func move(_ side: JSONValue?) -> String {
        let to = JSONText.value(side?["value"])
        guard let step = side?["step"], !step.isNull else { return to }
        return "\(label(step)) → \(to)"
    }

    private static func label(_ step: JSONValue?) -> String {
        let name = JSONText.value(step?["name"])
        return step?["label"]?["zh"]?.stringValue.map { "\(name) (\(PlainText.line($0)))" } ?? name
    }

    private static func who(_ side: JSONValue?) -> String {
        "\(JSONText.value(side?["actor"])) at \(JSONText.value(side?["site"])), \(JSONText.value(side?["at"]))"
    }

    /// How many there are.
    static func counts(_ json: JSONValue) -> [String] {
        let kinds = json["kinds"]?.arrayValue ?? []
        let asOf = [AsOfLine.text(json["dataAsOf"])].compactMap(\.self)
        guard !kinds.isEmpty else { return ["no conflicts"] + asOf }
        var byKind = TextTable(["open", "settled", "field", "rule"])
        for kind in kinds {
            let rule = kind["rule"]?.stringValue == "overtaken" ? "overtaken" : "later edit won"
            byKind.add([JSONText.value(kind["open"]), JSONText.value(kind["settled"]), name(kind), rule])
        }
        var bySite = TextTable(["open", "settled", "lost", "to"])
        for pair in json["sites"]?.arrayValue ?? [] {
            bySite.add(["open", "settled", "losing", "winning"].map { JSONText.value(pair[$0]) })
        }
        let total = "\(JSONText.value(json["open"])) open, \(JSONText.value(json["settled"])) settled"
        return byKind.lines + [""] + bySite.lines + ["", total] + asOf
    }

    /// What came of settling or reinstating.
    static func resolution(_ answer: NodeAnswer, _ action: String) -> [String] {
        let ticket = answer.json["ticket"]
        let done = answer.json["done"]?.arrayValue ?? []
        let left = answer.json["left"]?.arrayValue ?? []
        let what = action == "settle" ? "settled" : "reinstated"
        let again = answer.isReplayed ? " already" : ""
        var lines = [
            "\(JSONText.value(ticket?["number"])): \(what)\(again); it is \(JSONText.value(ticket?["state"])), "
                + "open conflicts left: \(JSONText.value(ticket?["openConflicts"]))"
        ]
        lines += done.map { "  \(JSONText.value($0["losing"])) by change \(JSONText.value($0["change"]))" }
        lines += left.map { "  \(JSONText.value($0["losing"])) stays open: \(JSONText.value($0["reason"]))" }
        return lines
    }
}
