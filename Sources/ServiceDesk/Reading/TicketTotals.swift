import Replication
import SQLite

/// How many tickets there are, without reading them: from the counters of the board, and by looking at what these have
/// not learnt yet, so that the number is right at any moment.
enum TicketTotals {
    /// When more waits to be learnt than this, counting the tickets themselves is no slower.
    static let waitingMax = 5_000

    /// - Parameter home: only tickets of this branch.
    static func count(of home: String?, in database: Database) throws -> Int {
        let waiting = try DeskIndex.waiting(in: database)
        let sql = waiting > waitingMax ? (home == nil ? all : allOfHome) : (home == nil ? counted : countedOfHome)
        return try database.first(sql, values: home.map { [$0] } ?? []) { $0.int(0) } ?? 0
    }

    /// Those that stand so, as the counters know.
    static func count(status: String, in database: Database) throws -> Int {
        try database.first("SELECT coalesce(sum(tickets), 0) FROM board_status WHERE status = ?", status) { $0.int(0) }
            ?? 0
    }

    /// Those that are not at an end, as the counters know: by their status, which in a published standard says the same
    /// of it as the state itself (`PackCheck`).
    /// - Parameter home: only tickets of this branch.
    static func open(of home: String?, in database: Database) throws -> Int {
        try database.first(
            """
            SELECT coalesce(sum(tickets), 0) FROM board_status
            WHERE status NOT IN ('closed', 'rejected', 'cancelled') AND (?1 IS NULL OR home = ?1)
            """, values: [home]
        ) { $0.int(0) } ?? 0
    }

    /// Those that came to their end on a day of province time, as the counters know.
    static func count(closedOn day: Int64, of home: String?, in database: Database) throws -> Int {
        try database.first(
            "SELECT coalesce(sum(closed), 0) FROM board_day WHERE day = ? AND (?2 IS NULL OR home = ?2)",
            values: [day, home]
        ) { $0.int(0) } ?? 0
    }

    private static let all: SQL = "SELECT count(*) FROM ticket"
    private static let allOfHome: SQL = all + " WHERE home = ?1"

    private static let touched: SQL = """
        WITH touched (entity) AS (
            SELECT entity FROM log WHERE position > (SELECT position FROM index_basis)
            UNION SELECT entity FROM index_stale)

        """
    private static let counted: SQL =
        touched + """
            SELECT (SELECT coalesce(sum(tickets), 0) FROM board_status)
                + (SELECT count(*) FROM touched CROSS JOIN ticket ON ticket.entity = touched.entity)
                - (SELECT count(*) FROM touched CROSS JOIN board ON board.entity = touched.entity)
            """
    private static let countedOfHome: SQL =
        touched + """
            SELECT (SELECT coalesce(sum(tickets), 0) FROM board_status WHERE home = ?1)
                + (SELECT count(*) FROM touched CROSS JOIN ticket ON ticket.entity = touched.entity WHERE home = ?1)
                - (SELECT count(*) FROM touched CROSS JOIN board ON board.entity = touched.entity WHERE home = ?1)
            """
}
