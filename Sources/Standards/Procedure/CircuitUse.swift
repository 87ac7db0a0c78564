/// How tickets of a type name a circuit; the fields that are filled from it say so themselves.
public struct CircuitUse: Hashable, Sendable {
    /// The field of the form that holds a circuit's number.
    public let field: String
    public let whenUnknown: UnknownCircuit

    public init(field: String, whenUnknown: UnknownCircuit = .flag) {
        self.field = field
        self.whenUnknown = whenUnknown
    }

    /// - Returns: nil when tickets of the type name none.
    init?(reading reader: JSONReader, _ fields: [FormField]) {
        let name = reader.text("circuitField", .identifier, .optional)
        let whenUnknown = reader.choice("unknownCircuit", of: UnknownCircuit.self, .optional)
        guard let name else {
            if whenUnknown != nil {
                reader.report("unknownCircuit", "stands without circuitField", "name the field, or remove it")
            }
            if let filled = fields.first(where: { $0.source != nil }) {
                reader.report(
                    "circuitField", "is missing, but \(filled.id) is filled from a circuit",
                    "name the field that holds a circuit's number")
            }
            return nil
        }
        let field = fields.first { $0.id == name }
        if field?.kind != .text {
            reader.report(
                "circuitField", "names \(Finding.quote(name)), which is no text of the form",
                NearestWord.hint(for: name, among: fields.filter { $0.kind == .text }.map(\.id)))
        } else if field?.source != nil {
            reader.report(
                "circuitField", "names \(Finding.quote(name)), which is itself filled from a circuit",
                "remove \"from\" there")
        }
        self.init(field: name, whenUnknown: whenUnknown ?? .flag)
    }
}
