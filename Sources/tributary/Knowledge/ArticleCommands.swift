import Standards

/// `tributary articles …`
enum ArticleCommands {
    static let command = Command(
        "articles", "Finds, writes and publishes what the province knows and says",
        explanation: [
            "An article has one source and two views: what the desk reads, and what a customer may. The hub writes it: "
                + "draft, review, published, and withdrawn; a revision leaves what is in force until it is published. "
                + "Every branch holds all of them and finds them with its line cut; a branch adds what is local as a "
                + "supplement, and never changes the province's words.",
            "A ticket names the articles that were of use to it in the version of that day, and shows them also after "
                + "a withdrawal.",
        ],
        examples: [
            "tributary articles list --text 宽带很慢 --category broadbandSpeedFault --data yinchuan",
            "tributary articles import articles.json --data hub",
            "tributary articles publish 0190a1b2… --data hub",
        ],
        commands: [
            list, show, use, add, revise, submit, giveBack, publish, withdraw, supplement, ArticleImport.command,
            ContributionCommands.report, ContributionCommands.propose, ContributionCommands.list,
            ContributionCommands.answer,
        ])

    static let name = ParameterRule("ARTICLE", "its identifier, as `articles list` shows it")
    static let kinds = ["article", "case", "script"]

    private static let list = Command(
        "list", "Lists articles: those in force, or those that fit a text",
        options: [
            OptionRule("search", "TEXT", "only those in which these words stand, of two characters or more"),
            OptionRule("text", "TEXT", "what is being typed: the articles whose keywords stand in it come first"),
            OptionRule("category", "ID", "only those about a category or one above it; with --text, those too"),
            OptionRule("kind", "KIND", kinds.joined(separator: ", ")),
            OptionRule("state", "STATE", "at the hub: draft, review, withdrawn or all"),
        ] + NodeOptions.reading,
        examples: ["tributary articles list --search 测速 --data yinchuan"], exits: NodeOptions.exits,
        action: listAll)

    private static let show = Command(
        "show", "Shows an article, also a past version and one that was withdrawn", parameters: [name],
        options: [OptionRule("version", "N", "as it was in that version")] + NodeOptions.reading,
        examples: ["tributary articles show 0190a1b2… --version 1 --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        let query: [NodeClient.Item] = invocation.text("version").map { [("version", $0)] } ?? []
        let answer = try NodeOptions.client(invocation).get(try path(invocation), query)
        say(answer.json, invocation, etag: answer.etag)
        return .done
    }

    private static let use = Command(
        "use", "Compares tickets solved at first contact, with an article and without",
        options: [OptionRule("days", "N", "of tickets opened within the last N days; 30 when left out")]
            + NodeOptions.reading,
        examples: ["tributary articles use --days 90 --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let query: [NodeClient.Item] = invocation.text("days").map { [("days", $0)] } ?? []
        let answer = try NodeOptions.client(invocation).get("/api/article-use", query).json
        if invocation.has("json") {
            JSONText.say(answer)
            return .done
        }
        var table = TextTable(["TICKETS", "SOLVED", "AT FIRST CONTACT"])
        for (key, title) in [("with", "with an article"), ("without", "without")] {
            table.add([title, JSONText.value(answer[key]?["solved"]), JSONText.value(answer[key]?["atFirstContact"])])
        }
        for line in table.lines { Terminal.say(line) }
        if answer["cut"]?.boolValue == true {
            Terminal.note("there are more tickets than were looked at: choose fewer --days")
        }
        if let line = AsOfLine.text(answer["dataAsOf"]) { Terminal.say(line) }
        return .done
    }

    /// What an article says and is found by.
    private static func wishOptions(_ presence: OptionRule.Presence) -> [OptionRule] {
        [
            OptionRule("title", "TEXT", "what it is called", presence),
            OptionRule("agent", "TEXT", "what the desk is to know", presence),
            OptionRule("customer", "TEXT", "what a customer may read of it"),
            OptionRule("kind", "KIND", kinds.joined(separator: ", ")),
            OptionRule("category", "ID", "a category that it is about, with all below it", .repeated),
            OptionRule("keyword", "WORD", "a word of 2 to 20 characters by which it is pushed", .repeated),
        ]
    }

    /// What is left out stays as it is.
    private static func wish(_ invocation: Invocation) throws -> [String: JSONValue] {
        var body: [String: JSONValue] = [:]
        for name in ["title", "agent", "customer"] { body[name] = invocation.text(name).map(JSONValue.string) }
        body["kind"] = try invocation.choice("kind", of: kinds).map(JSONValue.string)
        for (name, member) in [("category", "categories"), ("keyword", "keywords")] where invocation.has(name) {
            body[member] = .array(invocation.texts(name).map(JSONValue.string))
        }
        return body
    }

    private static let add = Command(
        "add", "Begins an article as a draft, at the hub",
        options: wishOptions(.required) + [
            OptionRule("ticket", "TICKET", "the solved ticket that a case is made of"), TicketCommands.key,
        ] + NodeOptions.writing,
        examples: [
            "tributary articles add --title 宽带测速不达标 --agent 先核对资费速率 --keyword 测速 --category faultBroadband --data hub"
        ],
        exits: NodeOptions.exits
    ) { invocation in
        var body = try wish(invocation)
        body["ticket"] = invocation.text("ticket").map(JSONValue.string)
        let answer = try NodeOptions.client(invocation).post(
            "/api/articles", .object(body), key: invocation.text("key"))
        say(answer.json, invocation)
        return .done
    }

    private static let match = OptionRule(
        "if-match", "ETAG", "refuse if the article is no longer as it was shown with this ETag")

    private static let revise = Command(
        "revise", "Writes on an article, at the hub; what is left out stays as it is", parameters: [name],
        options: wishOptions(.optional) + [match, TicketCommands.key] + NodeOptions.writing,
        examples: ["tributary articles revise 0190a1b2… --agent 先核对资费速率 --data hub"], exits: NodeOptions.exits
    ) { invocation in
        try post(try wish(invocation).merging(["action": "revise"]) { _, action in action }, invocation)
    }

    private static func post(_ body: [String: JSONValue], _ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeOptions.client(invocation).post(
            try path(invocation), .object(body), key: invocation.text("key"), match: invocation.text("if-match"))
        say(answer.json, invocation, etag: answer.etag)
        return .done
    }

    private static let submit = step("submit", "submit", "Gives a draft to whoever publishes, at the hub")
    private static let giveBack = step(
        "return", "giveBack", "Gives an article in review back to its author, at the hub", needsReason: true)
    private static let publish = step("publish", "publish", "Puts an article in review in force, at the hub")
    private static let withdraw = step(
        "withdraw", "withdraw", "Takes an article out of force, at the hub; tickets that name it still show it",
        needsReason: true)

    private static func step(
        _ word: String, _ action: String, _ summary: String, needsReason: Bool = false
    ) -> Command {
        let reason = OptionRule("reason", "TEXT", "why", .required)
        return Command(
            word, summary, parameters: [name],
            options: (needsReason ? [reason] : []) + [match, TicketCommands.key] + NodeOptions.writing,
            examples: ["tributary articles \(word) 0190a1b2…\(needsReason ? " --reason 已过时" : "") --data hub"],
            exits: NodeOptions.exits
        ) { invocation in
            var body: [String: JSONValue] = ["action": .string(action)]
            if needsReason { body["reason"] = invocation.text("reason").map(JSONValue.string) }
            return try post(body, invocation)
        }
    }

    private static let supplement = Command(
        "supplement", "Sets what this branch adds to an article", parameters: [name],
        options: [OptionRule("text", "TEXT", "what is local; empty takes it back", .required), TicketCommands.key]
            + NodeOptions.writing,
        examples: ["tributary articles supplement 0190a1b2… --text 银川机房电话见内网 --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        let body: JSONValue = ["text": .string(invocation.text("text") ?? "")]
        let answer = try NodeOptions.client(invocation).post(
            try path(invocation) + "/supplement", body, key: invocation.text("key")
        ).json
        if invocation.has("json") { JSONText.say(answer) } else { Terminal.say("done") }
        return .done
    }

    static func path(_ invocation: Invocation) throws -> String {
        "/api/articles/" + NodeClient.segment(try invocation.requiredWord("ARTICLE"))
    }

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        var query: [NodeClient.Item] = []
        for (name, key) in [("search", "q"), ("category", "category"), ("state", "state")] {
            if let value = invocation.text(name) { query.append((key, value)) }
        }
        if let text = invocation.text("text") { query.append(("text", end(of: text))) }
        if let kind = try invocation.choice("kind", of: kinds) { query.append(("kind", kind)) }
        query.append(("limit", "200"))
        let json = try NodeOptions.client(invocation).get("/api/articles", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let found = json["articles"]?.arrayValue ?? []
        if found.isEmpty { Terminal.say("no article is found") }
        for one in found {
            let matched = (one["matched"]?.arrayValue ?? []).compactMap(\.stringValue)
            let clause = matched.isEmpty ? "" : "  (\(matched.joined(separator: ", ")))"
            Terminal.say(PlainText.line(headline(one) + clause))
        }
        if json["cut"]?.boolValue == true {
            Terminal.note("there are more than these \(found.count): narrow them with --search or --category")
        }
        return .done
    }

    /// The newest of a text, as much as a request line takes, with no half of a character before it.
    static func end(of text: String) -> String {
        String(decoding: text.utf16.suffix(textUnits).drop { UTF16.isTrailSurrogate($0) }, as: UTF16.self)
    }

    /// What a node takes of a text.
    private static let textUnits = 800

    private static func headline(_ one: JSONValue) -> String {
        "\(JSONText.value(one["id"]))  \(JSONText.value(one["kind"])), \(JSONText.value(one["state"])), "
            + "version \(JSONText.value(one["version"])): \(JSONText.value(one["title"]))"
    }

    static func say(_ answer: JSONValue, _ invocation: Invocation, etag: String? = nil) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        sheet(answer["article"] ?? .null).forEach { Terminal.say($0) }
        if let etag { Terminal.say("  etag \(etag)") }
    }

    /// An article as a person reads it on a terminal.
    static func sheet(_ one: JSONValue) -> [String] {
        func joined(_ key: String) -> String {
            (one[key]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
        }
        var lines = [headline(one)]
        if !joined("categories").isEmpty { lines.append("  about \(joined("categories"))") }
        if !joined("keywords").isEmpty { lines.append("  by \(joined("keywords"))") }
        if let reason = one["reason"]?.stringValue { lines.append("  because: \(reason)") }
        for (key, title) in [("words", "in force"), ("draft", "being written")] {
            guard let words = one[key], words != .null else { continue }
            let version = one["shownVersion"]?.intValue
            lines.append("  \(key == "words" ? version.map { "version \($0)" } ?? title : title):")
            lines.append("    desk: \(JSONText.value(words["agent"]))")
            if let customer = words["customer"]?.stringValue, !customer.isEmpty {
                lines.append("    customer: \(customer)")
            }
        }
        for local in one["supplements"]?.arrayValue ?? [] {
            let older = local["older"]?.boolValue == true ? ", written beside an older version" : ""
            lines.append("  \(JSONText.value(local["site"])) adds\(older): \(JSONText.value(local["text"]))")
        }
        return lines.map(PlainText.line)
    }
}
