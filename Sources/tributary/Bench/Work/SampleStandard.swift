import Standards

/// The standard that the bench's province works by: one type of ticket with the fields of the sample tickets.
enum SampleStandard {
    static let type = "service"
    static let categories = ["fault", "billing", "move", "sales"]

    /// The document, as an operator would publish it.
    static var document: [UInt8] { json.bytes() }

    private static let json: JSONValue = [
        "format": 1, "name": name, "version": "1.bench", "ticketTypes": [ticketType],
        "categories": .array(
            categories.map { ["id": .string($0), "name": name, "types": [.string(type)], "illustrative": true] }),
    ]

    private static let name: JSONValue = ["zh": "基准", "en": "Bench"]

    private static let ticketType: JSONValue = [
        "id": .string(type), "name": name, "initial": "open",
        "fields": [
            field("subject", "text", isRequired: true), field("description", "text"), field("status", "text"),
            field("priority", "integer"), field("customer", "text"), field("dueAt", "time"),
            field("amount", "integer"),
        ],
        "states": [
            ["id": "open", "name": name, "status": "inProgress"],
            ["id": "closed", "name": name, "status": "closed", "final": true],
        ],
        "transitions": [["name": "close", "label": name, "from": ["open"], "to": "closed"]],
    ]

    private static func field(_ id: String, _ kind: String, isRequired: Bool = false) -> JSONValue {
        ["id": .string(id), "name": name, "kind": .string(kind), "required": .bool(isRequired)]
    }
}
