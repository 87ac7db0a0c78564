import Standards

/// `tributary notices …`
enum NoticeCommands {
    static let command = Command(
        "notices", "Shows what customers were told, decides what is uncertain, and sets how they are told",
        explanation: [
            "A standard marks the steps of which the customer is told (\"notify\"). Each such step leaves one notice "
                + "at the hub, which sends it: to a file at first, or to a gateway for SMS, WeChat or mail. A hub that "
                + "was rebuilt or promoted holds them until `notices settings` says where to.",
            "States: queued, attempting, sent, read (the link was opened), failed, cancelled, uncertain. An uncertain "
                + "one may have reached the customer; it goes again by itself only where the gateway honours keys, and "
                + "otherwise you decide: send or drop it.",
        ],
        examples: [
            "tributary notices list --data hub --state uncertain",
            "tributary notices settings --data hub --gateway https://sms.example/notices --secret-file gateway.secret",
        ],
        commands: [list, send, drop, NoticeSettingsCommand.command])

    private static let states = ["queued", "attempting", "sent", "read", "failed", "cancelled", "uncertain"]

    private static let list = Command(
        "list", "Lists notices, the newest first",
        options: [
            OptionRule("state", "STATE", "only those that are " + states.joined(separator: ", ")),
            OptionRule("ticket", "TICKET", "only those of this ticket"),
            OptionRule("limit", "N", "how many, 1 to 500; else 50"),
            OptionRule("after", "CURSOR", "those after a page, as its last line names it"),
        ] + NodeOptions.reading,
        examples: ["tributary notices list --data hub --state failed"], exits: NodeOptions.exits, action: listAll)

    private static let notice = ParameterRule("NOTICE", "the notice, as `notices list` names it")

    private static let send = Command(
        "send", "Sends a notice that is uncertain or has failed: it may reach the customer twice", parameters: [notice],
        options: NodeOptions.writing, examples: ["tributary notices send 9a5e8bccb2c29f15-41 --data hub"],
        exits: NodeOptions.exits
    ) { try decide($0, "send", "is queued again") }

    private static let drop = Command(
        "drop", "Decides that a notice is not sent any more", parameters: [notice], options: NodeOptions.writing,
        examples: ["tributary notices drop 9a5e8bccb2c29f15-41 --data hub"], exits: NodeOptions.exits
    ) { try decide($0, "drop", "is not sent any more") }

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        var query: [(String, String)] = []
        if let state = try invocation.choice("state", of: states) { query.append(("state", state)) }
        if let limit = try invocation.integer("limit", in: 1...500) { query.append(("limit", String(limit))) }
        for name in ["ticket", "after"] { if let text = invocation.text(name) { query.append((name, text)) } }
        let json = try NodeOptions.client(invocation).get("/api/notices", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable([
            "notice", "ticket", "step", "state", "why", "channel", "attempts", "recorded", "changed",
        ])
        let names = ["id", "number", "step", "state", "reason", "channel", "attempts", "recorded", "changed"]
        for notice in json["notices"]?.arrayValue ?? [] { table.add(names.map { JSONText.value(notice[$0]) }) }
        for line in table.lines { Terminal.say(line) }
        if let next = json["next"]?.stringValue { Terminal.say("more: --after \(next)") }
        return .done
    }

    private static func decide(_ invocation: Invocation, _ what: String, _ said: String) throws -> ExitCode {
        let name = try invocation.requiredWord("NOTICE")
        let answer = try NodeOptions.client(invocation).post("/api/notices/\(NodeClient.segment(name))/\(what)")
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            Terminal.say("notice \(JSONText.value(answer.json["notice"]?["id"])) \(said)")
        }
        return .done
    }
}
