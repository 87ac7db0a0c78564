import Standards

/// `tributary ticket due`, and due times in lists.
enum DueLines {
    static let command = Command(
        "due", "Counts the open tickets that are overdue, at risk or paused, by department",
        explanation: [
            "A ticket is overdue when the time of one of its open clocks is over, and at risk when so much of one has "
                + "gone by that its limit asks for a warning. The figures come from a table that the node keeps; how "
                + "many tickets are still to be computed again is said below them. `tributary ticket show` says why "
                + "one is due when it is."
        ],
        options: [OptionRule("home", "SITE", "only those of this branch")] + NodeOptions.reading,
        examples: ["tributary ticket due --data yinchuan", "tributary ticket due --data hub --home nx-wuzhong"],
        exits: NodeOptions.exits
    ) { invocation in
        let home = invocation.text("home").map { [("home", $0)] } ?? []
        let json = try NodeOptions.client(invocation).get("/api/due", home).json
        if invocation.has("json") {
            JSONText.say(json)
        } else {
            for line in counts(json) { Terminal.say(line) }
        }
        return .done
    }

    /// What a list may be narrowed to.
    static let options = [
        OptionRule("overdue", nil, "only open ones of which a time is over"),
        OptionRule("unconfirmed", nil, "only overdue ones whose branch was not heard since, at the hub"),
        OptionRule("at-risk", nil, "only open ones of which a limit warns, and none is over"),
        OptionRule("paused", nil, "only open ones of which a clock stands still"),
        OptionRule("department", "ID", "only open ones that this department has"),
        OptionRule("sort", "ORDER", "opened, or due: open ones only, the first due first; else opened"),
    ]

    static func query(_ invocation: Invocation) throws -> [NodeClient.Item] {
        let standings = [
            ("overdue", "overdue"), ("unconfirmed", "unconfirmed"), ("at-risk", "atRisk"), ("paused", "paused"),
        ].filter { invocation.has($0.0) }
        guard standings.count < 2 else {
            throw invocation.refusal(
                "--\(standings[0].0) and --\(standings[1].0) exclude one another", "leave one of them out")
        }
        return standings.map { ("due", $0.1) }
            + ["department", "sort"].compactMap { name in invocation.text(name).map { (name, $0) } }
    }

    static let columns = ["due", "standing"]

    /// When a listed ticket is due, and how it stands to that.
    static func cells(_ ticket: JSONValue) -> [String] {
        let flags = [
            ("overdue", "overdue"), ("unconfirmed", "unconfirmed"), ("atRisk", "at risk"), ("paused", "paused"),
            ("provisional", "provisional"), ("stale", "stale"),
        ].filter { ticket["due"]?[$0.0]?.boolValue == true }.map(\.1)
        return [JSONText.value(ticket["due"]?["at"]), flags.isEmpty ? "–" : flags.joined(separator: ", ")]
    }

    static func counts(_ json: JSONValue) -> [String] {
        var table = TextTable(["department", "open", "overdue", "at risk", "paused"])
        for department in json["departments"]?.arrayValue ?? [] {
            table.add([department["department"]?.stringValue.map(PlainText.line) ?? "–"] + figures(department))
        }
        table.add(["in all"] + figures(json))
        return table.lines + [stale(json["stale"]), AsOfLine.text(json["dataAsOf"])].compactMap(\.self)
    }

    private static func figures(_ json: JSONValue) -> [String] {
        ["open", "overdue", "atRisk", "paused"].map { JSONText.value(json[$0]) }
    }

    /// How far the table is behind; nil when it is not.
    static func stale(_ count: JSONValue?) -> String? {
        guard let count = count?.intValue, count > 0 else { return nil }
        return "the due times of \(count) tickets are still to be computed again"
    }
}
