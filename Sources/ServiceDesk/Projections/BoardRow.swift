import Replication
import SQLite
import Standards

/// A ticket as the counters know it.
struct BoardRow: Equatable {
    static let dayMilliseconds: Int64 = 86_400_000

    let home: String
    /// Where it stands, in TM Forum's word; empty while its standard is not here.
    let status: String
    let category: String
    let assignee: String
    /// Days of province time since 1970-01-01.
    let openedDay: Int64
    /// The day on which it came to the end that it is at; nil while it is open.
    let closedDay: Int64?

    init(_ row: EntityRow, _ changes: [Change], _ shelf: PackShelf, zoneMinutes: Int, in store: SiteStore) throws {
        let summary = TicketSummary(row)
        let name = row.state[TicketField.pack].bytesValue.flatMap { EntityID(kind: .standard, bytes: $0) }
        let pack = try name.flatMap { try shelf.pack($0, in: store) }
        let stage = pack?.ticketType(summary.type)?.state(summary.state)
        func day(_ milliseconds: Int64) -> Int64 {
            let local = milliseconds + Int64(zoneMinutes) * 60_000
            return (local - (local % Self.dayMilliseconds + Self.dayMilliseconds) % Self.dayMilliseconds)
                / Self.dayMilliseconds
        }
        home = summary.home
        status = stage?.status.rawValue ?? ""
        category = summary.category ?? ""
        assignee = row.state[TicketField.assignee].textValue ?? ""
        openedDay = day(summary.opened)
        let reached = changes.last { $0.reference == row.state.stage?.by }
        closedDay = stage?.isFinal == true ? day(reached?.stamp.milliseconds ?? summary.updated) : nil
    }

    static func == (one: BoardRow, other: BoardRow) -> Bool {
        one.isCounted(as: other) && one.openedDay == other.openedDay && one.closedDay == other.closedDay
    }

    /// Without the days, which are of the zone that was in force when they were counted.
    func isCounted(as other: BoardRow) -> Bool {
        home.isSpelled(other.home) && status.isSpelled(other.status) && category.isSpelled(other.category)
            && assignee.isSpelled(other.assignee)
    }

    private init(_ row: Row) {
        home = row.text(0)
        status = row.text(1)
        category = row.text(2)
        assignee = row.text(3)
        openedDay = row.int64(4)
        closedDay = row.int64OrNil(5)
    }

    static func stored(_ entity: Int64, in database: Database) throws -> BoardRow? {
        try database.first(
            "SELECT home, status, category, assignee, opened_day, closed_day FROM board WHERE entity = ?", entity,
            map: BoardRow.init)
    }

    /// Puts the row in, and counts what it changes.
    func lay(_ entity: Int64, in database: Database) throws {
        let old = try Self.stored(entity, in: database)
        guard old != self else { return }
        try old?.count(by: -1, in: database)
        try database.run(
            "INSERT OR REPLACE INTO board VALUES (?, ?, ?, ?, ?, ?, ?)", entity, home, status, category, assignee,
            openedDay, closedDay)
        try count(by: 1, in: database)
    }

    static func remove(_ entity: Int64, in database: Database) throws {
        guard let old = try stored(entity, in: database) else { return }
        try old.count(by: -1, in: database)
        try database.run("DELETE FROM board WHERE entity = ?", entity)
    }

    private func count(by number: Int64, in database: Database) throws {
        try database.run(
            """
            INSERT INTO board_status VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tickets = tickets + excluded.tickets
            """, home, status, number)
        try database.run(Self.countDay, openedDay, home, number, 0)
        if let closedDay { try database.run(Self.countDay, closedDay, home, 0, number) }
        try database.run(
            """
            INSERT INTO board_category VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET opened = opened + excluded.opened
            """, openedDay, category, number)
    }

    private static let countDay: SQL = """
        INSERT INTO board_day VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET opened = opened + excluded.opened, closed = closed + excluded.closed
        """
}
