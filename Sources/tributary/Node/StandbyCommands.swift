import Node
import Standards

/// `tributary hub standby` and `promote`
enum StandbyCommands {
    static let commands = [standby, promote]

    private static let standby = Command(
        "standby", "Enters a standby in the directory, and makes the token with which it joins",
        explanation: [
            "A standby is a site that holds a copy of everything and takes no work: a second place for what a branch "
                + "must let go of, a witness of decisions, and what a hub is made of when the hub is lost. On a second "
                + "machine, on another disk, type `tributary branch join` with the token, and `tributary branch run`.",
            "Of a standby that is in the directory already a new token is made: for a new machine, or one that was "
                + "revoked.",
        ],
        parameters: [ParameterRule("SITE", "its identifier, such as nx-standby")],
        options: [
            OptionRule("name-zh", "NAME", "its name in Chinese; else 备用中心"),
            OptionRule("name-en", "NAME", "its name in English; else Standby"),
        ] + NodeOptions.writing,
        examples: ["tributary hub standby nx-standby --data hub"], exits: NodeOptions.exits, action: enter)

    private static func enter(_ invocation: Invocation) throws -> ExitCode {
        let client = try NodeOptions.client(invocation)
        let site = try invocation.requiredWord("SITE")
        let sites = try client.get("/api/sites").json["sites"]?.arrayValue ?? []
        if let known = sites.first(where: { $0["site"]?.stringValue == site }) {
            guard known["role"]?.stringValue == "standby" else {
                throw CommandError(
                    .refused, "make a standby of \(site)", reason: "it is a \(JSONText.value(known["role"]))",
                    remedy: "choose another identifier; a site keeps its role")
            }
        } else {
            _ = try client.post(
                "/api/sites",
                [
                    "site": .string(site), "role": "standby",
                    "name": [
                        "zh": .string(invocation.text("name-zh") ?? "备用中心"),
                        "en": .string(invocation.text("name-en") ?? "Standby"),
                    ],
                ])
        }
        let answer = try client.post("/api/sites/\(NodeClient.segment(site))/token")
        if invocation.has("json") {
            JSONText.say(answer.json)
            return .done
        }
        // The token alone on standard output, so that a shell can take it.
        Terminal.note("\(site) may join once, until \(JSONText.value(answer.json["expires"]))")
        Terminal.say(JSONText.value(answer.json["token"]))
        return .done
    }

    private static let promote = Command(
        "promote", "Makes the hub of a standby, when the hub is lost",
        explanation: [
            "The standby must be stopped, and the old hub dead: see that it cannot start again. A hub's database is "
                + "made beside the standby's and takes in everything that the standby holds; then the standby's is "
                + "moved aside, never deleted. What is cut off is carried on by typing the same again.",
            "A new epoch begins: every branch is compared and brings what the standby had not read yet, by itself. "
                + "Until enough have come, the hub judges and decides nothing. Tell the branches the new address with "
                + "`tributary branch point`, unless a name or a proxy leads them there.",
        ],
        options: [
            HubCommands.data,
            OptionRule("key", "FILE", "the hub key, as `tributary hub key` wrote it", .required),
            OptionRule("listen", "ADDR:PORT", "where the hub will listen; else where the standby did"),
            HubRescueCommands.epoch, NodeOptions.actor, NodeOptions.json,
        ],
        examples: ["tributary hub promote --data standby --key /mnt/usb/hub.key --listen 10.0.0.2:7070"],
        exits: [.done, .usage, .refused], action: makeHub)

    private static func makeHub(_ invocation: Invocation) throws -> ExitCode {
        let data = try invocation.required("data")
        let promotion = try NodeCommands.explain("promote \(data)") {
            try Heartbeat.during {
                try Promotion.promote(
                    Node.DataFolder(data), key: try invocation.required("key"), listen: invocation.text("listen"),
                    epoch: try HubRescueCommands.leastEpoch(invocation), actor: NodeOptions.actor(invocation), step: $0)
            }
        }
        if invocation.has("json") {
            JSONText.say(promotion.json)
            return .done
        }
        for line in promotion.lines(data) { Terminal.say(line) }
        return .done
    }
}

extension Promotion {
    /// What was done, and what is to be done next.
    func lines(_ data: String) -> [String] {
        var lines = [
            "\(hub) is made of \(standby): \(changes) changes, \(files) files; it begins epoch \(epoch)",
            "the standby's database is in \(aside ?? "aside"); \(standby) is revoked in the directory",
        ]
        if incomplete > 0 {
            lines.append("\(incomplete) entities had not come whole to the standby: the branches bring what they hold")
        }
        if damaged > 0 { lines.append("\(damaged) changes are damaged on this disk: the branches bring them back") }
        if differing > damaged { lines.append("\(differing) entities are not as the standby had them: keep `aside`") }
        if !uncertain.isEmpty {
            lines.append(
                "\(uncertain.count) effects were granted and are not recorded as sent; each is repeated under its key:")
            lines += uncertainWords.map { "  " + $0 }
        }
        lines.append("Run it: tributary hub run --data \(data)")
        lines.append(
            awaited.isEmpty
                ? "It waits for nobody."
                : "These sites bring what they hold when they call: \(awaited.map(\.text).joined(separator: ", "))")
        return lines
    }
}
