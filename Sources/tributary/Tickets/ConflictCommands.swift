import Standards

/// `tributary conflicts` and `tributary conflict …`
enum ConflictCommands {
    static let list = Command(
        "conflicts", "Lists concurrent edits: what is in force, what lost and is kept, and the rule that decided",
        explanation: [
            "Two people who did not know of each other changed one thing. One value is in force, at every site the "
                + "same; the other is kept and listed here until somebody has looked at it. Every site that has heard "
                + "the same changes lists the same conflicts.",
            "Of two edits of one field the later wins. A step is overtaken when the ticket had left the stage it "
                + "starts from: its fields have no effect either. Steps that one site took offline and that fell "
                + "behind the same change are one conflict.",
            "`tributary conflict reinstate CHANGE` puts what was lost back, `tributary conflict settle CHANGE` leaves "
                + "it; CHANGE is the losing change as it is listed here.",
        ],
        options: [
            OptionRule("ticket", "N", "only those of this ticket: its number or identifier"),
            OptionRule("site", "SITE", "only those that a change of this site has lost or won"),
            OptionRule("all", nil, "settled ones too"),
            OptionRule("counts", nil, "how many there are, by field and rule and by site, and no list"),
            OptionRule("limit", "N", "of how many tickets, 1 to 500; else 50"),
            OptionRule("after", "CURSOR", "goes on where the page before ended"),
        ] + NodeOptions.reading,
        examples: [
            "tributary conflicts --data yinchuan", "tributary conflicts --data hub --site nx-yinchuan --all",
            "tributary conflicts --data hub --counts",
        ],
        exits: NodeOptions.exits, action: run)

    static let group = Command(
        "conflict", "Settles or reinstates what has lost in a conflict",
        explanation: ["`tributary conflicts` lists them and names the losing change of each."],
        examples: ["tributary conflict reinstate 9a5e8bccb2c29f15-41 --data yinchuan"], commands: [settle, reinstate])

    private static let change = ParameterRule("CHANGE", "the losing change, as `tributary conflicts` names it")
    private static let options =
        [
            OptionRule(
                "if-match", "ETAG", "refuse if what is in conflict is no longer as it was shown with this ETag"),
            TicketCommands.key,
        ] + NodeOptions.writing

    private static let settle = Command(
        "settle", "Says that a conflict has been looked at: what is in force stays",
        explanation: [
            "All that the change has lost is settled; of overtaken steps the whole run. The conflict leaves every "
                + "site's list of open ones and stays in the ticket's history."
        ],
        parameters: [change], options: options,
        examples: ["tributary conflict settle 9a5e8bccb2c29f15-41 --data yinchuan --as 王芳"], exits: NodeOptions.exits
    ) { try resolve($0, "settle") }

    private static let reinstate = Command(
        "reinstate", "Puts what was lost back, as a new change of yours, and settles the conflict",
        explanation: [
            "Lost values are in force again, at every site. Of a run of overtaken steps those are taken again, in "
                + "order, that can be from where the ticket stands now; each that cannot is named with the reason and "
                + "stays open, and the command ends with 1. If none can, nothing is written."
        ],
        parameters: [change], options: options,
        examples: ["tributary conflict reinstate 9a5e8bccb2c29f15-41 --data yinchuan --as 王芳"],
        exits: [.done, .no, .usage, .unreachable, .refused]
    ) { try resolve($0, "reinstate") }

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        if invocation.has("counts") { return try count(invocation) }
        var query: [NodeClient.Item] = []
        if invocation.has("all") { query.append(("open", "all")) }
        for name in ["ticket", "site", "after"] {
            if let value = invocation.text(name) { query.append((name, value)) }
        }
        if let limit = try invocation.integer("limit", in: 1...500) { query.append(("limit", String(limit))) }
        let json = try NodeOptions.client(invocation).get("/api/conflicts", query).json
        if invocation.has("json") {
            JSONText.say(json)
        } else {
            for line in ConflictLine.page(json, isAll: invocation.has("all")) { Terminal.say(line) }
        }
        return .done
    }

    private static func count(_ invocation: Invocation) throws -> ExitCode {
        for other in ["ticket", "site", "all", "limit", "after"] where invocation.has(other) {
            throw invocation.refusal("--counts takes no --\(other)", "leave it out")
        }
        let json = try NodeOptions.client(invocation).get("/api/conflicts/counts").json
        if invocation.has("json") {
            JSONText.say(json)
        } else {
            for line in ConflictLine.counts(json) { Terminal.say(line) }
        }
        return .done
    }

    private static func resolve(_ invocation: Invocation, _ action: String) throws -> ExitCode {
        let change = try invocation.requiredWord("CHANGE")
        let answer = try NodeOptions.client(invocation).post(
            "/api/conflicts/\(NodeClient.segment(change))/\(action)", key: invocation.text("key"),
            match: invocation.text("if-match"))
        let left = answer.json["left"]?.arrayValue ?? []
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            for line in ConflictLine.resolution(answer, action) { Terminal.say(line) }
        }
        return left.isEmpty ? .done : .no
    }
}
