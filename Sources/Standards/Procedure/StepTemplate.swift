/// A step within a ticket's work: one department does it, on a clock of its own, and reports back (回单).
public struct StepTemplate: Hashable, Sendable {
    public static let limit = 200
    /// Of one ticket.
    public static let countLimit = 30

    public let id: String
    public let name: LocalText
    public let department: String
    /// Departments that help.
    public let assisting: [String]
    /// The steps that must be done before it may begin, as far as the ticket has them.
    public let after: [String]
    /// When the step falls away: what the ticket holds then.
    public let omitted: [Condition]

    public init(
        id: String, name: LocalText, department: String, assisting: [String] = [], after: [String] = [],
        omitted: [Condition] = []
    ) {
        self.id = id
        self.name = name
        self.department = department
        self.assisting = assisting
        self.after = after
        self.omitted = omitted
    }

    /// The word of the field in which a ticket keeps how far a step is.
    public static func fieldName(_ id: String) -> String { "step-" + id }

    init?(reading reader: JSONReader, _ book: NameBook, _ numbers: NumberBook?) {
        reader.explain([
            "id": "What modes and limits name it by", "name": "What people call it",
            "department": "The department that does it", "assisting": "Departments that help",
            "after": "The steps that must be done before, as far as the ticket has them",
            "omittedWhen": "What the ticket holds when the step falls away",
        ])
        let id = reader.text("id", .identifier)
        let after = reader.texts("after", .identifier, count: 0...Self.countLimit, .optional)
        // Only what stands before can be named, so no step waits for itself.
        for step in after { book.resolve(step, .step, "after", reader) }
        book.claim(.step, id, reader)
        if let id { numbers?.claim(Self.fieldName(id), at: reader.path(of: "id"), reader.log) }
        let name = reader.object("name", read: LocalText.init(reading:))
        let department = reader.text("department", .identifier)
        book.resolve(department, .department, "department", reader)
        let assisting = reader.texts("assisting", .identifier, count: 0...20, .optional)
        for name in assisting { book.resolve(name, .department, "assisting", reader) }
        let omitted = Condition.list(reading: reader, "omittedWhen")
        guard let id, let name, let department else { return nil }
        self.init(
            id: id, name: name, department: department, assisting: assisting, after: after, omitted: omitted)
    }
}
