/// The way of access that is recommended to a kind of customer, unless somebody has a reason for another.
public struct AccessScheme: Hashable, Sendable {
    public static let limit = 100

    public let id: String
    public let name: LocalText
    /// The customer classes that it is for.
    public let customerClasses: [String]
    /// What must be so beside the class; always when empty.
    public let conditions: [Condition]
    /// The classes of the catalogue it is made of.
    public let accessClasses: [String]
    /// Whether two routes are laid (双路由).
    public let isDualRoute: Bool

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What orders name it by", "name": "What people call it", "classes": "The customer classes it is for",
            "when": "What else must be so, such as region, trade or size; the first scheme that fits is recommended",
            "accessClasses": "The ways of access it is made of", "dualRoute": "Whether two routes are laid",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.scheme, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        customerClasses = reader.texts("classes", .identifier, count: 1...100)
        for name in customerClasses { book.resolve(name, .customerClass, "classes", reader) }
        conditions = Condition.list(reading: reader)
        accessClasses = reader.texts("accessClasses", .identifier, count: 1...Catalogue.classLimit)
        for name in accessClasses { book.resolve(name, .accessClass, "accessClasses", reader) }
        isDualRoute = reader.flag("dualRoute", absent: false)
        guard let id, let name else { return nil }
        self.id = id
        self.name = name
    }
}
