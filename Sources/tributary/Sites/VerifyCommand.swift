import Standards

/// `tributary verify`
enum VerifyCommand {
    static let command = Command(
        "verify", "Folds a site's log again and compares; or compares a branch with the hub",
        explanation: [
            "With one node it folds every ticket from the log and compares with what is stored. With --node and --hub "
                + "both do so, and their digests of what the branch may see must be equal: run it when nothing is on "
                + "its way.",
            "With --data of a site whose node is stopped, it looks into the database itself.",
        ],
        options: NodeOptions.reading + [
            OptionRule("hub", "URL", "the hub's address, to compare with"),
            OptionRule("hub-token", "T", "the hub's token, with --hub"),
            OptionRule("hub-data", "DIR", "the hub's data folder, instead of --hub and --hub-token"),
            OptionRule("site", "SITE", "at the hub: the digest of what this site may see"),
        ],
        examples: ["tributary verify --data yinchuan", "tributary verify --data yinchuan --hub-data hub"],
        exits: [.done, .no, .usage, .unreachable, .refused], action: run)

    /// How long folding a whole log may take.
    private static let deadlineSeconds = 600.0

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        if invocation.has("hub") || invocation.has("hub-data") { return try compare(invocation) }
        let site = invocation.text("site")
        let result: JSONValue
        if let client = try NodeOptions.clientIfRunning(invocation) {
            result = try verify(client, site: site)
        } else {
            result = try NodeCommands.verifyStopped(data: try invocation.required("data"), site: site)
        }
        if invocation.has("json") { JSONText.say(result) } else { say(result, "this site") }
        return isClean(result) ? .done : .no
    }

    private static func compare(_ invocation: Invocation) throws -> ExitCode {
        let branch = try NodeOptions.client(invocation)
        let hub = NodeClient(try NodeOptions.address(invocation, node: "hub", prefix: "hub-"), actor: "verify")
        let site = try invocation.text("site") ?? branch.get("/api/status").json["site"]?.stringValue
        guard let site else {
            throw CommandError(
                .unreachable, "read the site's name", reason: "the node did not say it", remedy: "give --site")
        }
        let here = try verify(branch, site: nil)
        let there = try verify(hub, site: site)
        let isEqual = here["digest"] == there["digest"] && here["digest"]?.stringValue != nil
        if invocation.has("json") {
            JSONText.say(["equal": .bool(isEqual), "site": .string(site), "branch": here, "hub": there])
        } else {
            say(here, site)
            say(there, "the hub, for \(site)")
            Terminal.say(
                isEqual ? "equal: both hold the same" : "DIFFERENT: see that nothing is on its way, and verify again")
        }
        return isEqual && isClean(here) && isClean(there) ? .done : .no
    }

    private static func verify(_ client: NodeClient, site: String?) throws -> JSONValue {
        try client.get("/api/verify", site.map { [("site", $0)] } ?? [], deadlineSeconds: deadlineSeconds).json
    }

    private static func isClean(_ result: JSONValue) -> Bool { result["clean"]?.boolValue == true }

    private static func say(_ result: JSONValue, _ name: String) {
        let verdict = isClean(result) ? "clean" : "NOT CLEAN"
        Terminal.say(
            "\(name): \(verdict), \(JSONText.value(result["entities"])) entities, \(JSONText.value(result["changes"])) "
                + "changes, digest \(JSONText.value(result["digest"]))")
        for problem in result["problems"]?.arrayValue ?? [] { Terminal.say("  " + JSONText.value(problem)) }
    }
}
