import Standards

/// `tributary announce …`
enum AnnounceCommands {
    static let command = Command(
        "announce", "Lists, publishes and withdraws what the province says about a disturbance",
        explanation: [
            "An announcement is one approved wording, for a while, about some categories. Every branch hears of it and "
                + "shows it with new tickets of these categories, also while its line is cut. The hub publishes it; "
                + "one that names its fault is withdrawn by itself when that is repaired."
        ],
        examples: [
            "tributary announce publish --wording cableFault --category faultCable --site nx-guyuan --area 原州区 "
                + "--until 2026-01-01T18:00:00+08:00 --ticket HUB-7K2M9Q4T --data hub",
            "tributary announce list --data yinchuan",
        ],
        commands: [list, publish, withdraw])

    private static let list = Command(
        "list", "Lists the announcements that hold or are to come",
        options: [
            OptionRule("all", nil, "also those that are over or were withdrawn"),
            OptionRule("site", "SITE", "only those for a branch"),
            OptionRule("category", "ID", "only those about a category, or one above it"),
        ] + NodeOptions.reading,
        examples: ["tributary announce list --category faultBroadband --data yinchuan"], exits: NodeOptions.exits,
        action: listAll)

    private static let publish = Command(
        "publish", "Publishes an announcement to every branch, at the hub",
        options: [
            OptionRule("wording", "ID", "an approved wording of the standard: `standards show` lists them"),
            OptionRule("zh", "TEXT", "words of its own in Chinese, where no wording fits; with --en"),
            OptionRule("en", "TEXT", "the same in English"),
            OptionRule(
                "category", "ID", "a category that it is about, with all below it",
                .repeated),
            OptionRule(
                "site", "SITE", "a branch that it is for; all when left out", .repeated),
            OptionRule("area", "TEXT", "the place, in words"),
            OptionRule("from", "TIME", "when it begins; at once when left out"),
            OptionRule("until", "TIME", "when it ends, such as \(InstantText.example)", .required),
            OptionRule("ticket", "TICKET", "the fault that it is about: its repair withdraws the announcement"),
            TicketCommands.key,
        ] + NodeOptions.writing,
        examples: [
            "tributary announce publish --wording cableFault --category faultCable "
                + "--until 2026-01-01T18:00:00+08:00 --data hub"
        ],
        exits: NodeOptions.exits, action: publishOne)

    private static let withdraw = Command(
        "withdraw", "Ends an announcement before its time, at the hub",
        parameters: [ParameterRule("ANNOUNCEMENT", "its identifier, as `announce list` shows it")],
        options: [OptionRule("reason", "TEXT", "why"), TicketCommands.key] + NodeOptions.writing,
        examples: ["tributary announce withdraw 0190a1b2… --reason 已恢复 --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let name = NodeClient.segment(try invocation.requiredWord("ANNOUNCEMENT"))
        var body: [String: JSONValue] = [:]
        body["reason"] = invocation.text("reason").map(JSONValue.string)
        let answer = try NodeOptions.client(invocation).post(
            "/api/announcements/\(name)/withdraw", .object(body), key: invocation.text("key"))
        say(answer.json, invocation)
        return .done
    }

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        var query: [NodeClient.Item] = invocation.has("all") ? [("state", "all")] : []
        for name in ["site", "category"] {
            if let value = invocation.text(name) { query.append((name, value)) }
        }
        let json = try NodeOptions.client(invocation).get("/api/announcements", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let found = json["announcements"]?.arrayValue ?? []
        if found.isEmpty { Terminal.say("nothing is announced") }
        for one in found { sheet(one).forEach { Terminal.say($0) } }
        return .done
    }

    private static func publishOne(_ invocation: Invocation) throws -> ExitCode {
        var body: [String: JSONValue] = [
            "categories": .array(invocation.texts("category").map(JSONValue.string)),
            "sites": .array(invocation.texts("site").map(JSONValue.string)),
        ]
        for name in ["wording", "zh", "en", "area", "from", "until", "ticket"] {
            body[name] = invocation.text(name).map(JSONValue.string)
        }
        for name in ["from", "until"] {
            if let text = invocation.text(name), InstantText.milliseconds(text) == nil {
                throw invocation.refusal("--\(name) is not a time", "write it as \(InstantText.example)")
            }
        }
        let answer = try NodeOptions.client(invocation).post(
            "/api/announcements", .object(body), key: invocation.text("key"))
        say(answer.json, invocation)
        return .done
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        sheet(answer["announcement"] ?? .null).forEach { Terminal.say($0) }
    }

    /// An announcement as a person reads it on a terminal.
    static func sheet(_ one: JSONValue) -> [String] {
        func joined(_ key: String) -> String {
            (one[key]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
        }
        let sites = joined("sites").isEmpty ? "every branch" : joined("sites")
        let times = "\(JSONText.value(one["from"])) to \(JSONText.value(one["until"]))"
        var lines = ["\(JSONText.value(one["id"]))  \(JSONText.value(one["state"])), \(times)"]
        lines.append("  about \(joined("categories")), for \(sites)")
        if let area = one["area"]?.stringValue { lines.append("  in \(area)") }
        if let fault = one["ticket"]?["number"]?.stringValue { lines.append("  until \(fault) is repaired") }
        if let text = one["text"]?["zh"]?.stringValue { lines.append("  " + text) }
        if let by = one["withdrawnBy"]?.stringValue {
            lines.append("  withdrawn \(JSONText.value(one["withdrawnAt"])) by \(by)")
        }
        return lines.map(PlainText.line)
    }
}
