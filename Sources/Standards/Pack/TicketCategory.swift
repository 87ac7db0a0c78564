/// What a ticket is about: a place in the province's tree of categories.
public struct TicketCategory: Hashable, Sendable {
    public static let limit = 2_000
    /// How deep the tree goes.
    public static let depthLimit = 6

    public let id: String
    public let name: LocalText
    /// The ticket types it may be chosen for.
    public let types: [String]
    /// The category that it is part of; nil at the root.
    public let parent: String?
    /// Whether it is an example of ours rather than an entry of the operator's own catalogue.
    public let isIllustrative: Bool

    public init(id: String, name: LocalText, types: [String], parent: String? = nil, isIllustrative: Bool = false) {
        self.id = id
        self.name = name
        self.types = types
        self.parent = parent
        self.isIllustrative = isIllustrative
    }

    /// - Parameter depths: of the categories read so far, of which one may be the parent: so there is no circle.
    init?(reading reader: JSONReader, _ book: NameBook, _ depths: inout [String: Int]) {
        reader.explain([
            "id": "What tickets name it by", "name": "What people choose",
            "types": "The ticket types it may be chosen for; its parent's when left out",
            "parent": "The category above that it is part of",
            "illustrative": "Whether it is an example rather than the operator's own",
        ])
        let id = reader.text("id", .identifier)
        let parent = reader.text("parent", .identifier, .optional)
        book.resolve(parent, .category, "parent", reader)
        let depth = (parent.flatMap { depths[$0] } ?? 0) + 1
        if depth > Self.depthLimit {
            reader.report("parent", "lies \(Self.depthLimit) levels deep already", "hang it in further up")
        }
        book.claim(.category, id, reader)
        if let id { depths[id] = depth }
        let name = reader.object("name", read: LocalText.init(reading:))
        let types = reader.texts("types", .identifier, count: 1...TicketType.limit, .optional)
        if parent == nil, !reader.has("types") {
            reader.report("types", "is missing", "name the ticket types it may be chosen for, or a parent")
        }
        for type in types { book.resolve(type, .ticketType, "types", reader) }
        let isIllustrative = reader.flag("illustrative", absent: false)
        guard let id, let name else { return nil }
        self.init(id: id, name: name, types: types, parent: parent, isIllustrative: isIllustrative)
    }
}

extension [TicketCategory] {
    /// With every type that is written only at a parent.
    func withInheritedTypes() -> [TicketCategory] {
        var types: [String: [String]] = [:]
        return map { category in
            let own = category.types.isEmpty ? category.parent.flatMap { types[$0] } ?? [] : category.types
            types[category.id] = own
            return TicketCategory(
                id: category.id, name: category.name, types: own, parent: category.parent,
                isIllustrative: category.isIllustrative)
        }
    }
}
