import ServiceDesk
import Standards

/// A ticket type of the standard in force as a trouble ticket specification of TMF621 v5.
struct SpecificationResource {
    static let names = [
        "id", "href", "@type", "name", "description", "lifecycleStatus", "version", "specCharacteristic", "validFor",
    ]

    let type: TicketType
    let pack: StandardPack
    let base: String
    /// When the standard took effect, as it is shown.
    let effective: JSONValue

    func members(_ wanted: Set<String>? = nil) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "id": .string(type.id), "href": .string("\(base)/troubleTicketSpecification/\(type.id)"),
            "@type": "TroubleTicketSpecification",
        ]
        let more: [String: JSONValue] = [
            "name": .string(type.name.en), "description": .string(type.name.zh), "lifecycleStatus": "active",
            "version": .string(pack.version), "validFor": ["startDateTime": effective],
            "specCharacteristic": .array(type.fields.map(characteristic)),
        ]
        for (name, value) in more where wanted?.contains(name) ?? true { members[name] = value }
        return members
    }

    private func characteristic(_ field: FormField) -> JSONValue {
        var members: [String: JSONValue] = [
            "@type": "CharacteristicSpecification", "id": .string(field.id), "name": .string(field.id),
            "description": .string("\(field.name.zh) / \(field.name.en)"), "valueType": .string(field.kind.valueType),
            "configurable": true, "minCardinality": .integer(field.isRequired ? 1 : 0),
            "maxCardinality": .integer(field.kind == .set ? Int64(DeskLimits.setSize) : 1), "extensible": false,
        ]
        if !field.options.isEmpty {
            members["characteristicValueSpecification"] = .array(
                field.options.map { option in
                    [
                        "@type": "StringCharacteristicValueSpecification", "valueType": "string",
                        "value": .string(option.id), "isDefault": false,
                    ]
                })
        }
        return .object(members)
    }
}

extension FormField.Kind {
    /// What a characteristic of such a field holds, in the words of TMF.
    var valueType: String {
        switch self {
        case .text, .choice: "string"
        case .integer: "integer"
        case .boolean: "boolean"
        case .time: "date-time"
        case .file: "hash"
        case .set: "array"
        }
    }
}
