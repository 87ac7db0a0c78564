import Replication
import Standards

/// Event logs: rows that are successive states of a ticket become its changes, one a row, in the order of the log.
extension Desk {
    /// What became of a row of an event log.
    public enum Brought: Sendable {
        /// The first state: the ticket was opened in it.
        case created(Written)
        case updated(Written)
        /// This state was brought in before, here or at another site.
        case unchanged(EntityRow)
    }

    /// Brings in one state of a ticket.
    ///
    /// A state that differs from the one that the ticket is in becomes a step of its procedure; the first that leads
    /// there, in the order of the standard. Fields whose values differ are assigned, null ones cleared.
    /// - Throws: ``DeskError`` when the row has no place: it comes before a state that is in already, says something
    ///   else under a number that is in, or no step leads where it says the ticket was.
    public func bring(
        _ ticket: NewTicket, identifier: [UInt8], customerIdentifier: [UInt8], in session: inout Session
    ) throws -> Brought {
        guard let event = ticket.event, let key = ticket.importKey, let entity = ticket.importedEntity else {
            throw DeskError(.invalid, "The row says not what it is a state of.", remedy: "Correct the caller.")
        }
        do {
            if let replay = try session.replay(of: key) {
                try refuseRefused(replay.change)
                return .unchanged(replay.row)
            }
        } catch let error as ReplicationError where error.kind == .keyReused {
            throw Self.saysOtherwise
        }
        guard let row = try store.row(entity), row.state.exists else {
            var first = ticket
            first.fields = ticket.fields.filter { $0.value != .null }
            return .created(
                try open(
                    first, key: nil, identifier: identifier, customerIdentifier: customerIdentifier, in: &session))
        }
        guard !row.isWithdrawn else {
            throw DeskError(
                .wrongState, "The ticket has left this site.", remedy: "Import its rows at the branch that owns it.")
        }
        if try isIn(event, key, row, session.life) { return .unchanged(row) }
        var edits = try edits(of: ticket, onto: row) + ticket.historyEdits.filter { !Self.isSo($0, in: row) }
        if ticket.sourceColumns == nil, row.state[TicketField.sourceColumns] != .null {
            edits.append(.assign(TicketField.sourceColumns, .null))
        }
        if let customer = try customer(of: ticket, row, key, in: &session) { edits.append(customer) }
        // Of two rows of one time that say the same of all that is kept, the second says nothing.
        guard !edits.isEmpty else { return .unchanged(row) }
        // Every change of an event log says so: customers are not told of the past.
        if !NoticesOwed.isBroughtIn(edits), let time = event.time {
            edits.append(.assign(TicketField.sourceTime, .integer(time)))
        }
        try checkGuards(of: edits, row, session.life)
        let draft = Draft(entity: entity, edits: edits, actor: event.actor ?? actor, key: key)
        return .updated(try written(session.write(draft, at: now)))
    }

    private static func isSo(_ edit: Edit, in row: EntityRow) -> Bool {
        if case .assign(let field, let value) = edit { row.state[field] == value } else { false }
    }

    private static let saysOtherwise = DeskError(
        .invalid, "Another row of this version is in already, and says something else.",
        remedy: "See which of them is right.",
        problems: [.init(field: "version", problem: "was brought in before by a row that says something else")])

    /// What was brought in here and refused by the province is not in, however often it is repeated.
    public func refuseRefused(_ change: Change) throws {
        guard try store.refusedChange(change.reference) != nil else { return }
        throw DeskError(
            .wrongState, "The province refused this row when it was brought in before.",
            remedy: "See why: `tributary refusals list`; import it at the branch that owns the ticket.",
            problems: [.init(field: "home", problem: "is not that of the ticket; the province refused this row")])
    }

    /// A customer whom a later row names first.
    private func customer(
        of ticket: NewTicket, _ row: EntityRow, _ key: IdempotencyKey, in session: inout Session
    ) throws -> Edit? {
        guard let customer = ticket.customer, row.state[TicketField.customer] == .null else { return nil }
        let id = customer.id ?? key.entity(kind: .customer)
        try check(customer)
        try takeDown(customer, as: id, for: ticket.home, in: &session)
        return .assign(TicketField.customer, .bytes(id.bytes))
    }

    /// Whether another site has brought this state in.
    /// - Throws: when the ticket is past it: what has happened since is not undone by a row that comes late.
    private func isIn(
        _ event: NewTicket.Event, _ key: IdempotencyKey, _ row: EntityRow, _ life: Life
    ) throws -> Bool {
        guard let isPast = Self.isPast(event, row) else {
            throw DeskError(
                .wrongState, "The ticket was not brought in from such a log.",
                remedy: "Use the map that brought it in.",
                problems: [.init(field: "version", problem: "has nothing to be compared with on this ticket")])
        }
        guard isPast else { return false }
        // All that this life of the site wrote was found by its key above.
        guard row.state.vector.entries.contains(where: { $0.origin != life.origin }) else {
            return try refuseLate(event, row)
        }
        let earlier = try store.entries(of: row.number).compactMap { IdempotencyKey(bytes: $0.change.key) }
        if earlier.contains(key) { return true }
        if earlier.contains(where: { $0.name == key.name }) { throw Self.saysOtherwise }
        return try refuseLate(event, row)
    }

    /// Whether the ticket is at this state or past it; nil when nothing tells.
    private static func isPast(_ event: NewTicket.Event, _ row: EntityRow) -> Bool? {
        if let own = event.version, let present = row.state[TicketField.sourceVersion].integerValue {
            return own <= present
        }
        guard let own = event.time, let present = row.state[TicketField.sourceTime].integerValue else { return nil }
        return own <= present
    }

    /// - Returns: false for a row of the very time of the last one, which may be one more.
    private func refuseLate(_ event: NewTicket.Event, _ row: EntityRow) throws -> Bool {
        if event.version == nil, row.state[TicketField.sourceTime] == event.time.map(Value.integer) { return false }
        throw DeskError(
            .wrongState, "The ticket is past this state of it.", remedy: "Import the whole log in one file.",
            problems: [.init(field: "version", problem: "comes before a state of the ticket that is in already")])
    }

    private func edits(of ticket: NewTicket, onto row: EntityRow) throws -> [Edit] {
        let (pack, type) = try type(of: row)
        guard type.id == ticket.type else {
            throw DeskError(
                .invalid, "The ticket is of another type.", remedy: "Correct the map.",
                problems: [.init(field: "type", problem: "is not that of the ticket, which does not change")])
        }
        // One log may hold several types: what this type's form does not have is not there to be cleared.
        var fields = ticket.fields.filter { name, value in
            value != .null || type.field(name) != nil || FieldNumbers.name(FieldNumbers.field(name)) != nil
        }
        if let category = ticket.category { fields["category"] = .text(category) }
        let filled = try Form(pack: pack, type: type).check(fields, isComplete: false)
        let edits = filled.map { Edit.assign($0.0, $0.1) }.filter { !Self.isSo($0, in: row) }
        guard let state = ticket.state, state != row.state.stageName else { return edits }
        return [.transition(try step(to: state, type, row, filled))] + edits
    }

    private func step(
        to state: String, _ type: TicketType, _ row: EntityRow, _ filled: [(Field, Value)]
    ) throws -> Transition {
        let stage = row.state.stageName
        guard let rule = type.transitions.first(where: { $0.to == state && $0.from.contains(stage) }) else {
            throw DeskError(
                .wrongState, "No step of \(type.id) leads from \(stage) to \(state).",
                remedy: "Correct the map's states.",
                problems: [.init(field: "state", problem: "cannot be reached from \(stage) in one step of \(type.id)")])
        }
        let missing = rule.requires.filter { name in
            let field = FieldNumbers.field(name)
            let value = filled.first { $0.0 == field }?.1 ?? row.state[field]
            return value == .null || value == .text("")
        }
        guard missing.isEmpty else {
            throw DeskError(
                .invalid, "Step \(rule.name) needs \(missing.joined(separator: ", ")).",
                remedy: "Fill them by the map.",
                problems: missing.map { .init(field: $0, problem: "is required by step \(rule.name)") })
        }
        return Transition(name: rule.name, from: rule.from, to: rule.to)
    }
}
