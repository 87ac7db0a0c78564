/// What a reader would accept of one object, noted while it reads nothing: the source of the printed JSON Schema, which
/// so cannot differ from what is checked.
final class SchemaRecorder {
    private var properties: [String: JSONValue] = [:]
    private var required: [String] = []
    private var meanings: [String: String] = [:]
    private var alternatives: [JSONValue] = []

    func add(_ key: String, _ schema: JSONValue, _ presence: JSONReader.Presence) {
        properties[key] = schema
        if presence == .required, !required.contains(key) { required.append(key) }
    }

    func explain(_ some: [String: String]) { meanings.merge(some) { _, new in new } }

    func add(alternative: JSONValue) { alternatives.append(alternative) }

    /// The schema of the object (JSON Schema, draft 2020-12).
    var json: JSONValue {
        if !alternatives.isEmpty { return .object(["oneOf": .array(alternatives)]) }
        var described = properties
        for (key, meaning) in meanings.sorted(by: { $0.key < $1.key }) {
            guard case .object(var members) = described[key] else { continue }
            members["description"] = .string(meaning)
            described[key] = .object(members)
        }
        return .object([
            "type": "object", "additionalProperties": false, "properties": .object(described),
            "required": .array(required.sorted().map { .string($0) }),
        ])
    }
}
