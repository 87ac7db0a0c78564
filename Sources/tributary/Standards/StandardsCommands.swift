import Standards

/// `tributary standards …`
enum StandardsCommands {
    static let command = Command(
        "standards", "Checks, compares, publishes and shows the province's standard packs",
        explanation: [
            "A standard pack holds everything that the province settles for all branches: ticket types with their "
                + "forms and processes, categories, time limits, calendars, roles. It is one JSON file or a folder of "
                + "them. The hub publishes it, it reaches every branch ahead of the time at which it takes effect, and "
                + "every ticket keeps the version that it was opened under.",
            "Start from a pack that is there, change it, `check` it, look at what changes with `diff`, then `publish` "
                + "it. ops/runbook/standards.md goes through it step by step.",
        ],
        examples: ["tributary standards check Topology/standards/first.json"],
        commands: [check, DiffCommand.command, PreviewCommand.command, publish, list, ShowCommand.command, schema])

    static let pack = ParameterRule("PACK", "the pack: a JSON file, or a folder of them")

    private static let check = Command(
        "check", "Checks a pack and lists everything that is wrong with it",
        explanation: [
            "All mistakes are listed at once, each with its place and what to do. The place is a JSON pointer, behind "
                + "the name of the file where the pack is a folder."
        ],
        parameters: [pack], options: [NodeOptions.json],
        examples: ["tributary standards check Topology/standards/first.json"], exits: [.done, .no, .usage],
        action: checkPack)

    private static let publish = Command(
        "publish", "Publishes a pack, at the hub",
        explanation: [
            "What is published never changes: correct it by publishing another version. Tickets keep the version that "
                + "they were opened under."
        ],
        parameters: [pack],
        options: [
            OptionRule(
                "effective", "TIME", "when it takes effect, such as \(InstantText.example); at once when left out")
        ] + NodeOptions.writing,
        examples: [
            "tributary standards publish Topology/standards/first.json --data hub",
            "tributary standards publish my-pack --effective 2027-01-01T00:00:00+08:00 --data hub",
        ], exits: NodeOptions.exits, action: publishPack)

    private static let list = Command(
        "list", "Lists the packs that a node knows", options: NodeOptions.reading,
        examples: ["tributary standards list --data hub"], exits: NodeOptions.exits, action: listAll)

    private static let schema = Command(
        "schema", "Prints the JSON Schema of a standard pack",
        explanation: ["Editors use it to complete and check a pack while it is written."],
        examples: ["tributary standards schema > pack.schema.json"]
    ) { _ in
        JSONText.say(StandardPack.schema)
        return .done
    }

    private static func checkPack(_ invocation: Invocation) throws -> ExitCode {
        let input = try PackInput(invocation.requiredWord("PACK"))
        let findings = input.result.findings
        if invocation.has("json") {
            let list = findings.map { finding -> JSONValue in
                ["path": .string(finding.path), "problem": .string(finding.problem), "remedy": .string(finding.remedy)]
            }
            JSONText.say(["valid": .bool(input.result.pack != nil), "findings": .array(list)])
        } else if let pack = input.result.pack {
            Terminal.say(
                "\(input.path): version \(pack.version), \(pack.ticketTypes.count) ticket types, "
                    + "\(pack.categories.count) categories, \(pack.limits.count) limits, all right")
        } else {
            for finding in findings { Terminal.say(PlainText.line(finding.description)) }
            Terminal.say("\(input.path): \(findings.count) \(findings.count == 1 ? "finding" : "findings")")
        }
        return input.result.pack == nil ? .no : .done
    }

    private static func publishPack(_ invocation: Invocation) throws -> ExitCode {
        let input = try PackInput(invocation.requiredWord("PACK"))
        let effective = invocation.text("effective")
        if let effective, InstantText.milliseconds(effective) == nil {
            throw CommandError(
                .usage, "publish \(input.path)", reason: "--effective is not a time with its zone",
                remedy: "write it as \(InstantText.example)")
        }
        let document = try input.whole().document
        let target = NodeClient.target("/api/standards", effective.map { [("effective", $0)] } ?? [])
        let answer = try NodeOptions.client(invocation).post(target, document)
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            let standard = answer.json["standard"]
            Terminal.say(
                "\(input.path) is published as version \(JSONText.value(standard?["version"])), "
                    + "in effect from \(JSONText.value(standard?["effectiveAt"])) on")
        }
        return .done
    }

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        let json = try NodeOptions.client(invocation).get("/api/standards").json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable(["version", "published", "effective", "current", "digest"])
        for pack in json["standards"]?.arrayValue ?? [] {
            table.add([
                JSONText.value(pack["version"]), JSONText.value(pack["publishedAt"]),
                JSONText.value(pack["effectiveAt"]), pack["current"]?.boolValue == true ? "yes" : "no",
                JSONText.value(pack["digest"]),
            ])
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }
}
