/// A way in which orders are carried out (实施模式): which steps they take.
public struct ImplementationMode: Hashable, Sendable {
    public static let limit = 50

    public let id: String
    public let name: LocalText
    public let steps: [String]

    public init(id: String, name: LocalText, steps: [String]) {
        self.id = id
        self.name = name
        self.steps = steps
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What orders name it by", "name": "What people call it", "steps": "The steps of such an order",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.mode, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let steps = reader.texts("steps", .identifier, count: 1...StepTemplate.countLimit)
        for step in steps { book.resolve(step, .step, "steps", reader) }
        guard let id, let name else { return nil }
        self.init(id: id, name: name, steps: steps)
    }
}
