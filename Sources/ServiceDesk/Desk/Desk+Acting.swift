import Replication
import SQLite
import Standards

extension Desk {
    /// Carries out an action.
    /// - Parameter shown: the row version that the person was shown.
    public func act(
        _ action: TicketAction, on ticket: String, shown: RowVersion?, key: IdempotencyKey?,
        in session: inout Session
    ) throws -> WriteOutcome {
        // Before anything is checked: a step that was taken cannot be taken from where it has led, and the ticket
        // itself may have left this site since.
        if let key, let replay = try session.replay(of: key) {
            let names = [replay.row.id.text, replay.row.state.creation?.label.lowercased()]
            guard names.contains(ticket.lowercased()) else { throw Self.keyReused }
            return .written(replay)
        }
        let row = try self.ticket(ticket)
        try checkHolder(action, row, session.life)
        var draft = Draft(entity: row.id, edits: [], actor: actor, key: key, shown: shown)
        if case .transition(let name, let fields) = action {
            let step = try step(name, fields, row)
            draft.edits = step.edits
            // Who looked too long ago is told of that, and not that the step cannot be taken from where others went.
            if let stale = try session.changedSince(draft) { return .changedSince(stale) }
            try check(step.rule, of: step.type, fields, row)
            try checkRole(step.rule.roles, at: session.life.site)
            try checkGuards(of: step.edits, row, session.life)
        } else {
            draft.edits = try edits(action, row, session.life)
            try checkGuards(of: draft.edits, row, session.life)
        }
        return try session.write(draft, at: now)
    }

    /// While the province has a ticket, its branch may say something and no more.
    func checkHolder(_ action: TicketAction, _ row: EntityRow, _ life: Life) throws {
        guard isTaken(row, life) else { return }
        switch action {
        case .note, .attach, .expedite, .useArticle, .settle: return
        default:
            throw DeskError(
                .notAllowed, "The province has taken the ticket.", remedy: "Add a note, or ask it to give it back.")
        }
    }

    /// Whether the province has a ticket, seen from a branch.
    func isTaken(_ row: EntityRow, _ life: Life) -> Bool {
        !life.isHub && row.state[TicketField.heldBy] != .null && !store.domain.mischief.contains(.worksOnTaken)
    }

    func edits(_ action: TicketAction, _ row: EntityRow, _ life: Life) throws -> [Edit] {
        switch action {
        case .transition(let name, let fields): return try step(name, fields, row).edits
        case .assign(let fields): return try assignments(fields, row)
        case .note(let note):
            guard !note.text.isEmpty,
                DeskLimits.problem(note.text, longestLength: DeskLimits.textLength) == nil
            else {
                throw DeskError(
                    .invalid, "A note has 1 to \(DeskLimits.textLength) characters, NUL not among them.",
                    remedy: "Shorten it, or attach a file.")
            }
            return [.note(note)]
        case .attach(let file): return [try attachment(file, row)]
        case .offerTransfer(let site): return [try offer(site, row, life)]
        case .acceptTransfer: return try acceptance(row, life)
        case .declineTransfer: return [try decline(row, life)]
        case .requestRefund(let charge, let amount, let reason):
            let asked = OnceRequest(purpose: "refund", key: charge, amount: amount, reason: reason)
            return [.request(try refund(asked, row))]
        case .handOver(let department, let reason): return try handOver(department, reason, row)
        case .acceptHandOver: return try acceptHandOver(row)
        case .returnHandOver(let reason): return try returnHandOver(reason, row)
        case .expedite(let text): return try expedite(text, row)
        case .escalate(let reason): return try escalate(reason, row, life)
        case .take: return try take(row, life)
        case .giveBack(let reason): return try giveBack(reason, row, life)
        case .supervise(let isOn, let reason): return try supervise(isOn, reason, row, life)
        case .reassign(let site, let reason): return try reassign(to: site, reason, row, life)
        case .step(let id, let state, let text): return try move(id, to: state, text, row)
        case .vote(let department, let choice, let reason): return try vote(department, choice, reason, row)
        case .share(let adding, let removing): return try share(adding, removing, row, life)
        case .change(let field, let adding, let removing):
            return try change(field, adding: adding, removing: removing, row)
        case .useArticle(let name): return try use(name, row)
        case .settle(let losing): return [try settlement(losing, row)]
        case .reinstate(let losing): return try reinstatement(losing, row)
        }
    }

    private func assignments(_ fields: [String: Value], _ row: EntityRow) throws -> [Edit] {
        guard !fields.isEmpty else {
            throw DeskError(.invalid, "Nothing is assigned.", remedy: "Name at least one field.")
        }
        let (pack, type) = try type(of: row)
        try checkFiles(fields, type, row)
        return try filled(fields, row, pack, type)
    }

    /// What is filled in, and what a circuit that is chosen with it fills in beside.
    private func filled(
        _ fields: [String: Value], _ row: EntityRow, _ pack: StandardPack, _ type: TicketType
    ) throws -> [Edit] {
        var filling = CircuitFilling(fields, of: row.state, type, pack, store)
        try filling.fill()
        let form = try Form(pack: pack, type: type).check(filling.fields, isComplete: false)
        var edits = form.map { Edit.assign($0.0, $0.1) } + filling.edits
        // Once somebody has taken it up, a ticket is handed over and not sent elsewhere.
        if let department = filling.department, type.work.department == nil, row.state.stageName == type.initial,
            row.state[TicketField.department] != .text(department)
        {
            edits.append(.assign(TicketField.department, .text(department)))
        }
        return edits
    }

    /// A step of the ticket's procedure with what is filled in along with it, wherever the ticket stands.
    func step(
        _ name: String, _ fields: [String: Value], _ row: EntityRow
    ) throws -> (rule: TransitionRule, type: TicketType, edits: [Edit]) {
        let (pack, type) = try type(of: row)
        guard let rule = type.transition(name) else {
            let hint = NearestWord.nearest(to: name, among: type.transitions.map(\.name))
            throw DeskError(
                .invalid, "\(type.id) has no step \(name).",
                remedy: hint.map { "Did you mean \($0)?" } ?? openSteps(of: type, row))
        }
        let form = try filled(fields, row, pack, type)
        try checkFiles(fields, type, row)
        let transition = Transition(name: rule.name, from: rule.from, to: rule.to)
        var edits: [Edit] = [.transition(transition)] + form
        if let department = rule.department, fields["department"] == nil {
            edits.removeAll { $0.assignedField == TicketField.department }
            edits.append(.assign(TicketField.department, .text(department)))
        }
        if rule.kind == .reopen, let template = type.work.review {
            // Earlier votes stay, and count for the round that they were cast in.
            let round = ReviewStanding(of: row.state, template).round
            edits.append(.assign(TicketField.round, .integer(Int64(round) + 1)))
        }
        return (rule, type, edits)
    }

    private func openSteps(of type: TicketType, _ row: EntityRow) -> String {
        let open = type.transitions(from: row.state.stageName).map(\.name)
        return open.isEmpty ? "Nothing leaves this state." : "From here: \(open.joined(separator: ", "))."
    }

    /// Whether a step may be taken from where the ticket stands.
    func check(
        _ rule: TransitionRule, of type: TicketType, _ fields: [String: Value], _ row: EntityRow
    ) throws {
        guard rule.from.contains(row.state.stageName) || store.domain.mischief.contains(.believesAnyStep) else {
            throw DeskError(
                .wrongState,
                "The ticket is \(row.state.stageName); \(rule.name) leaves \(rule.from.joined(separator: ", ")).",
                remedy: openSteps(of: type, row))
        }
        let missing = missing(rule, fields, row)
        guard missing.isEmpty else {
            throw DeskError(
                .invalid, "Step \(rule.name) needs \(missing.joined(separator: ", ")).",
                remedy: "Send them with the step.",
                problems: missing.map { .init(field: $0, problem: .requiredByStep) })
        }
    }

    /// The fields that a step requires and that are empty beside what is filled in along with it.
    func missing(_ rule: TransitionRule, _ fields: [String: Value], _ row: EntityRow) -> [String] {
        rule.requires.filter { name in
            let value = fields[name] ?? row.state[FieldNumbers.field(name)]
            return value == .null || value == .text("")
        }
    }

    /// Whether what the standard makes a step depend on is so, and what it asks of every change by a person.
    func checkGuards(of edits: [Edit], _ row: EntityRow, _ life: Life) throws {
        let name = edits.lazy.compactMap { edit in
            if case .transition(let transition) = edit { transition.name } else { nil }
        }.first
        let values = TicketValues(state: row.state, edits: edits)
        guard name != nil || values.alters else { return }
        // Without its standard nothing is known to stand in the way; steps and forms have asked for it before.
        guard let (pack, type) = try? type(of: row) else { return }
        let guards = name.flatMap(type.transition)?.guards ?? []
        let check = guardCheck(values, row, pack, type, life)
        let rules = values.alters ? type.work.rules : []
        guard let failure = try check.failure(of: guards + rules, for: name) else { return }
        throw DeskError(.wrongState, failure.reason, remedy: failure.remedy)
    }

    /// The guards of a ticket, asked of whoever acts.
    func guardCheck(
        _ values: TicketValues, _ row: EntityRow, _ pack: StandardPack, _ type: TicketType, _ life: Life
    ) -> GuardCheck {
        GuardCheck(
            store: store, ticket: row.id, values: values, type: type, pack: pack, site: life.site, isHub: life.isHub,
            actor: actor, time: now)
    }
}
