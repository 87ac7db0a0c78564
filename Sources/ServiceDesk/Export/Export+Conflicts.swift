import Replication

extension Export {
    /// A row for each conflict of a ticket.
    mutating func conflicts(of row: EntityRow) throws -> [[ExportValue]] {
        let words = try form(of: row.state).words
        var rows: [[ExportValue]] = []
        for conflict in row.state.conflicts where !query.onlyOpen || conflict.settledBy == nil {
            var values: [ExportValue] = [.text(row.id.text), ExportValue(row.state.creation?.label)]
            var field: Field?
            switch conflict.subject {
            case .field(let named):
                values += [.text("field"), .text(words.name(named))]
                field = named
            case .stage: values += [.text("stage"), .none]
            }
            values.append(.text(conflict.rule == .laterWins ? "laterWins" : "overtaken"))
            for (value, change) in [
                (conflict.losingValue, conflict.losing), (conflict.winningValue, conflict.winning),
            ] {
                values.append(field.map { words.value(value, of: $0) } ?? ExportValue(value))
                values += try author(of: change)
            }
            values.append(.flag(conflict.settledBy != nil))
            values += try conflict.settledBy.map { try author(of: $0) } ?? [.none, .none, .none, .none]
            rows.append(values)
        }
        return rows
    }

    /// The change, who made it, where and when.
    mutating func author(of reference: ChangeReference) throws -> [ExportValue] {
        let change = try store.entry(of: reference)?.change
        return [
            .text(reference.description), ExportValue(change?.actor), .text(try site(of: reference.origin)),
            change.map { .time($0.stamp.milliseconds) } ?? .none,
        ]
    }
}
