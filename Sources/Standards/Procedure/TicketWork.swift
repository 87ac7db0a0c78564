/// How tickets of a type are worked beside their states: by whom, in which steps, under which rules.
public struct TicketWork: Hashable, Sendable {
    /// The department that has a new ticket; nil when its circuit or else routing decides.
    public let department: String?
    /// The steps that every such ticket takes, in order.
    public let steps: [String]
    /// The states in which steps are worked; any when empty. A step's clock begins in one of them.
    public let stepStates: [String]
    /// The field that holds an implementation mode, whose steps are taken then.
    public let modeField: String?
    /// The field that says why a suspended ticket waits; its options are pause reasons.
    public let pauseField: String?
    /// Nil when its tickets name no circuit.
    public let circuit: CircuitUse?
    /// Nil when it is no review.
    public let review: ReviewTemplate?
    /// What must be so whenever a person changes the ticket.
    public let rules: [Guard]

    public init(
        department: String? = nil, steps: [String] = [], stepStates: [String] = [], modeField: String? = nil,
        pauseField: String? = nil, circuit: CircuitUse? = nil,
        review: ReviewTemplate? = nil, rules: [Guard] = []
    ) {
        self.department = department
        self.steps = steps
        self.stepStates = stepStates
        self.modeField = modeField
        self.pauseField = pauseField
        self.circuit = circuit
        self.review = review
        self.rules = rules
    }

    init(reading reader: JSONReader, _ fields: [FormField], states: UniqueNames, in scope: Guard.Scope) {
        department = reader.text("department", .identifier, .optional)
        scope.book.resolve(department, .department, "department", reader)
        steps = reader.texts("steps", .identifier, count: 0...StepTemplate.countLimit, .optional)
        for step in steps { scope.book.resolve(step, .step, "steps", reader) }
        stepStates = reader.texts("stepsIn", .identifier, count: 0...TicketType.stateLimit, .optional)
        for state in stepStates { NameBook.resolve(state, "state", among: states, "stepsIn", reader) }
        modeField = reader.text("modeField", .identifier, .optional)
        pauseField = reader.text("pauseField", .identifier, .optional)
        circuit = CircuitUse(reading: reader, fields)
        review = reader.object("review", .optional) { ReviewTemplate(reading: $0, scope.book) }
        rules = Guard.list(reading: reader, "rules", in: scope)
        check(reader, fields, scope.book)
    }

    /// Whether steps are worked in a state.
    public func worksSteps(in state: String) -> Bool { stepStates.isEmpty || stepStates.contains(state) }

    private func check(_ reader: JSONReader, _ fields: [FormField], _ book: NameBook) {
        for (key, name, kind) in [
            ("modeField", modeField, NameBook.Kind.mode), ("pauseField", pauseField, NameBook.Kind.pauseReason),
        ] {
            guard let name else { continue }
            guard let field = fields.first(where: { $0.id == name }), field.kind == .choice else {
                reader.report(
                    key, "names \(Finding.quote(name)), which is no choice of the form",
                    NearestWord.hint(for: name, among: fields.filter { $0.kind == .choice }.map(\.id)))
                continue
            }
            for option in field.options { book.resolve(option.id, kind, key, reader) }
        }
        if modeField != nil, !steps.isEmpty {
            reader.report("steps", "stand beside modeField", "keep one of the two")
        }
    }
}
