/// What is said to customers in one voice (统一口径): a branch may add to it and never change it.
public struct ApprovedWording: Hashable, Sendable {
    public static let limit = 500
    public static let lengthLimit = 2_000

    public let id: String
    public let zh: String
    public let en: String
    /// The categories it is shown with.
    public let categories: [String]

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What it is named by", "zh": "In Chinese", "en": "In English",
            "categories": "The categories it is shown with, each with all below it",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.wording, id, reader)
        let zh = reader.text("zh", .line(Self.lengthLimit))
        let en = reader.text("en", .line(Self.lengthLimit))
        categories = reader.texts("categories", .identifier, count: 0...TicketCategory.limit, .optional)
        for category in categories { book.resolve(category, .category, "categories", reader) }
        guard let id, let zh, let en else { return nil }
        self.id = id
        self.zh = zh
        self.en = en
    }
}
