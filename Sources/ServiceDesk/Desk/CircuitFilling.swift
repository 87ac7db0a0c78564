import Replication
import Standards

/// What choosing a circuit fills in, by what the standard says of its form. Nothing that somebody fills in along with
/// it is written over.
struct CircuitFilling {
    let pack: StandardPack
    let type: TicketType
    let store: SiteStore
    /// The ticket as it is; empty for a new one.
    let state: EntityState
    /// The form with what the circuit fills in.
    private(set) var fields: [String: Value]
    /// What is filled in beside the form.
    private(set) var edits: [Edit] = []
    /// The department that maintains the circuit, where it is another than before: for a ticket that nobody works at
    /// yet.
    private(set) var department: String?

    /// - Parameter fields: what somebody has filled in.
    init(_ fields: [String: Value], of state: EntityState, _ type: TicketType, _ pack: StandardPack, _ store: SiteStore)
    {
        self.fields = fields
        self.state = state
        self.type = type
        self.pack = pack
        self.store = store
    }

    /// - Throws: that the number is refused.
    mutating func fill() throws {
        guard let use = type.work.circuit, let value = fields[use.field], case .text = value else { return }
        guard let chosen = try TicketCircuit(value, in: store) else { return }
        try check(chosen, use)
        fields[use.field] = .text(chosen.number)
        let before = try TicketCircuit(of: state, type, in: store)
        // What one circuit has filled in is not left beside another.
        let isOther = before.map { $0.number != chosen.number } ?? false
        for place in type.fields.indices {
            let field = type.fields[place]
            guard let source = field.source, fields[field.id] == nil else { continue }
            let value = chosen.fact(source).map { Value.text($0) }
            if let value, Form(pack: pack, type: type).takes(value, in: field.id) {
                if isOther || isEmpty(field.id) { fields[field.id] = value }
            } else if isOther, !isEmpty(field.id), !field.isRequired {
                fields[field.id] = .null
            }
        }
        let held = state[TicketField.customer].bytesValue
        if let customer = chosen.customer?.bytes, held == nil || (isOther && held == before?.customer?.bytes),
            customer != held
        {
            edits.append(.assign(TicketField.customer, .bytes(customer)))
        }
        if let named = chosen.fact(.department), before?.number != chosen.number,
            pack.organisation.departments.contains(where: { $0.id == named })
        {
            department = named
        }
    }

    private func isEmpty(_ name: String) -> Bool { !TicketValues(state: state).isFilled(name) }

    private func check(_ chosen: TicketCircuit, _ use: CircuitUse) throws {
        if chosen.isRetired {
            throw DeskError(
                .invalid, "The circuit is out of service.", remedy: "Choose the one that has replaced it.",
                problems: [.init(field: use.field, problem: "names a circuit that is out of service")])
        }
        guard use.whenUnknown == .refuse, !chosen.isKnown else { return }
        throw DeskError(
            .invalid, "No circuit of that number is known here.",
            remedy: "Check the number, or register the circuit: tributary circuit set.",
            problems: [.init(field: use.field, problem: "is the number of no circuit that is known here")])
    }
}
