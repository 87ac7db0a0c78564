import Replication

/// The changes of one ticket that have effect, in the order in which they fold, each with the ticket after it.
struct TimelineRows {
    private let row: EntityRow
    private var changes: ArraySlice<Change>
    private var state = EntityState()
    private var version: Int64 = 0

    init(of row: EntityRow, entries: [LogEntry]) {
        self.row = row
        changes = entries.map(\.change).sorted { $0.position < $1.position }[...]
    }

    mutating func next(_ export: inout Export) throws -> [ExportValue]? {
        guard let change = changes.popFirst() else { return nil }
        var effects: [Fold.Effect] = []
        Fold.apply(change, to: &state) { effects.append($0) }
        version += 1
        let words = ChangeWords(form: try export.form(of: state).words)
        let notes = effects.compactMap { effect in if case .noted(let note) = effect { note } else { nil } }
        let isPublic = notes.contains { $0.visibility == .public }
        let ofChange: [ExportValue] = [
            .integer(version), .time(change.stamp.milliseconds), .text(change.actor),
            .text(try export.site(of: change.origin)), .text(change.reference.description),
            ExportValue(row.state[TicketField.home]), .text(words.text(effects)),
            notes.isEmpty ? .none : .text(notes.map(\.text).joined(separator: "\n")),
            notes.isEmpty ? .none : .text(isPublic ? "public" : "internal"),
        ]
        let identity: [ExportValue] = [.text(row.id.text), ExportValue(row.state.creation?.label)]
        return identity + ofChange + (try export.ticket(row, as: state, columns: [.id, .number]))
    }
}
