import Standards

/// `tributary refusals …`
enum RefusalCommands {
    static let command = Command(
        "refusals", "Lists and reinstates changes that the province refused",
        explanation: [
            "A refused change is kept at its author's site and at the hub, with the reason. It has no effect until "
                + "somebody who may does it again."
        ],
        examples: ["tributary refusals list --data yinchuan"], commands: [list, reinstate])

    private static let list = Command(
        "list", "Lists refused changes, the newest first",
        options: [OptionRule("limit", "N", "how many, 1 to 500; else 50")] + NodeOptions.reading,
        examples: ["tributary refusals list --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        let limit = try invocation.integer("limit", in: 1...500).map { [("limit", String($0))] } ?? []
        let json = try NodeOptions.client(invocation).get("/api/refusals", limit).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let refusals = json["refusals"]?.arrayValue ?? []
        for refusal in refusals {
            Terminal.say(
                "\(JSONText.value(refusal["change"]))  ticket \(JSONText.value(refusal["number"])), "
                    + "\(JSONText.value(refusal["actor"])) at \(JSONText.value(refusal["site"])), "
                    + JSONText.value(refusal["at"]))
            Terminal.say("  refused: \(JSONText.value(refusal["reason"]))")
        }
        if refusals.isEmpty { Terminal.say("no refused changes") }
        return .done
    }

    private static let reinstate = Command(
        "reinstate", "Does a refused change again, as a new change of yours",
        parameters: [ParameterRule("CHANGE", "the change, as `refusals list` names it")],
        options: [TicketCommands.key] + NodeOptions.writing,
        examples: ["tributary refusals reinstate 9a5e8bccb2c29f15-41 --data hub"],
        exits: NodeOptions.exits
    ) { invocation in
        let change = try invocation.requiredWord("CHANGE")
        let answer = try NodeOptions.client(invocation).post(
            "/api/refusals/\(NodeClient.segment(change))/reinstate", key: invocation.text("key"))
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            let said = answer.isReplayed ? "was done again already, as" : "done again as"
            Terminal.say("\(said) \(JSONText.value(answer.json["change"]))")
        }
        return .done
    }
}
