/// A kind of ticket: its form and its process.
public struct TicketType: Hashable, Sendable {
    public static let fieldLimit = 100
    public static let stateLimit = 50
    public static let transitionLimit = 200

    public let id: String
    public let name: LocalText
    public let fields: [FormField]
    /// The state a new ticket is in.
    public let initial: String
    /// In the order of the stage line.
    public let states: [TicketState]
    public let transitions: [TransitionRule]
    /// Where each field stands in the form.
    private let places: [String: Int]

    public init(
        id: String, name: LocalText, fields: [FormField], initial: String, states: [TicketState],
        transitions: [TransitionRule]
    ) {
        self.id = id
        self.name = name
        self.fields = fields
        self.initial = initial
        self.states = states
        self.transitions = transitions
        places = Dictionary(fields.indices.map { (fields[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func field(_ id: String) -> FormField? { place(of: id).map { fields[$0] } }

    /// Where a field stands in ``fields``.
    public func place(of id: String) -> Int? { places[id] }

    public func state(_ id: String) -> TicketState? { states.first { $0.id == id } }

    public func transition(_ name: String) -> TransitionRule? { transitions.first { $0.name == name } }

    /// The transitions that may leave a state, in the order of the pack.
    public func transitions(from state: String) -> [TransitionRule] {
        transitions.filter { $0.from.contains(state) }
    }
}

extension TicketType {
    init?(reading reader: JSONReader, _ names: inout UniqueNames, roles: UniqueNames?) {
        let id = reader.text("id", .identifier)
        if let id { names.claim(id, at: reader.path(of: "id"), reader.log) }
        let name = reader.object("name", read: LocalText.init(reading:))
        var fieldNames = UniqueNames("field")
        let fields = reader.objects("fields", count: 0...Self.fieldLimit) { FormField(reading: $0, &fieldNames) }
        var stateNames = UniqueNames("state")
        let states = reader.objects("states", count: 1...Self.stateLimit) { TicketState(reading: $0, &stateNames) }
        let initial = reader.text("initial", .identifier)
        var transitionNames = UniqueNames("transition")
        let scope = TransitionRule.Scope(states: stateNames, fields: fieldNames, roles: roles)
        let transitions = reader.objects("transitions", count: 0...Self.transitionLimit) {
            TransitionRule(reading: $0, &transitionNames, in: scope)
        }
        if let initial, !stateNames.contains(initial) {
            reader.report(
                "initial", "names the state \(Finding.quote(initial)), which is not declared",
                NearestWord.hint(for: initial, among: stateNames.all))
        } else if let initial, reader.read(states, of: "states"), reader.read(transitions, of: "transitions") {
            ProcessGraph(initial: initial, states: states, transitions: transitions)
                .report(paths: stateNames, reader.log)
        }
        if !states.isEmpty, !states.contains(where: \.isFinal) {
            reader.report("states", "no state is final", "mark the last one \"final\": true")
        }
        guard let id, let name, let initial else { return nil }
        self.init(id: id, name: name, fields: fields, initial: initial, states: states, transitions: transitions)
    }
}

extension JSONReader {
    /// Whether every element of a list could be read. Where one could not, what hangs on it would be reported wrongly.
    fileprivate func read<Element>(_ elements: [Element], of key: String) -> Bool {
        value(key, .optional)?.arrayValue?.count == elements.count
    }
}
