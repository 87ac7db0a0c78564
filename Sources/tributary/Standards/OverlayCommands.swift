import Standards

/// `tributary overlay …`
enum OverlayCommands {
    static let command = Command(
        "overlay", "Shows and settles what a branch settles for itself beside the standard",
        explanation: [
            "Stricter limits, teams, the rota, which team gets what, local holidays and hours, additions to approved "
                + "wordings. A limit that is looser than the province's is refused. What the branch settles counts for "
                + "the tickets that it opens from then on."
        ],
        examples: ["tributary overlay show --data yinchuan"], commands: [show, set, schema])

    private static let show = Command(
        "show", "Shows a branch's overlay, and which of its limits the standard has overtaken",
        options: [OptionRule("site", "SITE", "at the hub: whose")] + NodeOptions.reading,
        examples: ["tributary overlay show --data yinchuan", "tributary overlay show --site nx-yinchuan --data hub"],
        exits: NodeOptions.exits
    ) { invocation in
        let query: [NodeClient.Item] = invocation.text("site").map { [("site", $0)] } ?? []
        say(try NodeOptions.client(invocation).get("/api/overlay", query).json, invocation)
        return .done
    }

    private static let set = Command(
        "set", "Settles a branch's overlay: what the file says and nothing else",
        parameters: [ParameterRule("FILE", "the overlay, a JSON file")], options: NodeOptions.writing,
        examples: ["tributary overlay set yinchuan.json --data yinchuan"], exits: NodeOptions.exits,
        action: setFile)

    private static let schema = Command(
        "schema", "Prints the JSON Schema of an overlay", examples: ["tributary overlay schema > overlay.schema.json"]
    ) { _ in
        JSONText.say(BranchOverlay.schema)
        return .done
    }

    private static func setFile(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let bytes = try InputFile.bytes(path, limit: BranchOverlay.sizeLimit)
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes, sizeLimit: BranchOverlay.sizeLimit)
        } catch {
            throw CommandError(
                .usage, "use \(path)", reason: error.description,
                remedy: "correct it; `tributary overlay schema` prints its form")
        }
        say(try NodeOptions.client(invocation).post("/api/overlay", document).json, invocation)
        return .done
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        let site = JSONText.value(answer["site"])
        guard let overlay = answer["overlay"], overlay != .null else {
            Terminal.say("\(site) works by the standard alone")
            return
        }
        let limits = answer["limits"]?.arrayValue ?? []
        var table = TextTable(["limit", "province", "here", ""])
        for limit in limits {
            table.add([
                JSONText.value(limit["limit"]), JSONText.value(limit["province"]), JSONText.value(limit["branch"]),
                limit["standing"] == "overtaken" ? "the standard is as strict or has no such limit" : "",
            ])
        }
        if !limits.isEmpty { for line in table.lines { Terminal.say(line) } }
        let parts = ["teams", "rota", "routing", "localHolidays", "localShifts", "wordings"].compactMap { key in
            overlay[key]?.arrayValue.map { "\($0.count) \(key)" }
        }
        Terminal.say("\(site): \(([String(limits.count) + " limits"] + parts).joined(separator: ", "))")
    }
}
