import Replication

extension Desk {
    /// Carries out a revision, whole or not at all.
    /// - Parameter shown: the row version that the other system was shown.
    public func revise(
        _ revision: TicketRevision, of ticket: String, shown: RowVersion?, key: IdempotencyKey?,
        in session: inout Session
    ) throws -> WriteOutcome {
        // Before anything is checked, as for a person's action.
        if let key, let replay = try session.replay(of: key) {
            let names = [replay.row.id.text, replay.row.state.creation?.label.lowercased()]
            guard names.contains(ticket.lowercased()) else { throw Self.keyReused }
            return .written(replay)
        }
        guard !revision.isEmpty else {
            throw DeskError(.invalid, "Nothing is revised.", remedy: "Name at least one thing.")
        }
        let row = try self.ticket(ticket)
        let onlyAdds = revision.step == nil && revision.fields.isEmpty && revision.sourceColumns == nil
        try checkHolder(onlyAdds ? .note(Note(text: "")) : .assign(revision.fields), row, session.life)
        var draft = Draft(entity: row.id, edits: [], actor: actor, key: key, shown: shown)
        let step = try revision.step.map { try self.step($0, revision.fields, row) }
        if let step {
            draft.edits = step.edits
        } else if !revision.fields.isEmpty {
            draft.edits = try edits(.assign(revision.fields), row, session.life)
        }
        for note in revision.notes { draft.edits += try edits(.note(note), row, session.life) }
        for file in revision.files { draft.edits += try edits(.attach(file), row, session.life) }
        if let columns = revision.sourceColumns {
            try check(columns: columns)
            draft.edits.append(.assign(TicketField.sourceColumns, .text(columns)))
        }
        // Who looked too long ago is told of that, and not that the step cannot be taken from where others went.
        if let stale = try session.changedSince(draft) { return .changedSince(stale) }
        if let step {
            try check(step.rule, of: step.type, revision.fields, row)
            try checkRole(step.rule.roles, at: session.life.site)
        }
        try checkGuards(of: draft.edits, row, session.life)
        return try session.write(draft, at: now)
    }

    private func check(columns: String) throws {
        guard columns.utf8.count <= DeskLimits.sourceColumnsBytes, !columns.utf8.contains(0) else {
            throw DeskError(
                .invalid,
                "What is kept beside a ticket's fields has more than \(DeskLimits.sourceColumnsBytes) bytes, or a NUL.",
                remedy: "Say less, or attach a file.")
        }
    }
}
