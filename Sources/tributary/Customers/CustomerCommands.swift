import Standards

/// `tributary customer …`
enum CustomerCommands {
    static let command = Command(
        "customer", "Shows a customer with its grade, and notes what is known of it",
        explanation: [
            "A grade follows from class, revenue, years and arrears by the standard's model. Somebody may set it by "
                + "hand and says why; with --model it is left to the model again. Nothing is forgotten: "
                + "`show` has the history."
        ],
        examples: ["tributary customer show 0190a1b2… --data yinchuan"], commands: [show, set])

    private static let customer = ParameterRule("CUSTOMER", "its identifier, as a ticket shows it")

    private static let show = Command(
        "show", "Shows a customer", parameters: [customer], options: NodeOptions.reading,
        examples: ["tributary customer show 0190a1b2… --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        let name = NodeClient.segment(try invocation.requiredWord("CUSTOMER"))
        say(try NodeOptions.client(invocation).get("/api/customers/\(name)").json, invocation)
        return .done
    }

    private static let set = Command(
        "set", "Notes what is known of a customer, or sets its grade",
        parameters: [customer],
        options: [
            OptionRule("class", "ID", "its class in the standard, such as finance"),
            OptionRule("monthly-fen", "FEN", "its revenue in an average month, in fen"),
            OptionRule("arrears", "N", "months in arrears among the last twelve"),
            OptionRule("contract-ends", "TIME", "when its contract ends, such as \(InstantText.example)"),
            OptionRule("account-manager", "TEXT", "who looks after what it buys: a name, and how to reach it"),
            OptionRule("service-manager", "TEXT", "who looks after what it has: a name, and how to reach it"),
            OptionRule("grade", "ID", "its grade, by hand"),
            OptionRule("reason", "TEXT", "why the grade is set by hand"),
            OptionRule("model", nil, "leaves the grade to the model again"),
        ] + NodeOptions.writing,
        examples: ["tributary customer set 0190a1b2… --grade gold --reason 长期客户 --data yinchuan"],
        exits: NodeOptions.exits, action: setFacts)

    private static func setFacts(_ invocation: Invocation) throws -> ExitCode {
        var facts: [String: JSONValue] = [:]
        for word in ["class", "grade", "reason"] { facts[word] = invocation.text(word).map(JSONValue.string) }
        facts["monthlyFen"] = try invocation.integer("monthly-fen", in: 0...Int.max).map { .integer(Int64($0)) }
        facts["arrears"] = try invocation.integer("arrears", in: 0...12).map { .integer(Int64($0)) }
        facts["accountManager"] = invocation.text("account-manager").map(JSONValue.string)
        facts["serviceManager"] = invocation.text("service-manager").map(JSONValue.string)
        if let ends = invocation.text("contract-ends") {
            guard let time = InstantText.milliseconds(ends) else {
                throw invocation.refusal("--contract-ends is not a time", "write it as \(InstantText.example)")
            }
            facts["contractEnds"] = .integer(time)
        }
        if invocation.has("model") { facts["grade"] = .null }
        let name = NodeClient.segment(try invocation.requiredWord("CUSTOMER"))
        let body: JSONValue = ["facts": .object(facts)]
        say(try NodeOptions.client(invocation).post("/api/customers/\(name)", body).json, invocation)
        return .done
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        let customer = answer["customer"]
        Terminal.say(PlainText.line("\(JSONText.value(customer?["name"])), \(JSONText.value(customer?["phone"]))"))
        let how = customer?["gradeIsByHand"]?.boolValue == true ? "by hand" : "by the model"
        Terminal.say("grade \(JSONText.value(customer?["grade"])), \(how)")
        if let computed = customer?["computed"] {
            let parts = ["background", "revenue", "years", "arrears"].map { "\($0) \(JSONText.value(computed[$0]))" }
            Terminal.say(
                "the model says \(JSONText.value(computed["grade"])): \(parts.joined(separator: ", ")), "
                    + "\(JSONText.value(computed["points"])) points")
        }
        if let scheme = customer?["recommendedScheme"]?.stringValue { Terminal.say("recommended access: \(scheme)") }
        for (name, key) in [
            ("contract ends", "contractEnds"), ("account manager", "accountManager"),
            ("service manager", "serviceManager"),
        ] {
            if let text = customer?[key]?.stringValue { Terminal.say("\(name): \(PlainText.line(text))") }
        }
        for turn in customer?["gradeHistory"]?.arrayValue ?? [] {
            let reason = turn["reason"]?.stringValue.map { ": " + PlainText.line($0) } ?? ""
            Terminal.say(
                "  \(JSONText.value(turn["at"]))  \(JSONText.value(turn["grade"]))  "
                    + PlainText.line(JSONText.value(turn["actor"])) + reason)
        }
    }
}
