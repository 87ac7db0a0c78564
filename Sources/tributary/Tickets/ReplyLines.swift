import Standards

/// `tributary ticket replies` and `durations`
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

    static let durations = Command(
        "durations", "Shows how long tickets of a type were open on average, by what a field of them says",
        options: [
            OptionRule("type", "TYPE", "of which tickets"), OptionRule("by", "FIELD", "a field of their form"),
            OptionRule("days", "N", "of tickets opened within so many days; else 30"),
        ] + NodeOptions.reading,
        examples: ["tributary ticket durations --type activation --by resourceResult --data hub"],
        exits: NodeOptions.exits
    ) { invocation in
        var query = ["type", "by"].compactMap { name in invocation.text(name).map { (name, $0) } }
        if let days = try invocation.integer("days", in: 1...366) { query.append(("days", String(days))) }
        let json = try NodeOptions.client(invocation).get("/api/durations", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        var table = TextTable(["VALUE", "TICKETS", "AVERAGE"])
        for item in json["values"]?.arrayValue ?? [] {
            let minutes = item["averageMinutes"]?.intValue ?? 0
            let span = "\(minutes / 1_440) d \(minutes / 60 % 24) h \(minutes % 60) min"
            table.add([JSONText.value(item["value"]), JSONText.value(item["tickets"]), span])
        }
        for line in table.lines { Terminal.say(line) }
        return .done
    }
}
