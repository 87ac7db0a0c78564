/// What kind of customer somebody is: a government office, a bank, a chain of shops.
public struct CustomerClass: Hashable, Sendable {
    public static let limit = 100

    public let id: String
    public let name: LocalText

    public init(id: String, name: LocalText) {
        self.id = id
        self.name = name
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain(["id": "What other parts call it by", "name": "What people call it"])
        let id = reader.text("id", .identifier)
        book.claim(.customerClass, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        guard let id, let name else { return nil }
        self.init(id: id, name: name)
    }
}
