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
        try lay(TicketSummary(row), of: row, in: database)
        // A request that was refused admission is no longer in the state.
        if !row.hasOnlyGrown { try database.run("DELETE FROM request WHERE entity = ?", row.number) }
        for requested in row.state.requests {
            try database.run(
                "INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?)", requested.by.origin.raw, requested.by.sequence,
                row.number, row.state.answer(to: requested.by).map { Int64($0.outcome.rawValue) })
        }
    }

    private func lay(_ summary: TicketSummary, of row: EntityRow, in database: Database) throws {
        // Most changes leave alone what the indexes are of: then none of them need be written.
        let updated =
            try row.version == 1
            ? 0
            : database.run(
                """
                UPDATE ticket SET type = ?, state = ?, transfer_to = ?, category = ?, source = ?, subject = ?,
                    updated = ?, conflicts = ?
                WHERE entity = ? AND number = ? AND home = ? AND customer IS ? AND opened = ?
                """,
                summary.type, summary.state, summary.transferTo, summary.category, summary.source, summary.subject,
                summary.updated, Int64(summary.conflicts), row.number, summary.number, summary.home,
                summary.customer?.bytes, summary.opened)
        if updated > 0 { return }
        // A plain INSERT is undone by itself when it fails; one that may replace needs a journal of its own each time.
        if row.version > 1 { try database.run("DELETE FROM ticket WHERE entity = ?", row.number) }
        try database.run(
            "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.number,
            summary.number, summary.type, summary.state, summary.home, summary.transferTo, summary.category,
            summary.source, summary.customer?.bytes, summary.subject, summary.opened, summary.updated,
            Int64(summary.conflicts))
    }
}
