import Standards

/// `tributary ticket …`
enum TicketCommands {
    static let command = Command(
        "ticket", "Takes, lists, shows and works tickets",
        explanation: ["A ticket is named by its number, such as YC-7K2M9QPA, or by its identifier."],
        examples: [
            "tributary ticket new --data yinchuan --type complaint --field subject=宽带频繁掉线",
            "tributary ticket show YC-7K2M9QPA --data yinchuan",
        ],
        commands: [new, list, show, act, DueLines.command, ReplyLines.command, ReplyLines.durations]
            + AttachmentCommands.ofTickets)

    static let ticket = ParameterRule("TICKET", "the ticket's number or identifier")
    static let key = OptionRule("key", "KEY", "the idempotency key: a repetition with it makes nothing new")

    private static let new = Command(
        "new", "Takes a ticket",
        options: [
            OptionRule("type", "TYPE", "the ticket type, such as complaint, fault or enquiry", .required),
            FieldValues.option,
            OptionRule("category", "ID", "a category of the standard pack"),
            OptionRule("home", "SITE", "the branch it belongs to; at the hub it must be said"),
            OptionRule("parent", "NUMBER", "the ticket that it is opened for"),
            OptionRule("customer-name", "NAME", "the customer's name"),
            OptionRule("customer-phone", "PHONE", "the customer's telephone number"),
            key,
        ] + NodeOptions.writing,
        examples: [
            "tributary ticket new --data yinchuan --type fault --field subject=光缆中断 --field isRural:=true --as 王芳"
        ],
        exits: NodeOptions.exits, action: create)

    private static let list = Command(
        "list", "Lists tickets, the newest first or the first due first",
        options: [
            OptionRule("state", "STATE", "only those in this state"),
            OptionRule("type", "TYPE", "only those of this type"),
            OptionRule("home", "SITE", "only those of this branch"),
            OptionRule("category", "ID", "only those of this category"),
            OptionRule("number", "NUMBER", "only the one with this number"),
            OptionRule("source", "NAME", "only those imported from this source"),
            OptionRule("attention", "WHAT", "only open ones that are supervised, escalated or taken by the province"),
            OptionRule("announcement", "ID", "only open ones that this one hits, or `current`: any that holds now"),
            OptionRule("open", nil, "only those that are not at an end"),
            OptionRule("opened", "DAY", "only those opened on this day, such as 2026-02-14"),
            OptionRule("closed", "DAY", "only those that came to their end on this day"),
            OptionRule("open-conflicts", nil, "only those with a conflict that nobody has settled"),
        ] + DueLines.options + [
            OptionRule("limit", "N", "how many, 1 to 500; else 50"),
            OptionRule("after", "CURSOR", "goes on where the page before ended, in the same order"),
        ] + NodeOptions.reading,
        examples: [
            "tributary ticket list --data yinchuan --state inProgress --limit 20",
            "tributary ticket list --data hub --overdue --department network --sort due",
        ],
        exits: NodeOptions.exits, action: listPage)

    private static let show = Command(
        "show", "Shows a ticket with its fields, its timeline and its conflicts",
        explanation: [
            "The timeline says who did what, at which site and when; each field with its old and new value. A conflict "
                + "shows both values and the rule that decided; `tributary conflict` settles or reinstates."
        ],
        parameters: [ticket], options: NodeOptions.reading,
        examples: ["tributary ticket show YC-7K2M9QPA --data yinchuan"], exits: NodeOptions.exits, action: showTicket)

    private static let act = Command(
        "act", "Does something with a ticket",
        explanation: TicketAction.explanation,
        parameters: [ticket, ParameterRule("ACTION", TicketAction.names.joined(separator: ", "))],
        options: TicketAction.options + [
            OptionRule("if-match", "ETAG", "refuse if the ticket is no longer as it was shown with this ETag"), key,
        ] + NodeOptions.writing,
        examples: [
            "tributary ticket act YC-7K2M9QPA assign --field customerGrade=gold --data yinchuan",
            "tributary ticket act YC-7K2M9QPA transition --name accept --data yinchuan",
            "tributary ticket act YC-7K2M9QPA request-refund --charge C-1001 --amount 3600 --reason 重复扣费 "
                + "--data yinchuan",
        ],
        exits: NodeOptions.exits, action: actOnTicket)

    private static func create(_ invocation: Invocation) throws -> ExitCode {
        var body: [String: JSONValue] = [
            "type": .string(try invocation.required("type")), "fields": .object(try FieldValues.read(invocation)),
        ]
        for name in ["category", "home", "parent"] { body[name] = invocation.text(name).map(JSONValue.string) }
        var customer: [String: JSONValue] = [:]
        customer["name"] = invocation.text("customer-name").map(JSONValue.string)
        customer["phone"] = invocation.text("customer-phone").map(JSONValue.string)
        if !customer.isEmpty { body["customer"] = .object(customer) }
        let answer = try NodeOptions.client(invocation).post(
            "/api/tickets", .object(body), key: invocation.text("key"))
        report(answer, invocation, said: answer.isReplayed ? "was taken already" : "taken")
        return .done
    }

    private static func listPage(_ invocation: Invocation) throws -> ExitCode {
        var query: [NodeClient.Item] = []
        let names = ["state", "type", "home", "category", "number", "source", "announcement", "opened", "closed"]
        for name in names + ["after"] {
            if let value = invocation.text(name) { query.append((name, value)) }
        }
        query += try DueLines.query(invocation)
        if let attention = try invocation.choice("attention", of: ["supervised", "escalated", "taken"]) {
            query.append(("attention", attention))
        }
        if invocation.has("open") { query.append(("open", "true")) }
        if invocation.has("open-conflicts") { query.append(("conflicts", "open")) }
        if let limit = try invocation.integer("limit", in: 1...500) { query.append(("limit", String(limit))) }
        let json = try NodeOptions.client(invocation).get("/api/tickets", query).json
        if invocation.has("json") {
            JSONText.say(json)
        } else {
            TicketSheet.sayList(json)
        }
        return .done
    }

    private static func showTicket(_ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeOptions.client(invocation).get(try path(invocation))
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            for line in TicketSheet(answer.json["ticket"] ?? .null, etag: answer.etag).lines { Terminal.say(line) }
        }
        return .done
    }

    private static func actOnTicket(_ invocation: Invocation) throws -> ExitCode {
        let body = try TicketAction.body(invocation)
        let answer = try NodeOptions.client(invocation).post(
            try path(invocation) + "/actions", body, key: invocation.text("key"), match: invocation.text("if-match"))
        report(answer, invocation, said: answer.isReplayed ? "was done already" : "done")
        return .done
    }

    static func path(_ invocation: Invocation) throws -> String {
        "/api/tickets/" + NodeClient.segment(try invocation.requiredWord("TICKET"))
    }

    private static func report(_ answer: NodeAnswer, _ invocation: Invocation, said: String) {
        if invocation.has("json") { return JSONText.say(answer.json) }
        let ticket = answer.json["ticket"]
        Terminal.say(
            "\(JSONText.value(ticket?["number"])) \(said): \(JSONText.value(ticket?["state"])) at "
                + JSONText.value(ticket?["home"]))
    }
}
