/// What may be ordered: businesses (业务) by way of access. One business may come over several, so an order names both.
public struct Catalogue: Hashable, Sendable {
    public static let classLimit = 50
    public static let businessLimit = 200

    public struct Business: Hashable, Sendable {
        public let id: String
        public let name: LocalText
    }

    public let businesses: [Business]
    public let classes: [AccessClass]

    public init(businesses: [Business], classes: [AccessClass]) {
        self.businesses = businesses
        self.classes = classes
    }

    public func accessClass(_ id: String) -> AccessClass? { classes.first { $0.id == id } }

    /// Whether a business may be ordered over a way of access.
    public func offers(_ business: String, over accessClass: String) -> Bool {
        self.accessClass(accessClass)?.businesses.contains(business) ?? false
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "businesses": "Everything that can be ordered",
            "classes": "The ways of access, each with the businesses that it may carry",
        ])
        let businesses = reader.objects("businesses", count: 1...Self.businessLimit) { reader -> Business? in
            reader.explain(["id": "What orders name it by", "name": "What people call it"])
            let id = reader.text("id", .identifier)
            book.claim(.business, id, reader)
            let name = reader.object("name", read: LocalText.init(reading:))
            guard let id, let name else { return nil }
            return Business(id: id, name: name)
        }
        let classes = reader.objects("classes", count: 1...Self.classLimit) { AccessClass(reading: $0, book) }
        self.init(businesses: businesses, classes: classes)
    }
}
