import Replication
import SQLite
import ServiceDesk
import Standards

/// Turns changes of tickets into events, in the transaction that brings them: a node that is killed has committed both
/// or neither. Nothing is recorded while nobody is subscribed.
struct EventRecorder {
    let store: SiteStore
    let shelf: PackShelf
    /// Events that one subscription may be behind; it is ended when it is further.
    let behindMax: Int64

    private var database: Database { store.database }

    /// From when on changes count, for a first subscription. What waits to be judged lies in the log already, and will
    /// count when it has been.
    static func begin(in database: Database) throws {
        guard try database.first("SELECT 1 FROM subscription_basis", map: { _ in true }) == nil else { return }
        try database.run("INSERT INTO subscription_basis SELECT 1, coalesce(max(position), 0) FROM log")
        try database.run(
            """
            INSERT INTO subscription_seen SELECT number, version, NULL FROM entity
            WHERE number IN (SELECT entity FROM waiting)
            """)
    }

    /// After a subscription has ended: without any, nothing is kept.
    static func endIfNobodyIsLeft(in database: Database) throws {
        guard try database.first("SELECT 1 FROM subscription", map: { _ in true }) == nil else { return }
        for table: SQL in ["subscription_basis", "subscription_event", "subscription_seen"] {
            try database.run("DELETE FROM " + table)
        }
    }

    /// The number of the newest event; 0 before the first.
    static func newest(in database: Database) throws -> Int64 {
        try database.first(
            """
            SELECT max(coalesce((SELECT max(number) FROM subscription_event), 0),
                coalesce((SELECT max(next) FROM subscription), 0))
            """
        ) { $0.int64(0) } ?? 0
    }

    func record(_ tickets: [Int64]) throws {
        guard let basis = try database.first("SELECT position FROM subscription_basis", map: { $0.int64(0) }) else {
            return
        }
        for ticket in tickets { try record(ticket, after: basis) }
        let end = try Self.newest(in: database) - behindMax
        if end > 0, try database.run("DELETE FROM subscription WHERE next < ?", end) > 0 {
            try Self.endIfNobodyIsLeft(in: database)
        }
    }

    private func record(_ ticket: Int64, after basis: Int64) throws {
        let row = try store.row(number: ticket)
        // A higher version is another ticket's, whose copy was erased and its number given out again.
        let seen = try database.first(
            "SELECT version, status FROM subscription_seen WHERE entity = ? AND version <= ?", ticket, row.version
        ) { (version: $0.uint64(0), status: $0.textOrNil(1)) }
        let type = try type(of: row)
        let status = type?.state(row.state.stageName)?.status
        if row.state.exists, !row.isWithdrawn, seen?.version != row.version {
            let entries = try store.entries(of: ticket)
            let fresh = Set(
                entries.filter { entry in seen.map { entry.version > $0.version } ?? (entry.position > basis) }
                    .map(\.change.reference))
            for entry in Timeline(of: entries.map(\.change)).entries where fresh.contains(entry.change.reference) {
                let cause = "change \(entry.change.reference)"
                for one in EventType.types(of: entry.effects, type: type) { try add(one, cause, ticket) }
            }
            // Something has been taken back: refused by the province, or given another place.
            if fresh.isEmpty, let seen {
                let isMoved = seen.status != nil && seen.status != status?.rawValue
                let types = isMoved ? EventType.ofStatus(status) : [.attributeValueChange]
                for one in types { try add(one, "version \(row.version)", ticket) }
            }
        }
        try database.run(
            "INSERT OR REPLACE INTO subscription_seen VALUES (?, ?, ?)", ticket, row.version, status?.rawValue)
    }

    private func type(of row: EntityRow) throws -> TicketType? {
        let name = row.state[TicketField.pack].bytesValue.flatMap { EntityID(kind: .standard, bytes: $0) }
        let pack = try name.flatMap { try shelf.pack($0, in: store) }
        return row.state[TicketField.type].textValue.flatMap { pack?.ticketType($0) }
    }

    private func add(_ type: EventType, _ cause: String, _ ticket: Int64) throws {
        try database.run(
            "INSERT OR IGNORE INTO subscription_event VALUES (?, ?, ?, ?)", try Self.newest(in: database) + 1, ticket,
            cause, type.rawValue)
    }
}
