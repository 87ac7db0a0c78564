import Replication
import SQLite

/// When a ticket is due, as lists and counters have it: of its open clocks the one that is due first. It holds times
/// only; whether they are over is decided when somebody asks.
public struct DueRow: Equatable, Sendable {
    /// The first moment that is too late, in milliseconds since 1970; nil while every open clock stands still, or none
    /// has a limit.
    public var due: Int64?
    /// From when on the first of its open clocks warns.
    public var warn: Int64?
    /// Which clock decides, in the word of ``ClockKind``; where none is due, the first that stands still.
    public var clock: String?
    /// Of a step's clock: which.
    public var step: String?
    /// Whether a year decided it whose holidays have not been announced.
    public var isProvisional = false
    /// Whether an open clock stands still.
    public var isPaused = false
    /// The branch whose ticket it is.
    public var home = ""
    /// The department that has the ticket.
    public var department: String?
    /// Every site that could have written to the ticket, sorted.
    public var sites: [SiteID] = []

    public init() {}

    public func isOverdue(at now: Int64) -> Bool { due.map { $0 <= now } ?? false }

    public func isAtRisk(at now: Int64) -> Bool { !isOverdue(at: now) && (warn.map { $0 <= now } ?? false) }

    /// A row of the table, with what is known of it beside.
    public struct Stored: Equatable, Sendable {
        public let row: DueRow
        /// For when it was computed, in province time.
        public let computed: Int64
        /// When it has to be computed again though nothing happens; nil for never.
        public let until: Int64?
    }

    /// As the table has it; nil for a ticket without open clocks, or one not computed yet.
    public static func stored(_ entity: Int64, in database: Database) throws -> Stored? {
        try database.first(
            """
            SELECT due, warn, clock, step, is_provisional, is_paused, department, sites, computed, until, home
            FROM due WHERE entity = ?
            """, entity
        ) { row in
            var due = DueRow()
            due.due = row.int64OrNil(0)
            due.warn = row.int64OrNil(1)
            due.clock = row.textOrNil(2)
            due.step = row.textOrNil(3)
            due.isProvisional = row.bool(4)
            due.isPaused = row.bool(5)
            due.home = row.text(10)
            due.department = row.textOrNil(6)
            due.sites = row.text(7).split(separator: " ").map { SiteID(String($0)) }
            return Stored(row: due, computed: row.int64(8), until: row.int64OrNil(9))
        }
    }

    func lay(
        _ entity: Int64, computed: Int64, until: Int64?, counter: DueCounter, in database: Database
    ) throws {
        try counter.note(self, of: entity)
        try database.run("INSERT OR REPLACE INTO due VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") { parameters in
            parameters.add(entity)
            parameters.add(due)
            parameters.add(warn)
            parameters.add(clock)
            parameters.add(step)
            parameters.add(isProvisional)
            parameters.add(isPaused)
            parameters.add(department)
            parameters.add(sites.map(\.text).joined(separator: " "))
            parameters.add(computed)
            parameters.add(until)
            parameters.add(home)
        }
    }
}

extension DueRow {
    /// How many tickets are to be computed, or computed again.
    public static func staleCount(in database: Database) throws -> Int {
        let sql: SQL = """
            SELECT (SELECT count(*) FROM due_stale)
                + (SELECT count(*) FROM due WHERE entity > (SELECT swept FROM due_basis)
                    AND entity NOT IN (SELECT entity FROM due_stale))
            """
        return try database.first(sql) { $0.int(0) } ?? 0
    }

    /// Whether a ticket's row is to be computed again.
    public static func isStale(_ entity: Int64, in database: Database) throws -> Bool {
        try database.first(
            """
            SELECT EXISTS (SELECT 1 FROM due_stale WHERE entity = ?1)
                OR EXISTS (SELECT 1 FROM due_basis JOIN due ON due.entity = ?1 WHERE swept < ?1)
            """, entity
        ) { $0.bool(0) } ?? false
    }
}
