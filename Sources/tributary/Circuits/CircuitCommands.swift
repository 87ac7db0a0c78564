import Standards

/// `tributary circuit …`
enum CircuitCommands {
    static let command = Command(
        "circuit", "Lists, shows, registers, changes and retires circuits",
        explanation: [
            "A circuit is named by its number. A ticket that names it is filled in from it, by what the standard says "
                + "of its form, and goes to the department that maintains it. A branch holds the circuits that concern "
                + "it and may change them; the province has all. What is changed needs a reason, and `show` has the "
                + "history."
        ],
        examples: [
            "tributary circuit set YC-10G-0001 --end-a 银川 --end-z 固原 --grade aaa --department transmission "
                + "--data yinchuan",
            "tributary circuit show YC-10G-0001 --data yinchuan",
        ],
        commands: [list, show, set, retire])

    private static let number = ParameterRule("NUMBER", "the circuit's number")
    private static let reason = OptionRule("reason", "TEXT", "why; a circuit that is there is not changed without")

    private static let list = Command(
        "list", "Lists circuits by their numbers",
        options: [
            OptionRule("number", "START", "only those whose number begins so"),
            OptionRule("retired", nil, "also those that are out of service"),
            OptionRule("limit", "N", "how many, 1 to 500; else 50"),
            OptionRule("after", "NUMBER", "goes on where the page before ended"),
        ] + NodeOptions.reading,
        examples: ["tributary circuit list --number YC- --data yinchuan"], exits: NodeOptions.exits, action: listPage)

    private static let show = Command(
        "show", "Shows a circuit and who changed it, when and why", parameters: [number],
        options: NodeOptions.reading, examples: ["tributary circuit show YC-10G-0001 --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        say(try NodeOptions.client(invocation).get(try path(invocation)).json, invocation)
        return .done
    }

    private static let set = Command(
        "set", "Registers a circuit, or changes what is known of it",
        parameters: [number],
        options: facts.map { OptionRule($0.option, $0.value, $0.meaning) } + [
            OptionRule("forget", "FACT", "takes back what was known, such as team", .repeated),
            OptionRule("in-service", nil, "takes it into service again"),
            OptionRule("site", "SITE", "a branch that it concerns beside; may be given several times", .repeated),
            OptionRule("remove-site", "SITE", "at the hub: a branch that it no longer concerns", .repeated),
            reason, TicketCommands.key,
        ] + NodeOptions.writing,
        examples: [
            "tributary circuit set YC-10G-0001 --end-a 银川 --end-z 固原 --site nx-guyuan --data yinchuan",
            "tributary circuit set YC-10G-0001 --team 三班 --reason 班组调整 --data yinchuan",
        ],
        exits: NodeOptions.exits, action: setFacts)

    private static let retire = Command(
        "retire", "Takes a circuit out of service for good: no new ticket may name it", parameters: [number],
        options: [OptionRule("reason", "TEXT", "why", .required), TicketCommands.key] + NodeOptions.writing,
        examples: ["tributary circuit retire YC-10G-0001 --reason 客户退租 --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        try send(["facts": ["retired": true], "reason": .string(invocation.required("reason"))], invocation)
        return .done
    }

    private static let facts: [(option: String, word: String, value: String, meaning: String)] = [
        ("end-a", "endA", "TEXT", "where it begins"), ("end-z", "endZ", "TEXT", "where it ends"),
        ("route", "route", "TEXT", "the way it takes"),
        ("customer", "customer", "ID", "the customer that has it, by the identifier that a ticket shows"),
        ("grade", "grade", "ID", "how well it is protected, in the words of the standard"),
        ("department", "department", "ID", "the department that maintains it"),
        ("team", "team", "TEXT", "the team that maintains it"),
        ("access-class", "accessClass", "ID", "its way of access in the catalogue"),
        ("business", "business", "ID", "what is sold over it, in the catalogue"),
    ]

    private static func path(_ invocation: Invocation) throws -> String {
        "/api/circuits/" + NodeClient.segment(try invocation.requiredWord("NUMBER"))
    }

    private static func listPage(_ invocation: Invocation) throws -> ExitCode {
        var query: [NodeClient.Item] = []
        for name in ["number", "after"] {
            if let value = invocation.text(name) { query.append((name, value)) }
        }
        if invocation.has("retired") { query.append(("retired", "too")) }
        if let limit = try invocation.integer("limit", in: 1...500) { query.append(("limit", String(limit))) }
        let json = try NodeOptions.client(invocation).get("/api/circuits", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable(["number", "end A", "end Z", "grade", "department", "team", ""])
        for circuit in json["circuits"]?.arrayValue ?? [] {
            let columns = ["number", "endA", "endZ", "grade", "department", "team"].map { text(circuit[$0]) }
            table.add(columns + [circuit["retired"] == true ? "out of service" : ""])
        }
        for line in table.lines { Terminal.say(line) }
        if let next = json["next"]?.stringValue { Terminal.say("more: --after \(PlainText.line(next))") }
        return .done
    }

    private static func setFacts(_ invocation: Invocation) throws -> ExitCode {
        var said: [String: JSONValue] = [:]
        for fact in facts {
            if let text = invocation.text(fact.option) { said[fact.word] = .string(text) }
        }
        for name in invocation.texts("forget") {
            guard let fact = facts.first(where: { $0.option == name }), said[fact.word] == nil else {
                throw invocation.refusal(
                    "--forget \(name) names no fact, or one that is set",
                    "name one of \(facts.map(\.option).joined(separator: ", "))")
            }
            said[fact.word] = .null
        }
        if invocation.has("in-service") { said["retired"] = false }
        var body: [String: JSONValue] = ["facts": .object(said)]
        body["reason"] = invocation.text("reason").map(JSONValue.string)
        for (name, option) in [("add", "site"), ("remove", "remove-site")] {
            let sites = invocation.texts(option)
            if !sites.isEmpty { body[name] = .array(sites.map(JSONValue.string)) }
        }
        try send(.object(body), invocation)
        return .done
    }

    private static func send(_ body: JSONValue, _ invocation: Invocation) throws {
        let answer = try NodeOptions.client(invocation).post(
            try path(invocation), body, key: invocation.text("key"))
        say(answer.json, invocation)
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        for line in CircuitSheet(answer["circuit"] ?? .null).lines { Terminal.say(line) }
    }

    private static func text(_ value: JSONValue?) -> String { value == .null ? "" : JSONText.value(value) }
}
