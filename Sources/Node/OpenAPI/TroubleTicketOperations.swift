import Standards

/// The integration API, in each edition. What its bodies hold is told by the documents of the TM Forum.
enum TroubleTicketOperations {
    static let all: [Operation] = Dialect.bases.flatMap { dialect, base in
        operations(dialect, base).map { $0.ofTMF.tagged("TMF621 \(dialect.rawValue)") }
    }

    private static let resource = Schemas.answer(["id": Schemas.text, "href": Schemas.text])

    private static func operations(_ dialect: Dialect, _ base: String) -> [Operation] {
        let tickets = "\(base)/troubleTicket"
        let required = ["description", "severity", "ticketType"] + (dialect == .v5 ? ["@type"] : [])
        let members = Dictionary(uniqueKeysWithValues: required.map { ($0, Schemas.text) })
        let patches = ["application/merge-patch+json", "application/json", "application/json-patch+json"]
        return [
            page(.get(tickets, "Lists trouble tickets; any attribute may be a condition")),
            Operation.post(tickets, "Opens a ticket; the same externalId again is the same ticket").texts("fields")
                .body(Schemas.object(members, required: required, isOpen: true)).answers(201, resource),
            Operation.get("\(tickets)/{id}", "Shows a trouble ticket").texts("fields").answers(200, resource),
            Operation(.patch, "\(tickets)/{id}", "Changes a trouble ticket by a merge patch or a JSON Patch")
                .texts("fields").body(["type": ["object", "array"]], patches[0], patches[1], patches[2])
                .answers(200, resource),
        ] + (dialect == .v5 ? specifications(base) : []) + subscriptions(dialect, base)
    }

    private static func page(_ operation: Operation) -> Operation {
        operation.texts("fields", "sort").query("offset", Schemas.integer(0...ListQuery.offsetMax))
            .query("limit", Schemas.integer(0...ListQuery.limitMax)).answers(200, Schemas.list(resource))
    }

    private static func specifications(_ base: String) -> [Operation] {
        let path = "\(base)/troubleTicketSpecification"
        return [
            page(.get(path, "Lists the ticket types of the standard in force")),
            Operation.get("\(path)/{id}", "Shows a ticket type").texts("fields").answers(200, resource),
        ]
    }

    private static func subscriptions(_ dialect: Dialect, _ base: String) -> [Operation] {
        let subscription = Schemas.answer(["id": Schemas.text, "callback": Schemas.text])
        var members = ["callback": Schemas.text, "query": Schemas.text]
        for name in dialect == .v5 ? ["@type", "@baseType", "@schemaLocation"] : [] { members[name] = Schemas.text }
        let required = ["callback"] + (dialect == .v5 ? ["@type"] : [])
        let ends = Operation(.delete, "\(base)/hub/{id}", "Ends a subscription").answers(204)
        let begins = Operation.post("\(base)/hub", "Subscribes to events").body(
            Schemas.object(members, required: required)
        ).answers(201, subscription)
        let shows = Operation.get("\(base)/hub/{id}", "Shows a subscription").answers(200, subscription)
        return [begins, ends] + (dialect == .v5 ? [shows] : [])
    }
}
