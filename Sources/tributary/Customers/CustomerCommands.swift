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
            OptionRule("grade", "ID", "its grade, by hand"),
            OptionRule("reason", "TEXT", "why the grade is set by hand"),
            OptionRule("contract-ends", "TIME", "when its contract ends, such as \(InstantText.example)"),
            OptionRule("account-manager", "NAME", "its account manager, named on each of its orders"),
            OptionRule("service-manager", "NAME", "its service manager, named beside"),
            OptionRule("model", nil, "leaves the grade to the model again"),
        ] + NodeOptions.writing,
        examples: ["tributary customer set 0190a1b2… --grade gold --reason 长期客户 --data yinchuan"],
        exits: NodeOptions.exits, action: setFacts)

    private static func setFacts(_ invocation: Invocation) throws -> ExitCode {
        var facts: [String: JSONValue] = [:]
        for word in ["class", "grade", "reason"] { facts[word] = invocation.text(word).map(JSONValue.string) }
        facts["accountManager"] = invocation.text("account-manager").map(JSONValue.string)
        facts["serviceManager"] = invocation.text("service-manager").map(JSONValue.string)
        if let text = invocation.text("contract-ends") {
            guard let time = InstantText.milliseconds(text) else {
                throw CommandError(
                    .usage, "set a customer's facts", reason: "--contract-ends is not a time with its zone",
                    remedy: "write it as \(InstantText.example)")
            }
            facts["contractEnds"] = .integer(time)
        }
        facts["monthlyFen"] = try invocation.integer("monthly-fen", in: 0...Int.max).map { .integer(Int64($0)) }
        facts["arrears"] = try invocation.integer("arrears", in: 0...12).map { .integer(Int64($0)) }
        if invocation.has("model") { facts["grade"] = .null }
        let name = NodeClient.segment(try invocation.requiredWord("CUSTOMER"))
        let body: JSONValue = ["facts": .object(facts)]
        say(try NodeOptions.client(invocation).post("/api/customers/\(name)", body).json, invocation)
        return .done
    }

    private static func line(_ reminder: JSONValue) -> String {
        let tickets = (reminder["tickets"]?.arrayValue ?? []).map(JSONText.value).joined(separator: ", ")
        return switch reminder["kind"]?.stringValue {
        case "contract": "! its contract ends \(JSONText.value(reminder["at"]))"
        case "repeat": "! called again within 72 hours on \(JSONText.value(reminder["category"])): \(tickets)"
        case "arrears": "! \(JSONText.value(reminder["months"])) months in arrears"
        default: "! open tickets: \(tickets)"
        }
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
        for (word, label) in [("accountManager", "account manager"), ("serviceManager", "service manager")] {
            if let name = customer?[word]?.stringValue { Terminal.say(PlainText.line("\(label): \(name)")) }
        }
        for reminder in customer?["reminders"]?.arrayValue ?? [] { Terminal.say(PlainText.line(line(reminder))) }
        if let scheme = customer?["recommendedScheme"]?.stringValue { Terminal.say("recommended access: \(scheme)") }
        for turn in customer?["gradeHistory"]?.arrayValue ?? [] {
            let reason = turn["reason"]?.stringValue.map { ": " + PlainText.line($0) } ?? ""
            Terminal.say(
                "  \(JSONText.value(turn["at"]))  \(JSONText.value(turn["grade"]))  "
                    + PlainText.line(JSONText.value(turn["actor"])) + reason)
        }
    }
}
