import ServiceDesk
import Standards

/// Pieces of JSON Schema that many routes share.
enum Schemas {
    static let text: JSONValue = ["type": "string"]
    static let flag: JSONValue = ["type": "boolean"]
    static let number: JSONValue = ["type": "integer"]
    static let object: JSONValue = ["type": "object"]
    static let fields: JSONValue = [
        "type": "object", "additionalProperties": ["type": ["string", "integer", "boolean", "null"]],
    ]
    static let time: JSONValue = ["type": "string", "format": "date-time"]
    static let date: JSONValue = ["type": "string", "format": "date"]
    static let bytes: JSONValue = ["type": "string", "format": "binary"]

    static func integer(_ range: ClosedRange<Int>) -> JSONValue {
        ["type": "integer", "minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound))]
    }

    static func choice(_ words: [String]) -> JSONValue {
        ["type": "string", "enum": .array(words.map { .string($0) })]
    }

    static func list(_ element: JSONValue = text) -> JSONValue { ["type": "array", "items": element] }

    /// - Parameter isOpen: whether other members may be there.
    static func object(
        _ members: [String: JSONValue], required: [String] = [], isOpen: Bool = false
    ) -> JSONValue {
        var schema: [String: JSONValue] = [
            "type": "object", "properties": .object(members), "additionalProperties": .bool(isOpen),
        ]
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
        return .object(schema)
    }

    /// An answer with at least these members.
    static func answer(_ members: [String: JSONValue]) -> JSONValue {
        object(members, required: members.keys.sorted(), isOpen: true)
    }

    static let problem = object(
        ["type": text, "title": text, "status": number, "detail": text, "errors": list(flaw)],
        required: ["detail", "status", "title", "type"], isOpen: true)
    /// What is wrong with a field; the commonest have a code, which the values fill in.
    private static let flaw = object(
        [
            "field": text, "problem": text, "code": choice(Flaw.Code.allCases.map(\.rawValue)), "values": list(),
        ], required: ["field", "problem"])
    static let fault = object(
        ["code": text, "reason": text, "message": text, "status": text, "@type": text], required: ["code", "reason"],
        isOpen: true)
}
