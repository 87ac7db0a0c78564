/// What a ticket is about.
public struct TicketCategory: Hashable, Sendable {
    public let id: String
    public let name: LocalText
    /// The ticket types it may be chosen for.
    public let types: [String]
    /// Whether it is an example of ours rather than an entry of the operator's own catalogue.
    public let isIllustrative: Bool

    public init(id: String, name: LocalText, types: [String], isIllustrative: Bool = false) {
        self.id = id
        self.name = name
        self.types = types
        self.isIllustrative = isIllustrative
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames, types declared: UniqueNames) {
        let id = reader.text("id", .identifier)
        if let id { names.claim(id, at: reader.path(of: "id"), reader.log) }
        let name = reader.object("name", read: LocalText.init(reading:))
        let types = reader.texts("types", .identifier, count: 1...StandardPack.typeLimit)
        for type in types where !declared.contains(type) {
            reader.report(
                "types", "names the ticket type \(Finding.quote(type)), which is not declared",
                NearestWord.hint(for: type, among: declared.all))
        }
        let isIllustrative = reader.flag("illustrative", absent: false)
        guard let id, let name else { return nil }
        self.init(id: id, name: name, types: types, isIllustrative: isIllustrative)
    }
}
