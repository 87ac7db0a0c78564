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
    public let kind: TransitionKind
    /// What must be so beside.
    public let guards: [Guard]
    /// Types of which a child ticket may be opened with it.
    public let opens: [String]
    /// The department that has the ticket afterwards; whoever had it before when nil.
    public let department: String?
    /// Whether the customer is told.
    public let notifies: Bool
    /// Whether the customer may take it too, without a role: such as to confirm or to reopen.
    public let isCustomers: Bool

    public init(
        name: String, label: LocalText, from: [String], to: String, requires: [String] = [], roles: [String] = [],
        kind: TransitionKind = .forward, guards: [Guard] = [], opens: [String] = [], department: String? = nil,
        notifies: Bool = false, isCustomers: Bool = false
    ) {
        self.name = name
        self.label = label
        self.from = from
        self.to = to
        self.requires = requires
        self.roles = roles
        self.kind = kind
        self.guards = guards
        self.opens = opens
        self.department = department
        self.notifies = notifies
        self.isCustomers = isCustomers
    }
}

extension TransitionRule {
    /// What a transition may refer to.
    struct Scope {
        let states: UniqueNames
        let fields: UniqueNames
        /// Nil when the pack declares no roles; any identifier is one then.
        let roles: UniqueNames?
        /// Whether every transition must say who may take it.
        let needsRoles: Bool
        let book: NameBook

        var ofGuards: Guard.Scope { Guard.Scope(fields: fields, book: book) }
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames, in scope: Scope) {
        reader.explain(Self.meanings)
        let name = reader.text("name", .identifier)
        if let name { names.claim(name, at: reader.path(of: "name"), reader.log) }
        let label = reader.object("label", read: LocalText.init(reading:))
        let from = reader.texts("from", .identifier, count: 1...TicketType.stateLimit)
        let to = reader.text("to", .identifier)
        let requires = reader.texts("requires", .identifier, count: 0...TicketType.fieldLimit, .optional)
        let roles = reader.texts("roles", .identifier, count: 0...StaffRole.limit, .optional)
        for state in from { NameBook.resolve(state, "state", among: scope.states, "from", reader) }
        NameBook.resolve(to, "state", among: scope.states, "to", reader)
        for field in requires { NameBook.resolve(field, "field", among: scope.fields, "requires", reader) }
        if let declared = scope.roles {
            for role in roles { NameBook.resolve(role, "role", among: declared, "roles", reader) }
        }
        if scope.needsRoles, roles.isEmpty, !reader.has("roles") {
            reader.report("roles", "are missing, so nobody may take this step", "name the roles that may")
        }
        let kind = reader.choice("kind", of: TransitionKind.self, .optional) ?? .forward
        let guards = Guard.list(reading: reader, "guards", in: scope.ofGuards)
        let opens = reader.texts("opens", .identifier, count: 0...10, .optional)
        for type in opens { scope.book.expect(type, .ticketType, "opens", reader) }
        let department = reader.text("department", .identifier, .optional)
        scope.book.resolve(department, .department, "department", reader)
        let notifies = reader.flag("notify", absent: false)
        let isCustomers = reader.flag("customer", absent: false)
        guard let name, let label, let to else { return nil }
        self.init(
            name: name, label: label, from: from, to: to, requires: requires, roles: roles, kind: kind, guards: guards,
            opens: opens, department: department, notifies: notifies, isCustomers: isCustomers)
    }

    private static var meanings: [String: String] {
        [
            "name": "What clients and timelines name it by", "label": "What the button says",
            "from": "The states it may leave", "to": "The state it reaches",
            "requires": "Fields that have a value once it has been taken", "roles": "Who may take it",
            "kind": "What it means for clocks and reports; forward when left out",
            "guards": "What must be so beside", "opens": "Types of which child tickets may be opened with it",
            "department": "The department that has the ticket afterwards", "notify": "Whether the customer is told",
            "customer": "Whether the customer may take it too, on the page that shows how far the ticket is",
        ]
    }
}
