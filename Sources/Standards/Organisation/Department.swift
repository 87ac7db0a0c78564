/// Who handles tickets and owns steps.
public struct Department: Hashable, Sendable {
    public let id: String
    public let name: LocalText
    /// What customers are shown to call about a ticket that it has; nil when they are not to call it.
    public let phone: String?

    public init(id: String, name: LocalText, phone: String? = nil) {
        self.id = id
        self.name = name
        self.phone = phone
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What other parts call it by", "name": "What people call it",
            "phone": "The telephone that customers are shown while it has their ticket",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.department, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let phone = reader.text("phone", .telephone, .optional)
        guard let id, let name else { return nil }
        self.init(id: id, name: name, phone: phone)
    }
}
