import Standards
import Testing

@Suite("The schema of packs")
struct PackSchemaTests {
    private static let schema = StandardPack.schema

    /// What a validator of the few words that the schema uses finds.
    private func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        if let parts = schema["oneOf"]?.arrayValue {
            let fitting = parts.count { problems(value, $0, path).isEmpty }
            return fitting == 1 ? [] : ["\(path) fits \(fitting) alternatives"]
        }
        if let word = schema["const"] { return word == value ? [] : ["\(path) is not \(word)"] }
        if let words = schema["enum"]?.arrayValue { return words.contains(value) ? [] : ["\(path) is no such word"] }
        switch (schema["type"]?.stringValue, value) {
        case ("object", .object(let members)): return problems(members, schema, path)
        case ("array", .array(let elements)):
            let range = (schema["minItems"]?.intValue ?? 0)...(schema["maxItems"]?.intValue ?? .max)
            let count = range.contains(elements.count) ? [] : ["\(path) has \(elements.count)"]
            return count
                + elements.enumerated().flatMap { problems($1, schema["items"] ?? .null, "\(path)/\($0)") }
        case ("string", .string(let text)):
            let range = (schema["minLength"]?.intValue ?? 0)...(schema["maxLength"]?.intValue ?? .max)
            return range.contains(text.unicodeScalars.count) ? [] : ["\(path) is too long or short"]
        case ("integer", .integer(let number)):
            let range = (schema["minimum"]?.intValue ?? .min)...(schema["maximum"]?.intValue ?? .max)
            return range.contains(Int(number)) ? [] : ["\(path) is out of range"]
        case ("boolean", .bool): return []
        default: return ["\(path) is of another kind"]
        }
    }

    private func problems(_ members: [String: JSONValue], _ schema: JSONValue, _ path: String) -> [String] {
        guard let properties = schema["properties"]?.objectValue else { return [] }
        let missing = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue).filter { members[$0] == nil }
        return missing.map { "\(path)/\($0) is missing" }
            + members.sorted { $0.key < $1.key }.flatMap { key, value in
                properties[key].map { problems(value, $0, "\(path)/\(key)") } ?? ["\(path)/\(key) is unknown"]
            }
    }

    private func problems(_ bytes: [UInt8]) throws -> [String] {
        problems(try JSONValue(parsing: bytes, sizeLimit: StandardPack.sizeLimit), Self.schema, "")
    }

    @Test("the packs that are read fit the schema")
    func fits() throws {
        for pack in [PackSamples.changed { _ in }, try ProjectFiles.bytes("Topology/standards/first.json")] {
            let found = try problems(pack)
            #expect(found == [])
        }
    }

    @Test("what the check refuses for its form, the schema refuses too")
    func refuses() throws {
        let wrong: [(String, JSONValue)] = [
            ("format", 3), ("colour", "blue"), ("version", ""), ("grades", "gold"), ("refund", ["limitFen": -1]),
            ("steps", [["id": "survey"]]),
            ("limits", [PackSamples.limit("a", "fortnights", 1, source: "province")]),
        ]
        for (key, value) in wrong {
            let bytes = PackSamples.changed { $0[key] = value }
            #expect(StandardPack.check(bytes).0 == nil, "\(key)")
            #expect(try problems(bytes) != [], "\(key)")
        }
        let rules = PackSamples.order("rules", [["guard": "spaced", "minutes": 0]])
        #expect(StandardPack.check(rules).0 == nil)
        #expect(try problems(rules) != [])
    }

    @Test("every key of it is explained")
    func explained() {
        func unexplained(_ schema: JSONValue, _ path: String) -> [String] {
            let properties = (schema["properties"]?.objectValue ?? [:]).sorted { $0.key < $1.key }
            let own = properties.filter { $1["description"] == nil && $1["const"] == nil }.map { path + "/" + $0.key }
            let inner = properties.flatMap { unexplained($1, path + "/" + $0) }
            let items = schema["items"].map { unexplained($0, path) } ?? []
            let parts = (schema["oneOf"]?.arrayValue ?? []).flatMap { unexplained($0, path) }
            return own + inner + items + parts
        }
        #expect(unexplained(Self.schema, "") == [])
    }
}
