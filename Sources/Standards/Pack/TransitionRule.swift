/// One step a ticket may take, and on which conditions.
public struct TransitionRule: Hashable, Sendable {
    /// Unique within its ticket type.
    public let name: String
    /// What the button says.
    public let label: LocalText
    /// The states it may leave.
    public let from: [String]
    /// The state it reaches.
    public let to: String
    /// Fields of the form that must have a value once it has been taken.
    public let requires: [String]
    /// Who may take it; anybody who may edit the ticket when empty.
    public let roles: [String]

    public init(
        name: String, label: LocalText, from: [String], to: String, requires: [String] = [], roles: [String] = []
    ) {
        self.name = name
        self.label = label
        self.from = from
        self.to = to
        self.requires = requires
        self.roles = roles
    }
}

extension TransitionRule {
    /// What a transition may refer to.
    struct Scope {
        let states: UniqueNames
        let fields: UniqueNames
        /// Nil when the pack declares no roles; any identifier is one then.
        let roles: UniqueNames?
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames, in scope: Scope) {
        let name = reader.text("name", .identifier)
        if let name { names.claim(name, at: reader.path(of: "name"), reader.log) }
        let label = reader.object("label", read: LocalText.init(reading:))
        let from = reader.texts("from", .identifier, count: 1...TicketType.stateLimit)
        let to = reader.text("to", .identifier)
        let requires = reader.texts("requires", .identifier, count: 0...TicketType.fieldLimit, .optional)
        let roles = reader.texts("roles", .identifier, count: 0...StandardPack.roleLimit, .optional)
        for state in from { Self.resolve(state, "state", "from", scope.states, reader) }
        if let to { Self.resolve(to, "state", "to", scope.states, reader) }
        for field in requires { Self.resolve(field, "field", "requires", scope.fields, reader) }
        if let declared = scope.roles {
            for role in roles { Self.resolve(role, "role", "roles", declared, reader) }
        }
        guard let name, let label, let to else { return nil }
        self.init(name: name, label: label, from: from, to: to, requires: requires, roles: roles)
    }

    private static func resolve(
        _ word: String, _ what: String, _ key: String, _ declared: UniqueNames, _ reader: JSONReader
    ) {
        guard !declared.contains(word) else { return }
        reader.report(
            key, "names the \(what) \(Finding.quote(word)), which is not declared",
            NearestWord.hint(for: word, among: declared.all))
    }
}
