import Replication
import ServiceDesk
import Standards

/// The fields of a ticket's form as characteristics, and back.
struct TicketCharacteristics {
    /// Beside those of the form: what the desk has for every ticket.
    static let number = "number"
    static let home = "home"
    private static let common = ["category", "assignee"]
    /// Attributes of their own.
    static let apart: Set<String> = ["subject", "description", "severity", "priority", "channel", "openedAt"]

    let type: TicketType?
    let wording: Wording

    /// What is filled in, in the order of the form.
    func shown(_ state: EntityState) -> [JSONValue] {
        var shown = [
            Self.text(Self.number, state.creation?.label), Self.text(Self.home, state[TicketField.home].textValue),
        ].compactMap(\.self)
        for name in Self.common {
            if let text = Self.text(name, state[FieldNumbers.field(name)].textValue) { shown.append(text) }
        }
        for field in type?.fields ?? [] where !Self.apart.contains(field.id) && !Self.common.contains(field.id) {
            if let one = characteristic(field, state) { shown.append(one) }
        }
        return shown
    }

    private func characteristic(_ field: FormField, _ state: EntityState) -> JSONValue? {
        let number = FieldNumbers.field(field.id)
        if field.kind == .set {
            let elements = state.elements(of: number)
            return elements.isEmpty ? nil : Self.make(field.id, "StringArray", "array", .array(elements.map(\.json)))
        }
        switch state[number] {
        case .null, .bytes: return nil
        case .text(let text):
            return Self.make(field.id, "String", field.kind == .file ? "hash" : "string", .string(text))
        case .bool(let flag): return Self.make(field.id, "Boolean", "boolean", .bool(flag))
        case .integer(let integer) where field.kind == .time:
            return Self.make(field.id, "String", "date-time", wording.time(integer))
        case .integer(let integer): return Self.make(field.id, "Integer", "integer", .integer(integer))
        }
    }

    private static func text(_ name: String, _ text: String?) -> JSONValue? {
        text.map { make(name, "String", "string", .string($0)) }
    }

    private static func make(_ name: String, _ type: String, _ valueType: String, _ value: JSONValue) -> JSONValue {
        [
            "@type": .string(type + "Characteristic"), "id": .string(name), "name": .string(name),
            "valueType": .string(valueType), "value": value,
        ]
    }

    /// A characteristic as a caller sends it.
    struct Sent {
        let name: String
        let value: Value
    }

    private static let members = [
        "@type", "@baseType", "@schemaLocation", "id", "name", "value", "valueType", "characteristicRelationship",
    ]

    /// Reads a list of characteristics and reports all that is wrong with it.
    static func read(_ json: JSONValue, _ problems: inout [String]) -> [Sent] {
        guard let list = json.arrayValue, list.count <= BodyReader.fieldsMax else {
            problems.append("troubleTicketCharacteristic is not a list of at most \(BodyReader.fieldsMax)")
            return []
        }
        return list.enumerated().compactMap { place, item in
            let path = "troubleTicketCharacteristic[\(place)]"
            guard let object = item.objectValue, let name = object["name"]?.stringValue,
                (1...BodyReader.wordLengthMax).contains(name.unicodeScalars.count)
            else {
                problems.append("\(path).name is not a word of 1 to \(BodyReader.wordLengthMax) characters")
                return nil
            }
            let unknown = object.keys.sorted().filter { !members.contains($0) }
            problems += unknown.map { "\(path).\(Finding.quote($0)) is not known" }
            if let id = object["id"], id.stringValue != name { problems.append("\(path).id is not its name") }
            if object["characteristicRelationship"]?.arrayValue.map(\.isEmpty) == false {
                problems.append("\(path).characteristicRelationship has no place here")
            }
            // A set is told by its action; nothing of it is lost by refusing the whole of it.
            guard let value = Value(object["value"] ?? .null) else {
                problems.append("\(path).value is not a text, a whole number, true, false or null")
                return nil
            }
            return Sent(name: name, value: value)
        }
    }
}
