/// How long a clock of some tickets may run, who says so, and how sure that is.
public struct ClockRule: Hashable, Sendable {
    public static let limit = 500

    /// What a number of the rules is a limit of.
    public enum Measure: String, Hashable, Sendable, CaseIterable {
        /// Of every single ticket: what a clock runs against.
        case maximum
        /// Of all tickets of a period together: shown in reports, no clock runs against it.
        case average
    }

    public let id: String
    public let name: LocalText
    public let clock: ClockKind
    public let measure: Measure
    public let types: [String]
    public let conditions: [Condition]
    /// Of a step's clock: the steps it is for; all when empty.
    public let steps: [String]
    /// Of a report's clock: the field that holds what is to be delivered.
    public let until: String?
    /// Nil when the limit stands in a field of the ticket.
    public let limit: TimeLimit?
    /// The field of the ticket that holds it, in natural hours: what a contract promises.
    public let hoursField: String?
    public let source: LimitSource
    /// Where it is written.
    public let reference: String
    public let confidence: Confidence
    /// Of the limit, in percent: from when on a ticket counts as at risk.
    public let warnPercent: Int

    public init(
        id: String, name: LocalText, clock: ClockKind, measure: Measure = .maximum, types: [String],
        conditions: [Condition] = [], steps: [String] = [], until: String? = nil, limit: TimeLimit?,
        hoursField: String? = nil, source: LimitSource, reference: String, confidence: Confidence, warnPercent: Int = 70
    ) {
        self.id = id
        self.name = name
        self.clock = clock
        self.measure = measure
        self.types = types
        self.conditions = conditions
        self.steps = steps
        self.until = until
        self.limit = limit
        self.hoursField = hoursField
        self.source = source
        self.reference = reference
        self.confidence = confidence
        self.warnPercent = warnPercent
    }

    /// The same limit as a branch has made it stricter for itself.
    public func ofBranch(_ time: TimeLimit) -> ClockRule {
        ClockRule(
            id: id, name: name, clock: clock, measure: measure, types: types, conditions: conditions, steps: steps,
            until: until, limit: time, source: .branch, reference: "the branch's overlay", confidence: .verified,
            warnPercent: warnPercent)
    }

    /// Whether a ticket's clock runs against it.
    /// - Parameters:
    ///   - lineage: the ticket's category and all above it.
    ///   - value: what a field of the ticket holds, as a text.
    public func applies(to type: String, lineage: [String] = [], _ value: (String) -> String?) -> Bool {
        measure == .maximum && types.contains(type) && conditions.hold(lineage: lineage, value)
    }
}

extension ClockRule {
    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain(Self.meanings)
        let id = reader.text("id", .identifier)
        book.claim(.limit, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let clock = reader.choice("clock", of: ClockKind.self)
        let measure = reader.choice("measure", of: Measure.self, .optional) ?? .maximum
        let types = reader.texts("types", .identifier, count: 1...TicketType.limit)
        for type in types { book.resolve(type, .ticketType, "types", reader) }
        let conditions = Condition.list(reading: reader)
        let steps = reader.texts("steps", .identifier, count: 0...StepTemplate.limit, .optional)
        for step in steps { book.resolve(step, .step, "steps", reader) }
        let until = reader.text("until", .identifier, .optional)
        if clock == .report, until == nil {
            reader.report(
                nil, "is a report's clock without an end", "name in \"until\" the field that holds the report")
        }
        if clock != .report, clock != nil, until != nil {
            reader.report("until", "belongs to the clock \"report\"", "take it out, or make it the clock of a report")
        }
        let limit = reader.object("limit", .optional, read: TimeLimit.init(reading:))
        let hoursField = reader.text("hoursField", .identifier, .optional)
        if reader.has("limit") == reader.has("hoursField") {
            reader.report(nil, "has not exactly one of limit and hoursField", "write one of them")
        }
        if clock != .step, clock != nil, !steps.isEmpty {
            reader.report("steps", "belong to the clock \"step\"", "take them out, or make it the clock of a step")
        }
        let source = reader.choice("source", of: LimitSource.self)
        if source == .branch {
            reader.report("source", "is a branch, whose limits stand in its own overlay", "name who sets it")
        }
        let reference = reader.text("reference", .line())
        let confidence = reader.choice("confidence", of: Confidence.self)
        let warnPercent = reader.integer("warnPercent", in: 1...99, .optional) ?? 70
        guard let id, let name, let clock, let source, let reference, let confidence else { return nil }
        self.init(
            id: id, name: name, clock: clock, measure: measure, types: types, conditions: conditions, steps: steps,
            until: until, limit: limit, hoursField: hoursField, source: source, reference: reference,
            confidence: confidence,
            warnPercent: warnPercent)
    }

    private static var meanings: [String: String] {
        [
            "id": "What a ticket and an overlay name it by", "name": "What people call it",
            "clock": "Which clock of a ticket runs against it",
            "measure": "maximum: of every ticket; average: of all of a period, for reports",
            "types": "The ticket types it is for", "when": "What must be so of the ticket beside",
            "until":
                "Of the clock \"report\", which begins when the limit applies: the field that ends it when filled in",
            "steps": "Of the clock \"step\": the steps it is for; all when left out", "limit": "How long",
            "hoursField": "The field of the ticket that holds how many natural hours: what a contract promises",
            "source": "Who sets it", "reference": "Where it is written", "confidence": "How sure that is",
            "warnPercent": "From which part of the time on a ticket counts as at risk; 70 when left out",
        ]
    }
}
