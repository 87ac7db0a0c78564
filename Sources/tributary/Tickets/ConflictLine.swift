import Standards

/// A conflict: both values, who wrote them where and when, and the rule that decided.
enum ConflictLine {
    static func lines(_ conflict: JSONValue) -> [String] {
        let subject = conflict["field"]?.stringValue ?? conflict["subject"]?.stringValue ?? "?"
        let settled = conflict["settled"]?.boolValue == true ? ", settled" : ""
        return [
            "\(PlainText.line(subject)): \(rule(conflict["rule"]?.stringValue))\(settled)",
            "    in force  " + side(conflict["winning"]),
            "    lost      " + side(conflict["losing"]) + ", change \(JSONText.value(conflict["losing"]?["change"]))",
        ]
    }

    /// The rule in words.
    static func rule(_ name: String?) -> String {
        switch name {
        case "laterWins": "the later of two concurrent edits is in force"
        case "overtaken": "the ticket had left the stage that the step starts from"
        default: name.map(PlainText.line) ?? "?"
        }
    }

    private static func side(_ side: JSONValue?) -> String {
        "\(JSONText.value(side?["value"]))  \(JSONText.value(side?["actor"])) at \(JSONText.value(side?["site"])), "
            + JSONText.value(side?["at"])
    }
}
