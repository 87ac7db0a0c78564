import Standards

/// `tributary allowance …`
enum AllowanceCommands {
    static let command = Command(
        "allowance", "Lets a branch pay refunds by itself while its line is down, up to an amount",
        explanation: [
            "An allowance is for the charges that begin with a prefix. While it is out the hub decides none of them, "
                + "so nothing is paid twice; when it has been returned, they are the hub's again. It belongs to the "
                + "database that the branch runs on: one that was restored from a backup asks for another."
        ],
        examples: [
            "tributary allowance grant nx-yinchuan YC- 500000 --data hub",
            "tributary allowance pay NX-YC-00001 YC-2026-17 5000 --reason 重复扣费 --data yinchuan",
        ], commands: [list, show, grant, raise, giveBack, writeOff, pay])

    private static let name = ParameterRule("ALLOWANCE", "its identifier, as the list shows it")
    private static let fen = ParameterRule("FEN", "an amount, in fen")

    private static let list = Command(
        "list", "Lists allowances, newest first", options: NodeOptions.reading,
        examples: ["tributary allowance list --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let answer = try NodeOptions.client(invocation).get("/api/allowances").json
        if invocation.has("json") {
            JSONText.say(answer)
            return .done
        }
        var table = TextTable(["ALLOWANCE", "SITE", "CHARGES", "GRANTED", "SPENT", "LEFT", "STATE"])
        let keys = ["allowance", "site", "prefix", "grantedFen", "spentFen", "leftFen", "state"]
        for item in answer["allowances"]?.arrayValue ?? [] { table.add(keys.map { JSONText.value(item[$0]) }) }
        for line in table.lines { Terminal.say(line) }
        return .done
    }

    private static let show = Command(
        "show", "Shows an allowance with what was paid out of it", parameters: [name], options: NodeOptions.reading,
        examples: ["tributary allowance show 0190a1b2… --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        let path = try path(invocation)
        say(try NodeOptions.client(invocation).get(path).json, invocation)
        return .done
    }

    private static let grant = Command(
        "grant", "Grants one to a branch; at the hub",
        parameters: [
            ParameterRule("SITE", "the branch"), ParameterRule("PREFIX", "what the charges that it covers begin with"),
            fen,
        ], options: NodeOptions.writing, examples: ["tributary allowance grant nx-yinchuan YC- 500000 --data hub"],
        exits: NodeOptions.exits
    ) { invocation in
        let body: JSONValue = [
            "site": .string(try invocation.requiredWord("SITE")),
            "prefix": .string(try invocation.requiredWord("PREFIX")), "amountFen": .integer(try amount(invocation)),
        ]
        say(try NodeOptions.client(invocation).post("/api/allowances", body).json, invocation)
        return .done
    }

    private static let raise = Command(
        "raise", "Adds to one; at the hub", parameters: [name, fen], options: NodeOptions.writing,
        examples: ["tributary allowance raise 0190a1b2… 100000 --data hub"], exits: NodeOptions.exits
    ) { try act($0, ["action": "raise", "amountFen": .integer(try amount($0))]) }

    private static let giveBack = Command(
        "return", "Gives back what is left; at the hub, asks for it", parameters: [name],
        options: NodeOptions.writing, examples: ["tributary allowance return 0190a1b2… --data yinchuan"],
        exits: NodeOptions.exits
    ) { try act($0, ["action": "return"]) }

    private static let writeOff = Command(
        "write-off", "Gives one up whose database will not come back; at the hub",
        explanation: ["What it paid and never sent is not known, and could be paid once more from here."],
        parameters: [name], options: NodeOptions.writing,
        examples: ["tributary allowance write-off 0190a1b2… --data hub"], exits: NodeOptions.exits
    ) { try act($0, ["action": "writeOff"]) }

    private static let pay = Command(
        "pay", "Pays a refund at the counter, out of the branch's allowance",
        parameters: [
            ParameterRule("TICKET", "its number"), ParameterRule("CHARGE", "what is given back"), fen,
        ], options: [OptionRule("reason", "TEXT", "why")] + NodeOptions.writing,
        examples: ["tributary allowance pay NX-YC-00001 YC-2026-17 5000 --reason 重复扣费 --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        let body: JSONValue = [
            "charge": .string(try invocation.requiredWord("CHARGE")), "amountFen": .integer(try amount(invocation)),
            "reason": .string(invocation.text("reason") ?? ""),
        ]
        let ticket = NodeClient.segment(try invocation.requiredWord("TICKET"))
        say(try NodeOptions.client(invocation).post("/api/tickets/\(ticket)/payments", body).json, invocation)
        return .done
    }

    private static func act(_ invocation: Invocation, _ body: JSONValue) throws -> ExitCode {
        let path = try path(invocation)
        say(try NodeOptions.client(invocation).post(path, body).json, invocation)
        return .done
    }

    private static func path(_ invocation: Invocation) throws -> String {
        "/api/allowances/\(NodeClient.segment(try invocation.requiredWord("ALLOWANCE")))"
    }

    private static func amount(_ invocation: Invocation) throws -> Int64 {
        let word = try invocation.requiredWord("FEN")
        guard let fen = Int64(word), fen > 0 else {
            throw invocation.refusal("FEN is no amount", "write a whole number of fen, such as 5000")
        }
        return fen
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        let allowance = answer["allowance"]
        Terminal.say(
            "\(JSONText.value(allowance?["allowance"])) of \(JSONText.value(allowance?["site"])), "
                + "\(JSONText.value(allowance?["state"])): charges \(JSONText.value(allowance?["prefix"]))…")
        Terminal.say(
            "granted \(JSONText.value(allowance?["grantedFen"])) fen, spent \(JSONText.value(allowance?["spentFen"])), "
                + "left \(JSONText.value(allowance?["leftFen"]))")
        for payment in allowance?["payments"]?.arrayValue ?? [] {
            Terminal.say(
                PlainText.line(
                    "  \(JSONText.value(payment["amountFen"])) fen  \(JSONText.value(payment["charge"]))  "
                        + JSONText.value(payment["reason"])))
        }
    }
}
