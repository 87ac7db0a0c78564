import Replication
import SQLite

/// An announcement as the desk's table has it: enough to find those that hold, and those about a ticket.
struct AnnouncementRow: Equatable {
    /// No announcement was known before there was this table.
    static let table: SQL = """
        CREATE TABLE announcement (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            starts INTEGER NOT NULL,
            until INTEGER NOT NULL,
            ticket BLOB,
            is_withdrawn INTEGER NOT NULL);
        CREATE INDEX announcement_until ON announcement (until) WHERE is_withdrawn = 0;
        CREATE INDEX announcement_ticket ON announcement (ticket) WHERE ticket IS NOT NULL;
        """

    let starts: Int64
    let until: Int64
    let ticket: [UInt8]?
    let isWithdrawn: Bool

    init(_ row: EntityRow) {
        starts = row.state[AnnouncementField.from].integerValue ?? 0
        until = row.state[AnnouncementField.until].integerValue ?? 0
        ticket = row.state[AnnouncementField.ticket].bytesValue
        isWithdrawn = row.state[AnnouncementField.withdrawnAt] != .null
    }

    private init(_ row: Row) {
        starts = row.int64(0)
        until = row.int64(1)
        ticket = row.blobOrNil(2)
        isWithdrawn = row.bool(3)
    }

    static func stored(_ entity: Int64, in database: Database) throws -> AnnouncementRow? {
        try database.first(
            "SELECT starts, until, ticket, is_withdrawn FROM announcement WHERE entity = ?", entity, map: Self.init)
    }

    static func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        guard isVisible else {
            try database.run("DELETE FROM announcement WHERE entity = ?", row.number)
            return
        }
        let announcement = AnnouncementRow(row)
        try database.run("INSERT OR REPLACE INTO announcement VALUES (?, ?, ?, ?, ?)") { parameters in
            parameters.add(row.number)
            parameters.add(announcement.starts)
            parameters.add(announcement.until)
            parameters.add(announcement.ticket)
            parameters.add(announcement.isWithdrawn)
        }
    }
}
