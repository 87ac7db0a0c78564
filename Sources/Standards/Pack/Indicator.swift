/// An indicator that the province is judged by: what it is, not what it is at the moment.
public struct Indicator: Hashable, Sendable {
    public static let limit = 200

    public let id: String
    public let name: LocalText
    /// How it is computed, in words.
    public let formula: LocalText
    public let unit: String
    /// In tenths of the unit; nil without one.
    public let targetTenths: Int?

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What reports name it by", "name": "What people call it", "formula": "How it is computed, in words",
            "unit": "Such as % or h", "targetTenths": "What is aimed at, in tenths of the unit",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.indicator, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let formula = reader.object("formula", read: LocalText.init(reading:))
        let unit = reader.text("unit", .line(20))
        targetTenths = reader.integer("targetTenths", in: 0...1_000_000, .optional)
        guard let id, let name, let formula, let unit else { return nil }
        self.id = id
        self.name = name
        self.formula = formula
        self.unit = unit
    }
}
