/// A kind of ticket: its form and its process. It never changes, and everything that is done to a ticket passes it on:
/// an object, so that this costs no copy.
public final class TicketType: Hashable, Sendable {
    /// Of one pack.
    public static let limit = 50
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
    public let work: TicketWork
    /// The fields that hold a file.
    public let fileFields: [String]
    /// Where each field stands in the form.
    private let places: [String: Int]

    public init(
        id: String, name: LocalText, fields: [FormField], initial: String, states: [TicketState],
        transitions: [TransitionRule], work: TicketWork = TicketWork()
    ) {
        self.id = id
        self.name = name
        self.fields = fields
        self.initial = initial
        self.states = states
        self.transitions = transitions
        self.work = work
        fileFields = fields.filter { $0.kind == .file }.map(\.id)
        places = Dictionary(fields.indices.map { (fields[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public static func == (left: TicketType, right: TicketType) -> Bool {
        left === right
            || (left.id == right.id && left.name == right.name && left.fields == right.fields
                && left.initial == right.initial && left.states == right.states
                && left.transitions == right.transitions && left.work == right.work)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(fields)
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
