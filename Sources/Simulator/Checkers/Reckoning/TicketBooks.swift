import Replication
import SQLite

/// What sites have in their logs about each ticket and what they show of it, read at one moment with the checkers' own
/// eyes. Several checkers look at the same pages.
final class TicketBooks {
    /// A change as a log holds it.
    struct Line {
        let key: Journal.Key
        let stamp: UInt64
        let isRefused: Bool
        let isWaiting: Bool
        /// What its author did; nil where nobody did: the hub's own answers.
        let deed: Deed?
        /// Into which database it was written, where any has another's past.
        let written: Descent.Place?
        /// Under which numbers it is known.
        let names: [Journal.Key]

        var hasEffect: Bool { !isRefused && !isWaiting }
    }

    /// A ticket as the site shows it.
    struct Shown {
        let type: String
        let state: String
        let home: String
        let transferTo: String?
        let category: String?
        let subject: String
        let openConflicts: Int64
        let assignee: Value
        let escalation: Value
        let conflicts: [Conflict]
    }

    struct Page {
        /// In hexadecimal.
        let ticket: String
        /// In the order (stamp, origin).
        let lines: [Line]
        /// Nil for a copy that is hidden.
        let shown: Shown?
        /// Whether a change is there that no branch's people have made: what it does cannot be reckoned.
        let hasStranger: Bool
    }

    private var read: [Int: [Page]] = [:]
    private var readAt: UInt64?

    /// - Returns: nil where nothing can be read.
    func pages(at site: SimulatedSite, in world: World) -> [Page]? {
        if readAt != world.kernel.digest.events { read = [:] }
        readAt = world.kernel.digest.events
        if let known = read[site.number] { return known }
        guard let process = site.process, let pages = try? process.read({ try pages(in: $0, world.journal) }) else {
            return nil
        }
        read[site.number] = pages
        return pages
    }

    private func pages(in store: SiteStore, _ journal: Journal) throws -> [Page] {
        var lines: [Int64: [Line]] = [:]
        try store.database.forEach(
            """
            SELECT log.entity, origin.id, log.sequence, log.stamp, log.condition, log.body, entity.id
            FROM log JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
            WHERE entity.kind = 16 AND log.sequence > 0
            """
        ) { row in
            let key = Journal.Key(origin: row.uint64(1), sequence: row.uint64(2))
            let (ticket, body) = (row.blob(6), row.blob(5))
            let deed = journal.deed(key, kind: 16, entity: ticket, body: body)
            let isSplit = journal.descent.isSplit
            lines[row.int64(0), default: []].append(
                Line(
                    key: key, stamp: row.uint64(3), isRefused: row.int64(4) == 3, isWaiting: row.int64(4) == 2,
                    deed: deed,
                    written: isSplit ? journal.written(key, kind: 16, entity: ticket, body: body) : nil,
                    names: isSplit ? journal.names(of: key, kind: 16, entity: ticket, body: body) : [key]))
            return true
        }
        let names = try store.database.all("SELECT number, lower(hex(id)) FROM entity WHERE kind = 16") {
            ($0.int64(0), $0.text(1))
        }
        let shown = try shown(in: store)
        return names.sorted { $0.1 < $1.1 }.map { number, name in
            let sorted = (lines[number] ?? []).sorted { ($0.stamp, $0.key.origin) < ($1.stamp, $1.key.origin) }
            return Page(
                ticket: name, lines: sorted, shown: shown[number],
                hasStranger: sorted.contains { $0.deed == nil && journal.homes[$0.key.origin] ?? 0 > 0 })
        }
    }

    private func shown(in store: SiteStore) throws -> [Int64: Shown] {
        var shown: [Int64: Shown] = [:]
        let rows = try store.database.all(
            "SELECT entity, type, state, home, transfer_to, category, subject, conflicts FROM ticket ORDER BY entity"
        ) { row in
            (
                number: row.int64(0), type: row.text(1), state: row.text(2), home: row.text(3),
                transferTo: row.textOrNil(4), category: row.textOrNil(5), subject: row.text(6), open: row.int64(7)
            )
        }
        for row in rows {
            let state = try store.row(number: row.number).state
            shown[row.number] = Shown(
                type: row.type, state: row.state, home: row.home, transferTo: row.transferTo, category: row.category,
                subject: row.subject, openConflicts: row.open, assignee: state[Field(rawValue: 8)],
                escalation: state[Field(rawValue: 20)],
                conflicts: state.conflicts)
        }
        return shown
    }
}
