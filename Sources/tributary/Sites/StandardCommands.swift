import Standards

/// `tributary standard …`
enum StandardCommands {
    static let command = Command(
        "standard", "Checks, publishes and lists the province's standard packs",
        explanation: [
            "A standard pack holds the ticket types with their forms and processes, the categories and the limits. The "
                + "hub publishes it; every branch works by it."
        ],
        examples: ["tributary standard check Topology/standards/first.json"], commands: [check, publish, list])

    private static let file = ParameterRule("FILE", "the pack, a JSON file")

    private static let check = Command(
        "check", "Checks a pack and lists everything that is wrong with it", parameters: [file],
        options: [NodeOptions.json], examples: ["tributary standard check Topology/standards/first.json"],
        exits: [.done, .no, .usage], action: checkFile)

    private static let publish = Command(
        "publish", "Publishes a pack, at the hub", parameters: [file], options: NodeOptions.writing,
        examples: ["tributary standard publish Topology/standards/first.json --data hub"], exits: NodeOptions.exits,
        action: publishFile)

    private static let list = Command(
        "list", "Lists the packs that a node knows", options: NodeOptions.reading,
        examples: ["tributary standard list --data hub"], exits: NodeOptions.exits, action: listAll)

    private static func checkFile(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let (pack, findings) = StandardPack.check(try InputFile.bytes(path, limit: StandardPack.sizeLimit))
        if invocation.has("json") {
            let list = findings.map { finding -> JSONValue in
                ["path": .string(finding.path), "problem": .string(finding.problem), "remedy": .string(finding.remedy)]
            }
            JSONText.say(["valid": .bool(pack != nil), "findings": .array(list)])
        } else if let pack {
            Terminal.say(
                "\(path): version \(pack.version), \(pack.ticketTypes.count) ticket types, "
                    + "\(pack.categories.count) categories, all right")
        } else {
            for finding in findings { Terminal.say(PlainText.line(finding.description)) }
            Terminal.say("\(path): \(findings.count) \(findings.count == 1 ? "finding" : "findings")")
        }
        return pack == nil ? .no : .done
    }

    private static func publishFile(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let bytes = try InputFile.bytes(path, limit: StandardPack.sizeLimit)
        let pack: JSONValue
        do {
            pack = try JSONValue(parsing: bytes, sizeLimit: StandardPack.sizeLimit)
        } catch {
            throw CommandError(
                .usage, "use \(path)", reason: error.description, remedy: "correct it, and try `standard check`")
        }
        let answer = try NodeOptions.client(invocation).post("/api/standards", pack)
        if invocation.has("json") { JSONText.say(answer.json) } else { Terminal.say("\(path) is published") }
        return .done
    }

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        let json = try NodeOptions.client(invocation).get("/api/standards").json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable(["version", "published", "current", "digest"])
        for pack in json["standards"]?.arrayValue ?? [] {
            table.add([
                JSONText.value(pack["version"]), JSONText.value(pack["publishedAt"]),
                pack["current"]?.boolValue == true ? "yes" : "no", JSONText.value(pack["digest"]),
            ])
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }
}
