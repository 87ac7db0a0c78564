import Standards

/// `tributary site …`
enum SiteCommands {
    static let command = Command(
        "site", "Looks after the province's sites, at the hub",
        examples: ["tributary site list --data hub", "tributary site token nx-yinchuan --data hub"],
        commands: [list, add, token, SiteSnapshotCommand.command, revoke, lost])

    static let site = ParameterRule("SITE", "the site's identifier, such as nx-yinchuan")

    private static let list = Command(
        "list", "Lists the sites in the directory", options: NodeOptions.reading,
        examples: ["tributary site list --data hub"], exits: NodeOptions.exits, action: listAll)

    private static let add = Command(
        "add", "Enters a branch in the directory", parameters: [site],
        options: [
            OptionRule("name-zh", "NAME", "its name in Chinese", .required),
            OptionRule("name-en", "NAME", "its name in English", .required),
            OptionRule("division", "CODE", "its administrative division, six digits", .required),
            OptionRule("letters", "LETTERS", "what its ticket numbers begin with", .required),
        ] + NodeOptions.writing,
        examples: [
            "tributary site add nx-lingwu --name-zh 灵武 --name-en Lingwu --division 640181 --letters LW --data hub"
        ],
        exits: NodeOptions.exits, action: addOne)

    private static let token = Command(
        "token", "Makes the token with which a branch joins, once",
        explanation: ["Give it to the branch by another way than this network; it is good for one `branch join`."],
        parameters: [site], options: NodeOptions.writing,
        examples: ["tributary site token nx-yinchuan --data hub"], exits: NodeOptions.exits, action: makeToken)

    private static let revoke = Command(
        "revoke", "Takes a site's credential away",
        explanation: ["The site can no longer exchange anything. What it did before is kept and judged as it was."],
        parameters: [site], options: NodeOptions.writing,
        examples: ["tributary site revoke nx-yinchuan --data hub"], exits: NodeOptions.exits, action: revokeOne)

    private static let lost = Command(
        "lost", "Says that a site's disk will not come back, so that nobody waits for it",
        explanation: [
            "A hub that was restored or rebuilt waits for its sites to bring what it has lost. What only the lost disk "
                + "held is lost with it; how much that was, as far as it has told, is said here and kept in "
                + "`incidents`.",
            "Should the site come back all the same, it is compared like any other. If its disk may be in others' "
                + "hands, "
                + "revoke it too.",
        ],
        parameters: [site], options: NodeOptions.writing,
        examples: ["tributary site lost nx-wuzhong --data hub"], exits: NodeOptions.exits, action: loseOne)

    private static func loseOne(_ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeOptions.client(invocation).post(try path(invocation) + "/lost")
        let json = answer.json
        let site = try invocation.requiredWord("SITE")
        let held = json["onlyThere"]?.intValue ?? 0
        let words =
            held == 0 ? "it last spoke of no change that only it held" : "\(held) changes that only it held are lost"
        let awaited = (json["awaited"]?.arrayValue ?? []).map { JSONText.value($0) }.joined(separator: ", ")
        let next =
            json["gathering"] == true
            ? "the hub still waits for \(awaited.isEmpty ? "its sites" : awaited)"
            : "the hub waits for nobody"
        return say(answer, invocation, "\(site) is given up: \(words); \(next)")
    }

    private static func listAll(_ invocation: Invocation) throws -> ExitCode {
        let json = try NodeOptions.client(invocation).get("/api/sites").json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable(["site", "role", "name", "division", "letters", "joined"])
        for site in json["sites"]?.arrayValue ?? [] {
            let isRevoked = site["revoked"]?.boolValue == true
            let joined = site["joined"]?.boolValue == true
            table.add([
                JSONText.value(site["site"]), JSONText.value(site["role"]),
                "\(JSONText.value(site["name"]?["zh"])) \(JSONText.value(site["name"]?["en"]))",
                JSONText.value(site["divisionCode"]), JSONText.value(site["letters"]),
                isRevoked ? "revoked" : joined ? "yes" : "no",
            ])
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }

    private static func addOne(_ invocation: Invocation) throws -> ExitCode {
        let body: JSONValue = [
            "site": .string(try invocation.requiredWord("SITE")),
            "name": [
                "zh": .string(try invocation.required("name-zh")), "en": .string(try invocation.required("name-en")),
            ],
            "divisionCode": .string(try invocation.required("division")),
            "letters": .string(try invocation.required("letters")),
        ]
        let answer = try NodeOptions.client(invocation).post("/api/sites", body)
        return say(answer, invocation, "\(try invocation.requiredWord("SITE")) is in the directory")
    }

    private static func makeToken(_ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeOptions.client(invocation).post(try path(invocation) + "/token")
        // The token alone on standard output, so that a shell can take it.
        if !invocation.has("json") {
            Terminal.note(
                "good for one join, until "
                    + "\(JSONText.value(answer.json["expires"]))")
        }
        return say(answer, invocation, JSONText.value(answer.json["token"]))
    }

    private static func revokeOne(_ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeOptions.client(invocation).post(try path(invocation) + "/revoke")
        return say(answer, invocation, "\(try invocation.requiredWord("SITE")) is revoked")
    }

    private static func say(_ answer: NodeAnswer, _ invocation: Invocation, _ text: String) -> ExitCode {
        if invocation.has("json") { JSONText.say(answer.json) } else { Terminal.say(text) }
        return .done
    }

    private static func path(_ invocation: Invocation) throws -> String {
        "/api/sites/" + NodeClient.segment(try invocation.requiredWord("SITE"))
    }
}
