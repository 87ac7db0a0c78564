import Replication
import SQLite

extension DeskDomain {
    public func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        switch row.id.kind {
        case .ticket: try projectTicket(row, isVisible: isVisible, in: database)
        case .standard where isVisible:
            try database.run(
                "INSERT OR REPLACE INTO standard VALUES (?, ?, ?, ?)", row.number,
                row.state[StandardField.version].textValue ?? "", row.state.last?.stamp.milliseconds ?? 0,
                row.state[StandardField.effective].integerValue ?? 0)
        default: break
        }
    }

    private func projectTicket(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        guard isVisible else {
            try database.run("DELETE FROM ticket WHERE entity = ?", row.number)
            try database.run("DELETE FROM request WHERE entity = ?", row.number)
            return
        }
        let summary = TicketSummary(row)
        try database.run(
            """
            INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (entity) DO UPDATE SET number = excluded.number, type = excluded.type, state = excluded.state,
                home = excluded.home, transfer_to = excluded.transfer_to, category = excluded.category,
                source = excluded.source, customer = excluded.customer, subject = excluded.subject,
                opened = excluded.opened, updated = excluded.updated, conflicts = excluded.conflicts
            """,
            row.number, summary.number, summary.type, summary.state, summary.home, summary.transferTo,
            summary.category, summary.source, summary.customer?.bytes, summary.subject, summary.opened,
            summary.updated, Int64(summary.conflicts))
        // A request that was refused admission is no longer in the state.
        try database.run("DELETE FROM request WHERE entity = ?", row.number)
        for requested in row.state.requests {
            try database.run(
                "INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?)", requested.by.origin.raw, requested.by.sequence,
                row.number, row.state.answer(to: requested.by).map { Int64($0.outcome.rawValue) })
        }
    }
}
