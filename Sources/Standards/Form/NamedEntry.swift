/// An entry of one of the pack's lists that is no more than its name: a department, a business, a class of customers.
public struct NamedEntry: Hashable, Sendable {
    /// Characters of a telephone number.
    public static let phoneLength = 40

    public let id: String
    public let name: LocalText
    /// Of a department: what its customers may call.
    public let phone: String?

    public init(id: String, name: LocalText, phone: String? = nil) {
        self.id = id
        self.name = name
        self.phone = phone
    }

    init?(reading reader: JSONReader, _ kind: NameBook.Kind, _ book: NameBook) {
        reader.explain(["id": "What other parts call it by", "name": "What people call it"])
        if kind == .department { reader.explain(["phone": "What its customers may call"]) }
        let id = reader.text("id", .identifier)
        book.claim(kind, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let phone = kind == .department ? reader.text("phone", .line(Self.phoneLength), .optional) : nil
        guard let id, let name else { return nil }
        self.init(id: id, name: name, phone: phone)
    }

    var option: FieldOption { FieldOption(id: id, name: name) }
}
