import Standards

/// One change of a timeline: who, where and when, and each effect on a line of its own.
enum TimelineLine {
    static func lines(_ change: JSONValue) -> [String] {
        let corrected = change["corrected"]?.boolValue == true ? ", times corrected" : ""
        let state =
            switch change["state"]?.stringValue {
            case "onlyHere": ", only here so far"
            case "sent": ", on its way"
            default: ""
            }
        let who = "\(JSONText.value(change["actor"])) at \(JSONText.value(change["site"]))"
        let head = "\(JSONText.value(change["at"]))  \(who)\(state)\(corrected)"
        return [head] + (change["effects"]?.arrayValue ?? []).map { "    " + effect($0) }
    }

    private static func effect(_ effect: JSONValue) -> String {
        func text(_ name: String) -> String { JSONText.value(effect[name]) }
        func value(_ name: String) -> String { FieldText.value(effect[name], of: effect["field"]?.stringValue ?? "") }
        switch effect["kind"]?.stringValue {
        case "assigned": return "\(text("field")): \(value("old")) → \(value("new"))"
        case "lost": return "\(text("field")): \(value("value")) lost to \(value("to"))"
        case "moved": return "\(text("name")): \(text("from")) → \(text("to"))"
        case "overtaken": return "\(text("name")): overtaken, the ticket was \(text("stage")) and not \(text("from"))"
        case "noted": return "note (\(text("visibility"))): \(text("text"))"
        default: return others(effect)
        }
    }

    /// Kinds that this version has no words for are shown as they are.
    private static func others(_ effect: JSONValue) -> String {
        let members = (effect.objectValue ?? [:]).filter { $0.key != "kind" }.sorted { $0.key < $1.key }
        let text = members.map { "\(PlainText.line($0.key)) \(JSONText.value($0.value))" }.joined(separator: ", ")
        return JSONText.value(effect["kind"]) + (text.isEmpty ? "" : " " + text)
    }
}
