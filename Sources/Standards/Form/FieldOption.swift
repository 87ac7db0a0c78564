/// One answer to a field of kind choice.
public struct FieldOption: Hashable, Sendable {
    public let id: String
    public let name: LocalText

    public init(id: String, name: LocalText) {
        self.id = id
        self.name = name
    }

    /// Reads the options of a field: a choice must have some, of its own or from a list of the pack, and nothing else
    /// may.
    static func list(reading reader: JSONReader, _ kind: FormField.Kind?, _ sources: FormSources) -> [FieldOption] {
        let source = reader.choice("optionsFrom", of: OptionSource.self, .optional)
        if let kind, kind != .choice {
            for key in ["options", "optionsFrom"] where reader.has(key) {
                reader.report(key, "only a choice has options", "remove them, or make the kind \"choice\"")
            }
            return []
        }
        if let source {
            if reader.has("options") {
                reader.report("options", "stand beside optionsFrom", "keep one of the two")
            }
            guard let options = sources.options[source], !options.isEmpty else {
                reader.report(
                    "optionsFrom", "names a list that this pack does not have", "add the list, or write options")
                return []
            }
            return options
        }
        var names = UniqueNames("option")
        let presence: JSONReader.Presence = kind == .choice && !reader.has("optionsFrom") ? .required : .optional
        return reader.objects("options", count: 1...FormField.optionLimit, presence) { option in
            option.explain(["id": "What a ticket holds", "name": "What people choose"])
            let id = option.text("id", .identifier)
            if let id { names.claim(id, at: option.path(of: "id"), option.log) }
            let name = option.object("name", read: LocalText.init(reading:))
            guard let id, let name else { return nil }
            return FieldOption(id: id, name: name)
        }
    }
}
