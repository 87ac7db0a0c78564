/// A way of access (接入方式) and the businesses that it may carry.
public struct AccessClass: Hashable, Sendable {
    public let id: String
    public let name: LocalText
    public let businesses: [String]

    public init(id: String, name: LocalText, businesses: [String]) {
        self.id = id
        self.name = name
        self.businesses = businesses
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What orders name it by", "name": "What people call it",
            "businesses": "The businesses that may be ordered over it",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.accessClass, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let businesses = reader.texts("businesses", .identifier, count: 1...Catalogue.businessLimit)
        for business in businesses { book.resolve(business, .business, "businesses", reader) }
        guard let id, let name else { return nil }
        self.init(id: id, name: name, businesses: businesses)
    }
}
