import Standards

/// `tributary ticket replies`
enum ReplyLines {
    static let command = Command(
        "replies", "Shows how departments answer the steps that they are given: in time, and accurately",
        explanation: [
            "A reply is due when its step's time is over, or it was given before. It is accurate unless somebody sent "
                + "the step back to be done again."
        ],
        options: [OptionRule("days", "N", "of tickets opened within so many days; else 30")] + NodeOptions.reading,
        examples: ["tributary ticket replies --days 7 --data hub"], exits: NodeOptions.exits
    ) { invocation in
        let days = try invocation.integer("days", in: 1...366).map { [("days", String($0))] } ?? []
        let json = try NodeOptions.client(invocation).get("/api/departments", days).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable(["DEPARTMENT", "DUE", "IN TIME", "GIVEN", "ACCURATE"])
        let keys = ["department", "due", "timely", "given", "accurate"]
        for item in json["departments"]?.arrayValue ?? [] { table.add(keys.map { JSONText.value(item[$0]) }) }
        for line in table.lines { Terminal.say(line) }
        if json["more"]?.boolValue == true {
            Terminal.say("there are more tickets than were looked at: ask for fewer days")
        }
        return .done
    }
}
