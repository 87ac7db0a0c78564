import Standards

/// The clocks of a ticket as a person reads them: what is due when, and why.
enum ClockLines {
    static func lines(_ ticket: JSONValue) -> [String] {
        (ticket["clocks"]?.arrayValue ?? []).flatMap { clock -> [String] in
            let parts = [("why", why), ("provisionally", provisional), ("pauses", pause)]
            let below = parts.flatMap { name, line in (clock[name]?.arrayValue ?? []).map { "  " + line($0) } }
            return [head(clock)] + below
        }
    }

    private static func head(_ clock: JSONValue) -> String {
        let due = clock["dueAt"]?.stringValue.map { "due \($0)" } ?? "not due while it stands still"
        let flags = [
            ("overdue", "overdue"), ("unconfirmed", "unconfirmed"), ("atRisk", "at risk"),
            ("provisional", "provisional"),
        ].filter { clock[$0.0]?.boolValue == true }.map(\.1)
        let what = (clock["step"] ?? clock["field"])?.stringValue.map { " \($0)" } ?? ""
        return ([JSONText.value(clock["clock"]) + what, JSONText.value(clock["standing"]), due] + flags)
            .joined(separator: ", ")
    }

    private static func why(_ line: JSONValue) -> String {
        let mark = line["decides"]?.boolValue == true ? "→" : "·"
        let due = line["dueAt"]?.stringValue.map { ", until \($0)" } ?? ""
        return PlainText.line(
            "\(mark) \(JSONText.value(line["time"]))\(due): \(JSONText.value(line["name"]?["en"])), "
                + "\(JSONText.value(line["source"])), \(JSONText.value(line["reference"])) "
                + "(\(JSONText.value(line["confidence"])))")
    }

    private static func provisional(_ before: JSONValue) -> String {
        PlainText.line(
            "was due \(JSONText.value(before["dueAt"])) by the calendar of \(JSONText.value(before["calendar"])), "
                + "provisionally")
    }

    private static func pause(_ pause: JSONValue) -> String {
        let reason = pause["reason"]?.stringValue ?? JSONText.value(pause["state"])
        let to = pause["to"]?.stringValue ?? "now"
        return PlainText.line("stood still from \(JSONText.value(pause["from"])) to \(to): \(reason)")
    }
}
