import Standards

/// `tributary incidents`
enum IncidentsCommand {
    static let command = Command(
        "incidents", "Lists what happened to databases: put back, copied, lost, compared, stopped",
        explanation: [
            "Nothing of it needs an answer unless `status` says so too. With --data of a site whose node is stopped, "
                + "it "
                + "looks into the database itself."
        ],
        options: [OptionRule("limit", "N", "how many, 1 to 1000, the newest first; else 50")] + NodeOptions.reading,
        examples: ["tributary incidents --data hub"], exits: NodeOptions.exits, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let limit = try invocation.integer("limit", in: 1...1_000) ?? 50
        let json: JSONValue
        if let client = try NodeOptions.clientIfRunning(invocation) {
            json = try client.get("/api/incidents", [("limit", String(limit))]).json
        } else {
            json = try NodeCommands.incidentsOfStopped(data: try invocation.required("data"), limit: limit)
        }
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let incidents = json["incidents"]?.arrayValue ?? []
        for incident in incidents { Terminal.say(line(incident)) }
        if incidents.isEmpty { Terminal.say("no incidents") }
        return .done
    }

    /// One incident in a line.
    static func line(_ incident: JSONValue) -> String {
        "\(JSONText.value(incident["at"]))  \(JSONText.value(incident["kind"])): \(JSONText.value(incident["text"]))"
    }
}
