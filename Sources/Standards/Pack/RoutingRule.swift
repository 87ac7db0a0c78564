/// Which department gets which new tickets, by what they are about and where; the first that fits decides.
public struct RoutingRule: Hashable, Sendable {
    public static let limit = 500

    /// All when empty.
    public let types: [String]
    /// Each with all below it; all when empty.
    public let categories: [String]
    public let conditions: [Condition]
    public let department: String

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "types": "The ticket types; all when left out", "categories": "Each with all below it; all when left out",
            "when": "What must be so beside, such as area or product", "department": "Who gets them",
        ])
        types = reader.texts("types", .identifier, count: 0...TicketType.limit, .optional)
        for type in types { book.resolve(type, .ticketType, "types", reader) }
        categories = reader.texts("categories", .identifier, count: 0...TicketCategory.limit, .optional)
        for category in categories { book.resolve(category, .category, "categories", reader) }
        conditions = Condition.list(reading: reader)
        let department = reader.text("department", .identifier)
        book.resolve(department, .department, "department", reader)
        guard let department else { return nil }
        self.department = department
    }
}
