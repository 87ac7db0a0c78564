import Replication
import SQLite

/// Checks a site's database whole: replication's part and the desk's own tables.
public enum DeskVerification {
    /// To be called inside a transaction.
    /// - Parameter site: whose view the digest is of.
    public static func run(_ store: SiteStore, for site: SiteID) throws -> Verification {
        var visible = 0
        var requests = 0
        var conflicts = 0
        var circuits = 0
        var announcements = 0
        var articles = 0
        var contributions = 0
        var verification = try store.verify(for: site) { row in
            if row.id.kind == .ticket && row.state.exists && !row.isWithdrawn {
                visible += 1
                requests += row.state.requests.count
                conflicts += row.state.conflicts.count
            }
            if row.id.kind == .circuit, row.state.exists, !row.isWithdrawn, CircuitRow(row) != nil { circuits += 1 }
            if row.id.kind == .announcement, row.state.exists, !row.isWithdrawn { announcements += 1 }
            if row.id.kind == .article, row.state.exists, !row.isWithdrawn { articles += 1 }
            if row.id.kind == .contribution, row.state.exists, !row.isWithdrawn { contributions += 1 }
            return try store.projectionProblems(of: row)
        }
        let tickets = try count("SELECT count(*) FROM ticket", in: store.database)
        if tickets != visible {
            verification.report("The list of tickets has \(tickets) rows; the log makes it \(visible).")
        }
        let listed = try count("SELECT count(*) FROM request", in: store.database)
        if listed != requests {
            verification.report("The list of requests has \(listed) rows; the log makes it \(requests).")
        }
        let kept = try count("SELECT count(*) FROM conflict", in: store.database)
        if kept != conflicts {
            verification.report("The list of conflicts has \(kept) rows; the log makes it \(conflicts).")
        }
        for table in ["due", "due_stale"] as [SQL] {
            let lost = try count(
                "SELECT count(*) FROM " + table + " WHERE entity NOT IN (SELECT entity FROM ticket)", in: store.database
            )
            if lost > 0 { verification.report("\(lost) due times are kept of tickets that are not listed.") }
        }
        for table in ["board", "search_text", "attention"] as [SQL] {
            let lost = try count(
                "SELECT count(*) FROM " + table + " WHERE entity NOT IN (SELECT entity FROM ticket)", in: store.database
            )
            if lost > 0 { verification.report("\(lost) tickets are found or counted that are not listed.") }
        }
        if try !DeskIndex.areCountersRight(in: store.database) {
            verification.report("The figures of the board are not the sums of what they count.")
        }
        let found = try count("SELECT count(*) FROM circuit", in: store.database)
        if found != circuits {
            verification.report("The list of circuits has \(found) rows; the log makes it \(circuits).")
        }
        let announced = try count("SELECT count(*) FROM announcement", in: store.database)
        if announced != announcements {
            verification.report("The list of announcements has \(announced) rows; the log makes it \(announcements).")
        }
        let known = try count("SELECT count(*) FROM article", in: store.database)
        if known != articles {
            verification.report("The list of articles has \(known) rows; the log makes it \(articles).")
        }
        let said = try count("SELECT count(*) FROM contribution", in: store.database)
        if said != contributions {
            verification.report("The list of contributions has \(said) rows; the log makes it \(contributions).")
        }
        return verification
    }

    private static func count(_ sql: SQL, in database: Database) throws -> Int {
        try database.first(sql) { $0.int(0) } ?? 0
    }
}

extension SiteStore {
    /// What is wrong with the desk's tables about one entity, if its row is as given.
    public func projectionProblems(of row: EntityRow) throws -> [String] {
        if row.id.kind == .staff, row.state.exists, !row.isWithdrawn {
            return try Roster.problems(of: row, in: database)
        }
        if row.id.kind == .allowance { return try AllowanceBook.problems(of: row, in: database) }
        guard row.state.exists, !row.isWithdrawn else { return [] }
        if row.id.kind == .circuit, try CircuitRow.stored(row.number, in: database) != CircuitRow(row) {
            return ["Circuit \(row.id.text) is listed otherwise than its changes say."]
        }
        if row.id.kind == .announcement, try AnnouncementRow.stored(row.number, in: database) != AnnouncementRow(row) {
            return ["Announcement \(row.id.text) is listed otherwise than its changes say."]
        }
        if row.id.kind == .article, try ArticleRow.stored(row.number, in: database) != ArticleRow(row) {
            return ["Article \(row.id.text) is listed otherwise than its changes say."]
        }
        if row.id.kind == .contribution, try ContributionRow.stored(row.number, in: database) != ContributionRow(row) {
            return ["Contribution \(row.id.text) is listed otherwise than its changes say."]
        }
        guard row.id.kind == .ticket else { return [] }
        var problems: [String] = []
        if try TicketSummary.stored(row, in: database) != TicketSummary(row) {
            problems.append("Ticket \(row.id.text) is listed otherwise than its changes say.")
        }
        let parent = try database.first("SELECT parent FROM child WHERE entity = ?", row.number) { $0.blob(0) }
        if parent != row.state[TicketField.parent].bytesValue {
            problems.append("The parent of ticket \(row.id.text) is listed otherwise than its changes say.")
        }
        if try ConflictRow.stored(row.number, in: database) != row.state.conflicts.map(ConflictRow.init) {
            problems.append("The conflicts of ticket \(row.id.text) are listed otherwise than its changes say.")
        }
        if try AttentionRow.stored(row.number, in: database) != AttentionRow(row.state) {
            problems.append("Ticket \(row.id.text) calls for the province otherwise than its changes say.")
        }
        if let desk = domain as? DeskDomain, try DueBook.isWrong(about: row, in: self, shelf: desk.shelf) {
            problems.append("Ticket \(row.id.text) is listed as due otherwise than its changes say.")
        }
        if let desk = domain as? DeskDomain { problems += try DeskIndex.problems(of: row, desk.shelf, in: self) }
        for requested in row.state.requests {
            let outcome = try database.first(
                "SELECT outcome FROM request WHERE origin = ? AND sequence = ? AND entity = ?",
                requested.by.origin.raw, requested.by.sequence, row.number
            ) { $0.int64OrNil(0) }
            let answer = row.state.answer(to: requested.by).map { Int64($0.outcome.rawValue) }
            if outcome != .some(answer) {
                problems.append("Request \(requested.by) is listed otherwise than its changes say.")
            }
        }
        return problems
    }
}
