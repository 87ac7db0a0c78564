/// A role that people of the service desk hold: what it is there for, and what it may decide by itself.
public struct StaffRole: Hashable, Sendable {
    public static let limit = 50

    public let id: String
    public let name: LocalText
    /// What its holder is there for (职责).
    public let duties: LocalText?
    /// Up to how much it may decide each kind of thing; nothing of what is not named.
    public let authority: [AuthorityKind: Int]
    /// The roles that its holder may give to others at the own site, and take away.
    public let grants: [String]

    public init(
        id: String, name: LocalText, duties: LocalText? = nil, authority: [AuthorityKind: Int] = [:],
        grants: [String] = []
    ) {
        self.id = id
        self.name = name
        self.duties = duties
        self.authority = authority
        self.grants = grants
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames, _ book: NameBook) {
        reader.explain([
            "id": "What other parts call it by", "name": "What people call it",
            "duties": "What its holder is there for",
            "grants": "The roles that its holder may give to others at the own site, and take away",
            "authority": "Up to how much it may decide by itself; what is more becomes an approval",
        ])
        let id = reader.text("id", .identifier)
        if let id, names.claim(id, at: reader.path(of: "id"), reader.log) { book.claim(.role, id, reader) }
        let name = reader.object("name", read: LocalText.init(reading:))
        let duties = reader.object("duties", .optional, read: LocalText.init(reading:))
        let authority = reader.object("authority", .optional, read: Self.authority) ?? [:]
        let grants = reader.texts("grants", .identifier, count: 0...Self.limit, .optional)
        for role in grants { book.expect(role, .role, "grants", reader) }
        guard let id, let name else { return nil }
        self.init(id: id, name: name, duties: duties, authority: authority, grants: grants)
    }

    private static func authority(_ reader: JSONReader) -> [AuthorityKind: Int] {
        reader.explain([
            "refundFen": "Of one refund, in fen", "creditFen": "Of one credit on a bill, in fen",
            "reliefFen": "Of a relief of fees, in fen", "priorityLevels": "Levels that a priority may be raised",
            "appointmentDays": "Days ahead that an appointment may be made",
        ])
        var found: [AuthorityKind: Int] = [:]
        for kind in AuthorityKind.allCases {
            found[kind] = reader.integer(kind.rawValue, in: 0...AuthorityKind.limit, .optional)
        }
        return found
    }
}
