import Standards

/// `tributary conflicts`
enum ConflictCommands {
    static let command = Command(
        "conflicts", "Lists concurrent edits of which one is in force and the other is kept",
        explanation: [
            "Every site that has heard the same changes lists the same conflicts. Settle one, or reinstate the losing "
                + "value, with `tributary ticket act`."
        ],
        options: [
            OptionRule("all", nil, "settled ones too"),
            OptionRule("limit", "N", "how many, 1 to 500; else 50"),
            OptionRule("after", "CURSOR", "goes on where the page before ended"),
        ] + NodeOptions.reading,
        examples: ["tributary conflicts --data yinchuan"], exits: NodeOptions.exits, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        var query: [NodeClient.Item] = []
        if !invocation.has("all") { query.append(("open", "true")) }
        if let limit = try invocation.integer("limit", in: 1...500) { query.append(("limit", String(limit))) }
        if let after = invocation.text("after") { query.append(("after", after)) }
        let json = try NodeOptions.client(invocation).get("/api/conflicts", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let conflicts = json["conflicts"]?.arrayValue ?? []
        for conflict in conflicts {
            Terminal.say("ticket \(JSONText.value(conflict["number"]))")
            for line in ConflictLine.lines(conflict) { Terminal.say("  " + line) }
        }
        if conflicts.isEmpty { Terminal.say("no conflicts") }
        if let next = json["next"]?.stringValue { Terminal.say("more: --after \(next)") }
        return .done
    }
}
