import Standards

/// A circuit as a person reads it on a terminal.
struct CircuitSheet {
    private static let nameColumns = 18
    private static let names = [
        ("end A", "endA"), ("end Z", "endZ"), ("route", "route"), ("customer", "customer"), ("grade", "grade"),
        ("department", "department"), ("team", "team"), ("access class", "accessClass"), ("business", "business"),
    ]

    private let circuit: JSONValue

    init(_ circuit: JSONValue) { self.circuit = circuit }

    var lines: [String] {
        let standing = circuit["retired"] == true ? ", out of service" : ""
        var lines = [PlainText.line(JSONText.value(circuit["number"])) + standing]
        for (name, key) in Self.names {
            guard let text = circuit[key]?.stringValue else { continue }
            lines.append(row(name, text))
        }
        let sites = (circuit["sites"]?.arrayValue ?? []).compactMap(\.stringValue)
        if !sites.isEmpty { lines.append(row("concerns", sites.joined(separator: ", "))) }
        if circuit["onlyHere"] == true { lines.append("only here so far: no other place holds it yet") }
        for turn in circuit["history"]?.arrayValue ?? [] {
            let reason = turn["reason"]?.stringValue.map { ": " + PlainText.line($0) } ?? ""
            let who = "\(JSONText.value(turn["actor"])) at \(JSONText.value(turn["site"]))"
            lines.append("  \(JSONText.value(turn["at"]))  " + PlainText.line(who) + reason)
        }
        return lines
    }

    private func row(_ name: String, _ value: String) -> String {
        "\(DisplayWidth.padded(name, to: Self.nameColumns)) \(PlainText.line(value))"
    }
}
