import Standards

/// `tributary staff …`
enum StaffCommands {
    static let command = Command(
        "staff", "Shows who holds which role at a site, gives roles and takes them away",
        explanation: [
            "Until the province has given somebody a role at a site, anybody there may do anything. From then on a "
                + "step is taken by those to whom the standard gives it, also while the line is down.",
            "The hub gives any role at any site. At a branch, whoever holds a role that may give another can do so. "
                + "What is taken away stays so, whatever somebody else has granted meanwhile without knowing; what was "
                + "done before the branch heard of it stands and is listed.",
        ],
        examples: [
            "tributary staff grant 王芳 clerk --site nx-yinchuan --data hub", "tributary staff list --data yinchuan",
        ], commands: [list, grant, revoke])

    private static let site = OptionRule("site", "SITE", "whose; else the node's own")
    private static let person = ParameterRule("PERSON", "as whom the person acts: the name that timelines show")
    private static let role = ParameterRule("ROLE", "a role of the standard, such as clerk")

    private static let list = Command(
        "list", "Lists who holds what, and what was done with a role that had been taken away",
        options: [site] + NodeOptions.reading,
        examples: ["tributary staff list --site nx-yinchuan --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let query: [NodeClient.Item] = invocation.text("site").map { [("site", $0)] } ?? []
        say(try NodeOptions.client(invocation).get("/api/staff", query).json, invocation)
        return .done
    }

    private static let grant = Command(
        "grant", "Gives a role to a person", parameters: [person, role], options: [site] + NodeOptions.writing,
        examples: ["tributary staff grant 王芳 clerk --site nx-yinchuan --data hub"], exits: NodeOptions.exits
    ) { try change($0, "grant") }

    private static let revoke = Command(
        "revoke", "Takes a role away from a person", parameters: [person, role],
        options: [site] + NodeOptions.writing,
        examples: ["tributary staff revoke 王芳 clerk --site nx-yinchuan --data hub"], exits: NodeOptions.exits
    ) { try change($0, "revoke") }

    private static func change(_ invocation: Invocation, _ how: String) throws -> ExitCode {
        var body: [String: JSONValue] = [
            "person": .string(try invocation.requiredWord("PERSON")),
            how: [.string(try invocation.requiredWord("ROLE"))],
        ]
        body["site"] = invocation.text("site").map { .string($0) }
        say(try NodeOptions.client(invocation).post("/api/staff", .object(body)).json, invocation)
        return .done
    }

    private static func say(_ answer: JSONValue, _ invocation: Invocation) {
        if invocation.has("json") {
            JSONText.say(answer)
            return
        }
        let site = JSONText.value(answer["site"])
        guard answer["begun"]?.boolValue == true else {
            Terminal.say("\(site) has no roster: anybody there may do anything")
            return
        }
        var table = TextTable(["PERSON", "ROLES"])
        for person in answer["people"]?.arrayValue ?? [] {
            let roles = (person["roles"]?.arrayValue ?? []).map { JSONText.value($0) }
            table.add([JSONText.value(person["person"]), roles.joined(separator: ", ")])
        }
        for line in table.lines { Terminal.say(line) }
        for act in answer["lateActs"]?.arrayValue ?? [] {
            Terminal.say(
                PlainText.line(
                    "\(JSONText.value(act["at"]))  \(JSONText.value(act["person"])) without role "
                        + "\(JSONText.value(act["role"])), unheard of at \(JSONText.value(act["site"])): change "
                        + "\(JSONText.value(act["change"])) of \(JSONText.value(act["entity"]))"))
        }
    }
}
