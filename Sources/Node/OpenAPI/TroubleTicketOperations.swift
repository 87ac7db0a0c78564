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
            page(
                conditions(dialect).reduce(
                    Operation.get(
                        tickets, "Lists trouble tickets; any attribute may be a condition, and a comma in it is an or")
                ) { $0.query($1) }),
            Operation.post(tickets, "Opens a ticket; the same externalId again is the same ticket").texts("fields")
                .body(Schemas.object(members, required: required, isOpen: true)).answers(201, resource)
                .sends(.version, .location),
            Operation.get("\(tickets)/{id}", "Shows a trouble ticket").texts("fields").answers(200, resource)
                .sends(.version),
            Operation(.patch, "\(tickets)/{id}", "Changes a trouble ticket by a merge patch or a JSON Patch")
                .texts("fields").body(["type": ["object", "array"]], patches[0], patches[1], patches[2])
                .answers(200, resource).sends(.version),
            Operation(
                .delete, "\(tickets)/{id}",
                "For administrators: cancels a ticket by the step of its procedure; the record stays"
            ).answers(204),
        ] + (dialect == .v5 ? specifications(base) : []) + subscriptions(dialect, base)
    }

    private static func page(_ operation: Operation) -> Operation {
        operation.texts("fields", "sort").query("offset", Schemas.integer(0...ListQuery.offsetMax))
            .query("limit", Schemas.integer(0...ListQuery.limitMax)).answers(200, Schemas.list(resource))
            .sends(.total, .count, .link)
    }

    /// Every condition on an attribute or on a member of one; times are compared as well.
    private static func conditions(_ dialect: Dialect) -> [String] {
        TicketAttribute.all(of: dialect).flatMap { paths(shape(of: $0, dialect), at: $0.name) }
    }

    private static func shape(of attribute: TicketAttribute, _ dialect: Dialect) -> Shape {
        if case .kept(let shape) = attribute.place { return shape }
        return switch attribute.name {
        case "note": TicketAttribute.note(dialect)
        case "attachment": TicketAttribute.attachment(dialect)
        case "channel": TicketAttribute.channel(dialect)
        case "troubleTicketSpecification": TicketAttribute.specification
        case "troubleTicketCharacteristic": .object([("name", .text), ("value", .text)], required: [])
        case "statusChange": .object([("status", .text), ("changeDate", .time)], required: [])
        case "statusChangeHistory": .object([("status", .text), ("statusChangeDate", .time)], required: [])
        case let name where name == "lastUpdate" || name.hasSuffix("Date"): .time
        default: .text
        }
    }

    private static func paths(_ shape: Shape, at path: String) -> [String] {
        switch shape {
        case .text, .word, .number, .uri: [path]
        case .time: [path] + Condition.Comparison.allCases.dropFirst().map { "\(path).\($0.rawValue)" }
        case .list(let element): paths(element, at: path)
        case .object(let members, _): members.flatMap { paths($0.shape, at: "\(path).\($0.name)") }
        }
    }

    private static func specifications(_ base: String) -> [Operation] {
        let path = "\(base)/troubleTicketSpecification"
        return [
            page(
                SpecificationResource.names.reduce(
                    Operation.get(path, "Lists the ticket types of the standard in force")
                ) {
                    $0.query($1)
                }),
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
        ).answers(201, subscription).sends(.location)
        let shows = Operation.get("\(base)/hub/{id}", "Shows a subscription").answers(200, subscription)
        return [begins, ends] + (dialect == .v5 ? [shows] : [])
    }
}
