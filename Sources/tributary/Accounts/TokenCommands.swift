import Standards

/// `tributary token …`
enum TokenCommands {
    static let command = Command(
        "token", "Makes, lists and removes the tokens by which other systems speak with a site",
        explanation: [
            "A token is shown once, when it is made; the site keeps its digest only. It acts under its own name, from "
                + "any address, and opens what its scopes say: a level of access as accounts have it, or "
                + "`integration`, which opens the routes under /tmf-api, but for deleting tickets, and nothing else.",
            "The token in the data folder is another one: this machine's own, for these commands.",
        ],
        examples: ["tributary token create 计费系统 --scope integration --data hub"], commands: [list, create, remove])

    private static let name = ParameterRule("NAME", "as whom it acts, as timelines will show it")
    private static let scopes = AccountCommands.levels + ["integration"]

    private static let list = Command(
        "list", "Lists tokens: what each opens, when it was made and by whom", options: NodeOptions.reading,
        examples: ["tributary token list --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let answer = try NodeOptions.client(invocation).get("/api/api-tokens").json
        if invocation.has("json") {
            JSONText.say(answer)
            return .done
        }
        var table = TextTable(["NAME", "SCOPES", "MADE", "BY"])
        for token in answer["tokens"]?.arrayValue ?? [] {
            let scopes = (token["scopes"]?.arrayValue ?? []).map { JSONText.value($0) }
            table.add([
                JSONText.value(token["name"]), scopes.joined(separator: ", "), JSONText.value(token["made"]),
                JSONText.value(token["maker"]),
            ])
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }

    private static let create = Command(
        "create", "Makes a token and prints it, once", parameters: [name],
        options: [
            OptionRule("scope", "SCOPE", "observer, clerk, supervisor, administrator or integration", .repeated)
        ] + NodeOptions.writing,
        examples: ["tributary token create 计费系统 --scope integration --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let wanted = invocation.texts("scope")
        guard !wanted.isEmpty else { throw invocation.refusal("--scope is missing", "give it at least once") }
        for scope in wanted where !scopes.contains(scope) {
            throw invocation.refusal(
                "`\(scope)` is none of the scopes there are", WordHint.clause(for: scope, among: scopes))
        }
        let body: JSONValue = [
            "name": .string(try invocation.requiredWord("NAME")), "scopes": .array(wanted.map { .string($0) }),
        ]
        let answer = try NodeOptions.client(invocation).post("/api/api-tokens", body).json
        if invocation.has("json") {
            JSONText.say(answer)
        } else {
            Terminal.say(JSONText.value(answer["secret"]))
            Terminal.note("tributary: this is shown once; send it as `Authorization: Bearer TOKEN`")
        }
        return .done
    }

    private static let remove = Command(
        "remove", "Removes a token: from now on it opens nothing", parameters: [name], options: NodeOptions.writing,
        examples: ["tributary token remove 计费系统 --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let name = try invocation.requiredWord("NAME")
        _ = try NodeOptions.client(invocation).delete("/api/api-tokens/\(NodeClient.segment(name))")
        if !invocation.has("json") { Terminal.say("\(PlainText.line(name)) is removed") }
        return .done
    }
}
