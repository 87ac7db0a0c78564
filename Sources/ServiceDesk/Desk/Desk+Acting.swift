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
        // Before anything is checked: a step that was taken cannot be taken from where it has led.
        if let key, let replay = try session.replay(of: key) { return .written(replay) }
        let row = try self.ticket(ticket)
        let edits = try edits(action, row, session.life)
        return try session.write(Draft(entity: row.id, edits: edits, actor: actor, key: key, shown: shown), at: now)
    }

    private func edits(_ action: TicketAction, _ row: EntityRow, _ life: Life) throws -> [Edit] {
        switch action {
        case .transition(let name, let fields): return try transition(name, fields, row)
        case .assign(let fields): return try assignments(fields, row)
        case .note(let note):
            guard !note.text.isEmpty, note.text.unicodeScalars.count <= Form.textLengthMax else {
                throw DeskError(
                    .invalid, "A note has 1 to \(Form.textLengthMax) characters.",
                    remedy: "Shorten it, or attach a file.")
            }
            return [.note(note)]
        case .offerTransfer(let site): return [try offer(site, row, life)]
        case .acceptTransfer: return try acceptance(row, life)
        case .declineTransfer: return [try decline(row, life)]
        case .requestRefund(let charge, let amount, let reason):
            return [.request(try refund(OnceRequest(purpose: "refund", key: charge, amount: amount, reason: reason), row))]
        case .settle(let losing): return [try settlement(losing, row)]
        case .reinstate(let losing): return try reinstatement(losing, row)
        }
    }

    private func assignments(_ fields: [String: Value], _ row: EntityRow) throws -> [Edit] {
        guard !fields.isEmpty else {
            throw DeskError(.invalid, "Nothing is assigned.", remedy: "Name at least one field.")
        }
        let (pack, type) = try type(of: row)
        return try Form(pack: pack, type: type).check(fields, for: .editing).map { .assign($0.0, $0.1) }
    }

    private func transition(_ name: String, _ fields: [String: Value], _ row: EntityRow) throws -> [Edit] {
        let (pack, type) = try type(of: row)
        guard let rule = type.transition(name) else {
            let hint = NearestWord.nearest(to: name, among: type.transitions.map(\.name))
            throw DeskError(
                .invalid, "\(type.id) has no step \(name).",
                remedy: hint.map { "Did you mean \($0)?" }
                    ?? "From here: \(type.transitions(from: row.state.stageName).map(\.name).joined(separator: ", ")).")
        }
        guard rule.from.contains(row.state.stageName) else {
            let open = type.transitions(from: row.state.stageName).map(\.name).joined(separator: ", ")
            throw DeskError(
                .wrongState,
                "The ticket is \(row.state.stageName); \(name) leaves \(rule.from.joined(separator: ", ")).",
                remedy: open.isEmpty ? "Nothing leaves this state." : "From here: \(open).")
        }
        let form = try Form(pack: pack, type: type).check(fields, for: .editing)
        let missing = rule.requires.filter { name in
            let value = fields[name] ?? row.state[FieldNumbers.field(name)]
            return value == .null || value == .text("")
        }
        guard missing.isEmpty else {
            throw DeskError(
                .invalid, "Step \(name) needs \(missing.joined(separator: ", ")).", remedy: "Send them with the step.",
                problems: missing.map { .init(field: $0, problem: "is required by this step") })
        }
        return [.transition(Transition(name: rule.name, from: rule.from, to: rule.to))]
            + form.map { .assign($0.0, $0.1) }
    }

    private func settlement(_ losing: ChangeReference, _ row: EntityRow) throws -> Edit {
        guard row.state.conflicts.contains(where: { $0.losing == losing && $0.settledBy == nil }) else {
            throw DeskError(
                .notFound, "The ticket has no open conflict that \(losing) lost.",
                remedy: "List them: GET /api/conflicts.")
        }
        return .settle(Settlement(losing: losing))
    }

    /// What a change lost in a conflict, or all of it if it was refused.
    private func reinstatement(_ losing: ChangeReference, _ row: EntityRow) throws -> [Edit] {
        if let refused = try store.refusals(of: row.number).first(where: { $0.entry.change.reference == losing }) {
            return refused.entry.change.edits.filter { edit in
                switch edit {
                case .create, .settle, .unknown: false
                default: true
                }
            }
        }
        let lost = row.state.conflicts.filter { $0.losing == losing && $0.settledBy == nil }
        guard !lost.isEmpty, let entry = try store.entry(of: losing) else {
            throw DeskError(
                .notFound, "Change \(losing) has lost nothing on this ticket.",
                remedy: "List conflicts: GET /api/conflicts.")
        }
        var edits: [Edit] = []
        for conflict in lost {
            switch conflict.subject {
            case .field(let field): edits.append(.assign(field, conflict.losingValue))
            case .stage:
                if let transition = entry.change.transition, transition.from.contains(row.state.stageName) {
                    edits.append(.transition(transition))
                } else {
                    let stage = row.state.stageName
                    throw DeskError(
                        .wrongState, "The step that was overtaken cannot be taken from \(stage) either.",
                        remedy: "Move the ticket to where it can, or settle the conflict.")
                }
            }
        }
        return edits + [.settle(Settlement(losing: losing))]
    }
}
