/// An entry of one of the pack's lists that is no more than its name: a business, a class of customers.
public struct NamedEntry: Hashable, Sendable {
    public let id: String
    public let name: LocalText

    public init(id: String, name: LocalText) {
        self.id = id
        self.name = name
    }

    init?(reading reader: JSONReader, _ kind: NameBook.Kind, _ book: NameBook) {
        reader.explain(["id": "What other parts call it by", "name": "What people call it"])
        let id = reader.text("id", .identifier)
        book.claim(kind, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        guard let id, let name else { return nil }
        self.init(id: id, name: name)
    }

    var option: FieldOption { FieldOption(id: id, name: name) }
}
