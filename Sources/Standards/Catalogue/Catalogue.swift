/// What may be ordered: businesses (业务) by way of access. One business may come over several, so an order names both.
public struct Catalogue: Hashable, Sendable {
    public static let classLimit = 50
    public static let businessLimit = 200

    public let businesses: [NamedEntry]
    public let classes: [AccessClass]

    public init(businesses: [NamedEntry], classes: [AccessClass]) {
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
        let businesses = reader.objects("businesses", count: 1...Self.businessLimit) {
            NamedEntry(reading: $0, .business, book)
        }
        let classes = reader.objects("classes", count: 1...Self.classLimit) { AccessClass(reading: $0, book) }
        self.init(businesses: businesses, classes: classes)
    }
}
