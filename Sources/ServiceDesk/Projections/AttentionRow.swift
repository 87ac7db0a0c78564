import Replication
import SQLite

/// What of a ticket calls for the province. Few tickets have any of it, and only those have a row.
struct AttentionRow: Equatable {
    let isSupervised: Bool
    let isEscalated: Bool
    let isTaken: Bool

    /// - Returns: nil for a ticket that calls for nobody.
    init?(_ state: EntityState) {
        isSupervised = state[TicketField.isSupervised] == .bool(true)
        isEscalated = state[TicketField.escalation] != .null
        isTaken = state[TicketField.heldBy] != .null
        guard isSupervised || isEscalated || isTaken else { return nil }
    }

    private init(_ row: Row) {
        isSupervised = row.bool(0)
        isEscalated = row.bool(1)
        isTaken = row.bool(2)
    }

    static func stored(_ entity: Int64, in database: Database) throws -> AttentionRow? {
        try database.first(
            "SELECT is_supervised, is_escalated, is_taken FROM attention WHERE entity = ?", entity, map: Self.init)
    }

    /// After a change, or after a fold from the log. Most changes have nothing to do with it.
    static func project(_ row: EntityRow, in database: Database) throws {
        if let change = row.grownBy, change.creation == nil, !fields.contains(where: { change.assigned($0) != nil }) {
            return
        }
        guard let attention = AttentionRow(row.state) else { return try remove(row.number, in: database) }
        try database.run("INSERT OR REPLACE INTO attention VALUES (?, ?, ?, ?)") { parameters in
            parameters.add(row.number)
            parameters.add(attention.isSupervised)
            parameters.add(attention.isEscalated)
            parameters.add(attention.isTaken)
        }
    }

    static func remove(_ entity: Int64, in database: Database) throws {
        try database.run("DELETE FROM attention WHERE entity = ?", entity)
    }

    private static let fields = [TicketField.isSupervised, TicketField.escalation, TicketField.heldBy]

    static let table: SQL = """
        CREATE TABLE attention (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            is_supervised INTEGER NOT NULL,
            is_escalated INTEGER NOT NULL,
            is_taken INTEGER NOT NULL);
        """
}
