import Standards

/// `tributary account …`
enum AccountCommands {
    static let command = Command(
        "account", "Shows who may sign in at a site, gives accounts, closes and removes them",
        explanation: [
            "Accounts are local to a site and need no line: a branch signs its people in while the hub is away. An "
                + "account's name is the name that timelines and the roster show (`tributary staff`): the roster says "
                + "which steps a person may take, the account's access which pages and routes are open.",
            "Access is one of observer (reads), clerk (works on tickets), supervisor (decides reviews, allowances, "
                + "imports, overlays) and administrator (accounts, tokens, sites, standards); each includes the ones "
                + "before.",
            "Nobody is ever given a usual password: a new account comes with a link that is good once, for 24 hours, "
                + "and by which its owner chooses one.",
        ],
        examples: [
            "tributary account invite --data yinchuan", "tributary account add 王芳 --access clerk --data yinchuan",
        ], commands: [list, add, invite, set, unlock, remove, signIns])

    private static let name = ParameterRule("NAME", "the account's name, as timelines show it")
    private static let access = OptionRule(
        "access", "LEVEL", "observer, clerk, supervisor or administrator", .required)
    static let levels = ["observer", "clerk", "supervisor", "administrator"]

    private static let list = Command(
        "list", "Lists accounts: what each may, whether it waits after failures, how many sessions it has",
        options: NodeOptions.reading, examples: ["tributary account list --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        let answer = try NodeOptions.client(invocation).get("/api/accounts").json
        if invocation.has("json") {
            JSONText.say(answer)
            return .done
        }
        var table = TextTable(["NAME", "ACCESS", "SESSIONS", "STATE"])
        for account in answer["accounts"]?.arrayValue ?? [] {
            table.add([
                JSONText.value(account["name"]), JSONText.value(account["access"]),
                JSONText.value(account["sessions"]), state(account),
            ])
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }

    private static func state(_ account: JSONValue) -> String {
        if account["locked"]?.boolValue == true { return "closed" }
        if let until = account["waitsUntil"]?.stringValue { return "waits until \(until) after failures" }
        if account["hasPassword"]?.boolValue == false { return "has not used its link" }
        return account["mustChangePassword"]?.boolValue == true ? "must change its password" : "open"
    }

    private static let add = Command(
        "add", "Makes an account and prints the one-time link for its owner", parameters: [name],
        options: [access] + NodeOptions.writing,
        examples: ["tributary account add 王芳 --access clerk --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        guard let level = try invocation.choice("access", of: levels) else {
            throw invocation.refusal("--access is missing", "give it a value")
        }
        let name = try invocation.requiredWord("NAME")
        let client = try NodeOptions.client(invocation)
        let answer = try client.post("/api/accounts", ["name": .string(name), "access": .string(level)]).json
        LinkAnswer.say(answer, at: client.address.url, for: name, invocation)
        return .done
    }

    private static let invite = Command(
        "invite", "Prints a one-time link: for an account's owner to choose a password, or for a new administrator",
        explanation: [
            "Without a name the link makes an administrator, who chooses the name: that is how a new site gets its "
                + "first account, and how one is got back when every password is lost. The node may be stopped then. A "
                + "link that was printed before is good no longer.",
            "With a name the account's password is good no longer, and who is signed in by it is signed out.",
        ],
        parameters: [ParameterRule("NAME", "whose; else a new administrator's", isOptional: true)],
        options: NodeOptions.writing,
        examples: ["tributary account invite --data yinchuan", "tributary account invite 王芳 --data yinchuan"],
        exits: NodeOptions.exits, action: AccountInvitation.run)

    private static let set = Command(
        "set", "Changes what an account may do, or closes it", parameters: [name],
        options: [
            OptionRule("access", "LEVEL", "observer, clerk, supervisor or administrator"),
            OptionRule("lock", nil, "closes it and signs it out; `account unlock` opens it"),
        ] + NodeOptions.writing,
        examples: ["tributary account set 王芳 --access supervisor --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        var body: [String: JSONValue] = [:]
        if let level = try invocation.choice("access", of: levels) { body["access"] = .string(level) }
        if invocation.has("lock") { body["locked"] = true }
        guard !body.isEmpty else {
            throw invocation.refusal("nothing is to be changed", "give --access or --lock")
        }
        return try change(invocation, .object(body))
    }

    private static let unlock = Command(
        "unlock", "Opens an account that was closed, and forgives failures to sign in", parameters: [name],
        options: NodeOptions.writing, examples: ["tributary account unlock 王芳 --data yinchuan"],
        exits: NodeOptions.exits
    ) { try change($0, ["locked": false, "unlock": true]) }

    private static func change(_ invocation: Invocation, _ body: JSONValue) throws -> ExitCode {
        let name = try invocation.requiredWord("NAME")
        let answer = try NodeOptions.client(invocation).post(path(name), body).json
        if invocation.has("json") {
            JSONText.say(answer)
        } else if let account = answer["account"] {
            Terminal.say(
                "\(JSONText.value(account["name"])): \(JSONText.value(account["access"])), \(state(account))")
        }
        return .done
    }

    private static let remove = Command(
        "remove", "Removes an account and signs it out; what it did stays in the timelines", parameters: [name],
        options: NodeOptions.writing, examples: ["tributary account remove 王芳 --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        let name = try invocation.requiredWord("NAME")
        _ = try NodeOptions.client(invocation).delete(path(name))
        if !invocation.has("json") { Terminal.say("\(PlainText.line(name)) is removed") }
        return .done
    }

    private static let signIns = Command(
        "sign-ins", "Lists sign-ins, refused ones with them, and what was done to accounts, newest first",
        options: [OptionRule("limit", "N", "how many, up to 1000; else 100")] + NodeOptions.reading,
        examples: ["tributary account sign-ins --data yinchuan"], exits: NodeOptions.exits
    ) { invocation in
        let limit = try invocation.integer("limit", in: 1...1_000) ?? 100
        let answer = try NodeOptions.client(invocation).get("/api/sign-ins", [("limit", "\(limit)")]).json
        if invocation.has("json") {
            JSONText.say(answer)
            return .done
        }
        var table = TextTable(["AT", "NAME", "FROM", "WHAT", "BY"])
        for row in answer["signIns"]?.arrayValue ?? [] {
            table.add(["at", "name", "address", "outcome", "by"].map { JSONText.value(row[$0]) })
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }

    static func path(_ name: String) -> String { "/api/accounts/\(NodeClient.segment(name))" }
}
