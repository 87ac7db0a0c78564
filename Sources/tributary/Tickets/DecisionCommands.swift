import Standards

/// `tributary decisions …`
enum DecisionCommands {
    static let command = Command(
        "decisions", "Lists what branches have asked the hub for, and decides it",
        explanation: [
            "What must happen once, such as a refund, is asked for by a branch and decided by the hub. An approval is "
                + "marked first, and becomes final when enough sites know of it."
        ],
        examples: ["tributary decisions list --data hub --state open"], commands: [list, decide])

    private static let states = ["open", "marked", "granted", "refused"]

    private static let list = Command(
        "list", "Lists requests and what became of them",
        options: [
            OptionRule("state", "STATE", "only those that are " + states.joined(separator: ", ")),
            OptionRule("after", "CURSOR", "goes on where the page before ended"),
        ] + NodeOptions.reading,
        examples: ["tributary decisions list --data hub --state open"], exits: NodeOptions.exits, action: listAll)

    private static let decide = Command(
        "decide", "Grants or refuses a request, at the hub",
        parameters: [ParameterRule("REQUEST", "the request, as `decisions list` names it")],
        options: [
            OptionRule("outcome", "O", "granted or refused", .required),
            OptionRule("reason", "TEXT", "why; the branch reads it", .required),
        ] + NodeOptions.writing,
        examples: ["tributary decisions decide 3f2a-17 --outcome granted --reason 核实无误 --data hub"],
        exits: NodeOptions.exits, action: decideOne)

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        let state = try invocation.choice("state", of: states)
        var query: [NodeClient.Item] = []
        if let state { query.append(("state", state)) }
        if let after = invocation.text("after") { query.append(("after", after)) }
        let json = try NodeOptions.client(invocation).get("/api/decisions", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable([
            "request", "state", "purpose", "charge", "fen", "ticket", "site", "asked", "reason", "answer",
        ])
        for decision in json["decisions"]?.arrayValue ?? [] {
            let names = [
                "request", "state", "purpose", "charge", "amountFen", "number", "site", "at", "reason", "answerReason",
            ]
            table.add(names.map { JSONText.value(decision[$0]) })
        }
        for line in table.lines { Terminal.say(line) }
        if let next = json["next"]?.stringValue { Terminal.say("more: --after \(next)") }
        return .done
    }

    private static func decideOne(_ invocation: Invocation) throws -> ExitCode {
        let outcome = try invocation.choice("outcome", of: ["granted", "refused"])
        let answer = try NodeOptions.client(invocation).post(
            "/api/decisions",
            [
                "request": .string(try invocation.requiredWord("REQUEST")),
                "outcome": outcome.map(JSONValue.string) ?? .null,
                "reason": .string(try invocation.required("reason")),
            ])
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            let decision = answer.json["decision"]
            let state = decision?["state"]?.stringValue
            let more = state == "marked" ? ": it becomes final when enough sites know of it" : ""
            let reason = decision?["answerReason"]?.stringValue.map { ": \($0)" } ?? ""
            Terminal.say(
                "\(JSONText.value(decision?["request"])) \(JSONText.value(decision?["state"]))\(more)\(reason)")
        }
        // Decided before, or the charge is taken: the answer stands and is not the one that was asked for.
        let state = answer.json["decision"]?["state"]?.stringValue
        return state == outcome || state == "marked" ? .done : .no
    }
}
