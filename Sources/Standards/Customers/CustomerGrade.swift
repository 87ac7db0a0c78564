/// A grade of customers (客户等级), the highest first in its pack.
public struct CustomerGrade: Hashable, Sendable {
    public static let limit = 20

    public let id: String
    public let name: LocalText
    /// Days from one inspection of a customer's lines to the next; nil when there are none.
    public let inspectionDays: Int?

    public init(id: String, name: LocalText, inspectionDays: Int? = nil) {
        self.id = id
        self.name = name
        self.inspectionDays = inspectionDays
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What limits name it by", "name": "What people call it",
            "inspectionDays": "Days from one inspection to the next; none when left out",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.grade, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let days = reader.integer("inspectionDays", in: 1...1_000, .optional)
        guard let id, let name else { return nil }
        self.init(id: id, name: name, inspectionDays: days)
    }
}
