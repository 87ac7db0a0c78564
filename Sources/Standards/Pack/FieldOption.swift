/// One answer to a field of kind choice.
public struct FieldOption: Hashable, Sendable {
    public let id: String
    public let name: LocalText

    public init(id: String, name: LocalText) {
        self.id = id
        self.name = name
    }

    /// Reads the options of a field: a choice must have some, and nothing else may.
    static func list(reading reader: JSONReader, _ kind: FormField.Kind?) -> [FieldOption] {
        if let kind, kind != .choice {
            if reader.has("options") {
                reader.report("options", "only a choice has options", "remove them, or make the kind \"choice\"")
            }
            return []
        }
        var names = UniqueNames("option")
        let presence: JSONReader.Presence = kind == .choice ? .required : .optional
        return reader.objects("options", count: 1...FormField.optionLimit, presence) { option in
            let id = option.text("id", .identifier)
            if let id { names.claim(id, at: option.path(of: "id"), option.log) }
            let name = option.object("name", read: LocalText.init(reading:))
            guard let id, let name else { return nil }
            return FieldOption(id: id, name: name)
        }
    }
}
