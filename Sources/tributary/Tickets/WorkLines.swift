import Standards

/// How a ticket is being worked, as a person reads it: who has it, its steps, its relatives, its review.
enum WorkLines {
    static func head(_ ticket: JSONValue) -> [(name: String, value: String)] {
        var rows: [(String, String)] = []
        func add(_ name: String, _ key: String) {
            if let text = ticket[key]?.stringValue { rows.append((name, text)) }
        }
        add("department", "department")
        add("handed to", "handOverTo")
        add("escalated", "escalation")
        if let count = ticket["expedites"]?.intValue, count > 0 { rows.append(("expedited", "\(count) times")) }
        if let circuit = ticket["circuit"] { rows.append(("circuit", self.circuit(circuit))) }
        if let parent = ticket["parent"] { rows.append(("opened for", relative(parent))) }
        if let review = ticket["review"] {
            let missing = (review["missing"]?.arrayValue ?? []).map { JSONText.value($0) }
            let rest = missing.isEmpty ? "" : ", not heard: \(missing.joined(separator: ", "))"
            rows.append(
                ("review", "round \(JSONText.value(review["round"])), \(JSONText.value(review["outcome"]))\(rest)"))
            let late = (review["late"]?.arrayValue ?? []).map { JSONText.value($0) }
            if !late.isEmpty {
                rows.append(("ALARM", "voted after the province had counted: \(late.joined(separator: ", "))"))
            }
        }
        return rows
    }

    private static func circuit(_ circuit: JSONValue) -> String {
        let number = JSONText.value(circuit["number"])
        guard circuit["known"] == true else { return number + ", not known here" }
        let ends = ["endA", "endZ"].compactMap { circuit[$0]?.stringValue }.joined(separator: " – ")
        let words = [number, ends, circuit["team"]?.stringValue ?? ""].filter { !$0.isEmpty }
        return (words + (circuit["retired"] == true ? ["out of service"] : [])).joined(separator: ", ")
    }

    static func steps(_ ticket: JSONValue) -> [String] {
        (ticket["steps"]?.arrayValue ?? []).map { step in
            let columns = [
                DisplayWidth.padded(JSONText.value(step["step"]), to: 18),
                DisplayWidth.padded(JSONText.value(step["state"]), to: 10), JSONText.value(step["department"]),
            ]
            return PlainText.line(columns.joined(separator: " "))
        }
    }

    static func children(_ ticket: JSONValue) -> [String] {
        (ticket["children"]?.arrayValue ?? []).map(relative)
    }

    private static func relative(_ ticket: JSONValue) -> String {
        let words = ["number", "type", "state"].map { JSONText.value(ticket[$0]) }
        return PlainText.line("\(words.joined(separator: ", ")) at \(JSONText.value(ticket["home"]))")
    }
}
