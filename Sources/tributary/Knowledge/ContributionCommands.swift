import Standards

/// What sites add to the knowledge, below `tributary articles`.
enum ContributionCommands {
    static let report = Command(
        "report", "Says that an article is wrong or unclear; the province answers in five days",
        parameters: [ArticleCommands.name],
        options: [
            OptionRule("unclear", nil, "it is unclear rather than wrong"),
            OptionRule("text", "TEXT", "what is not right", .required), TicketCommands.key,
        ] + NodeOptions.writing,
        examples: ["tributary articles report 0190a1b2… --text 资费已调整 --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        try contribute(
            [
                "purpose": invocation.has("unclear") ? "unclear" : "wrong",
                "article": .string(try invocation.requiredWord("ARTICLE")),
                "text": .string(invocation.text("text") ?? ""),
            ], invocation)
    }

    static let propose = Command(
        "propose", "Proposes a case, made of a solved ticket; it names nobody",
        parameters: [ParameterRule("TICKET", "the number of a solved ticket")],
        options: [
            OptionRule("title", "TEXT", "what it is called", .required),
            OptionRule("text", "TEXT", "what happened and how it was solved", .required), TicketCommands.key,
        ] + NodeOptions.writing,
        examples: ["tributary articles propose YC-7K2M9Q4T --title 重复扣费 --text 核对账单后退回 --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        try contribute(
            [
                "purpose": "case", "ticket": .string(try invocation.requiredWord("TICKET")),
                "title": .string(invocation.text("title") ?? ""), "text": .string(invocation.text("text") ?? ""),
            ], invocation)
    }

    static let list = Command(
        "contributions", "Lists proposed cases and what was said to be wrong, what is due first first",
        options: [OptionRule("all", nil, "also those that were answered")] + NodeOptions.reading,
        examples: ["tributary articles contributions --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let query: [NodeClient.Item] = invocation.has("all") ? [("state", "all")] : []
        let answer = try NodeOptions.client(invocation).get("/api/contributions", query).json
        if invocation.has("json") {
            JSONText.say(answer)
            return .done
        }
        let found = answer["contributions"]?.arrayValue ?? []
        if found.isEmpty { Terminal.say("nothing waits for the province") }
        for one in found { sheet(one).forEach { Terminal.say($0) } }
        return .done
    }

    static let answer = Command(
        "answer", "Accepts or refuses a contribution, at the hub; an accepted case becomes a draft",
        parameters: [ParameterRule("CONTRIBUTION", "its identifier, as `articles contributions` shows it")],
        options: [
            OptionRule("outcome", "WORD", "accepted or refused", .required),
            OptionRule("text", "TEXT", "what is to be said to its site"), TicketCommands.key,
        ] + NodeOptions.writing,
        examples: ["tributary articles answer 0190a1b2… --outcome accepted --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let name = NodeClient.segment(try invocation.requiredWord("CONTRIBUTION"))
        var body: [String: JSONValue] = [:]
        body["outcome"] = try invocation.choice("outcome", of: ["accepted", "refused"]).map(JSONValue.string)
        body["text"] = invocation.text("text").map(JSONValue.string)
        let answer = try NodeOptions.client(invocation).post(
            "/api/contributions/\(name)", .object(body), key: invocation.text("key")
        ).json
        say(answer, invocation)
        return .done
    }

    private static func contribute(_ body: [String: JSONValue], _ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeOptions.client(invocation).post(
            "/api/contributions", .object(body), key: invocation.text("key")
        ).json
        say(answer, invocation)
        return .done
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        sheet(answer["contribution"] ?? .null).forEach { Terminal.say($0) }
    }

    private static func sheet(_ one: JSONValue) -> [String] {
        let standing = one["outcome"]?.stringValue ?? "due \(JSONText.value(one["due"]))"
        let subject = one["article"]?["title"]?.stringValue ?? one["title"]?.stringValue ?? ""
        var lines = [
            "\(JSONText.value(one["id"]))  \(JSONText.value(one["purpose"])), \(JSONText.value(one["site"])), "
                + standing,
            "  \(subject)", "  \(JSONText.value(one["text"]))",
        ]
        if let answer = one["answer"]?.stringValue { lines.append("  answered: \(answer)") }
        if let made = one["made"]?.stringValue { lines.append("  became article \(made)") }
        return lines.map(PlainText.line)
    }
}
