import Replication
import SQLite

extension DeskDomain {
    public func problems(of row: EntityRow, in database: Database) throws -> [String] {
        try SiteStore(database, domain: self).projectionProblems(of: row)
    }

    public func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        switch row.id.kind {
        case .ticket: try projectTicket(row, isVisible: isVisible, in: database)
        case .staff:
            try Roster.project(row, isVisible: isVisible, in: SiteStore(database, domain: self))
        case .allowance: try AllowanceBook.project(row, isVisible: isVisible, in: database)
        case .circuit: try CircuitRow.project(row, isVisible: isVisible, in: database)
        case .announcement: try AnnouncementRow.project(row, isVisible: isVisible, in: database)
        case .article: try ArticleRow.project(row, isVisible: isVisible, in: database)
        case .contribution: try ContributionRow.project(row, isVisible: isVisible, in: database)
        case .standard where isVisible:
            try database.run(
                "INSERT OR REPLACE INTO standard VALUES (?, ?, ?, ?)", row.number,
                row.state[StandardField.version].textValue ?? "", row.state.last?.stamp.milliseconds ?? 0,
                row.state[StandardField.effective].integerValue ?? 0)
            PackShelf.forgetTenure(in: SiteStore(database, domain: self))
            try DueMark.all(in: database)
        case .overlay: try DueMark.all(in: database)
        case .customer:
            if DueMark.concerns(customer: row) { try DueMark.tickets(of: row.id, in: database) }
            if row.grownBy == nil || !isVisible { try IndexMark.tickets(of: row.id, in: database) }
        default: break
        }
    }

    private func projectTicket(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        guard isVisible else {
            try database.run("DELETE FROM ticket WHERE entity = ?", row.number)
            try database.run("DELETE FROM request WHERE entity = ?", row.number)
            try database.run("DELETE FROM child WHERE entity = ?", row.number)
            try ConflictRow.remove(row.number, in: database)
            try AttentionRow.remove(row.number, in: database)
            try DueMark.remove(row.number, in: database)
            try DeskIndex.forget(row.number, in: database)
            return
        }
        if row.grownBy == nil { try IndexMark.ticket(row.number, in: database) }
        let store = SiteStore(database, domain: self)
        if DueMark.concerns(ticket: row, shelf, in: store) { try DueMark.ticket(row.number, in: database) }
        try AttentionRow.project(row, in: database)
        if let change = row.grownBy, !Self.shows(change, in: row.state) { return }
        try lay(TicketSummary(row), of: row, in: database)
        try ConflictRow.project(row, in: database)
        if let parent = row.state[TicketField.parent].bytesValue {
            try database.run("INSERT OR REPLACE INTO child VALUES (?, ?)", row.number, parent)
        }
        // A request that was refused admission is no longer in the state.
        if row.grownBy == nil { try database.run("DELETE FROM request WHERE entity = ?", row.number) }
        for requested in row.state.requests {
            try database.run(
                "INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?)", requested.by.origin.raw, requested.by.sequence,
                row.number, row.state.answer(to: requested.by).map { Int64($0.outcome.rawValue) })
        }
    }

    /// Whether a change shows in the list of tickets or of requests.
    private static func shows(_ change: Change, in state: EntityState) -> Bool {
        if state.conflicts.last?.winning == change.reference { return true }
        // Without a time of its own a ticket is listed under that of its last change.
        if state[TicketField.openedAt].integerValue == nil { return true }
        return change.edits.contains { edit in
            switch edit {
            case .create, .transition, .request, .answer, .settle: true
            case .assign(let field, _): TicketSummary.fields.contains(field)
            case .add, .remove, .count, .vote, .grant, .revoke, .note, .attach, .seal, .unknown: false
            }
        }
    }

    private func lay(_ summary: TicketSummary, of row: EntityRow, in database: Database) throws {
        if row.version > 1 {
            if try update(summary, of: row, in: database) { return }
            try database.run("DELETE FROM ticket WHERE entity = ?", row.number)
        }
        // A plain INSERT is undone by itself when it fails; one that may replace needs a journal of its own each time.
        try database.run("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") { parameters in
            parameters.add(row.number)
            parameters.add(summary.number)
            parameters.add(summary.type)
            parameters.add(summary.state)
            parameters.add(summary.home)
            parameters.add(summary.transferTo)
            parameters.add(summary.category)
            parameters.add(summary.source)
            parameters.add(summary.customer?.bytes)
            parameters.add(summary.subject)
            parameters.add(summary.opened)
            parameters.add(Int64(summary.conflicts))
        }
    }

    /// Most changes leave alone what the indexes are of: then none of them need be written.
    /// - Returns: whether it is so, and the ticket is there.
    private func update(_ summary: TicketSummary, of row: EntityRow, in database: Database) throws -> Bool {
        try database.run(
            """
            UPDATE ticket SET type = ?, state = ?, category = ?, source = ?, subject = ?, conflicts = ?
            WHERE entity = ? AND number = ? AND home = ? AND transfer_to IS ? AND customer IS ? AND opened = ?
            """
        ) { parameters in
            parameters.add(summary.type)
            parameters.add(summary.state)
            parameters.add(summary.category)
            parameters.add(summary.source)
            parameters.add(summary.subject)
            parameters.add(Int64(summary.conflicts))
            parameters.add(row.number)
            parameters.add(summary.number)
            parameters.add(summary.home)
            parameters.add(summary.transferTo)
            parameters.add(summary.customer?.bytes)
            parameters.add(summary.opened)
        } > 0
    }
}
