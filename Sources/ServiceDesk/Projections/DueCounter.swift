import SQLite

/// How many tickets are due with whom: counted as rows of `due` come, change and go, and moved on as time goes by, so
/// that whoever asks reads as many rows as there are branches and departments, and not as many as there are tickets.
///
/// The counts are for one moment, the mark. What falls due between it and the moment that somebody asks for is counted
/// when they ask, from an index.
struct DueCounter {
    /// How far the mark may lie back before it is moved.
    static let markMilliseconds: Int64 = 60_000

    private let database: Database
    /// The moment that the counts are for, in province time.
    private let mark: Int64

    init(_ database: Database) throws {
        self.database = database
        mark = try Self.mark(in: database)
    }

    private static func mark(in database: Database) throws -> Int64 {
        try database.first("SELECT counted FROM due_basis") { $0.int64(0) } ?? 0
    }

    /// A row as it counts.
    private struct Counted: Equatable {
        let home: String
        let department: String
        /// In which it is due, since 1970.
        let hour: Int64?
        let isOverdue: Bool
        /// Whether a clock warns, or has run out.
        let isWarned: Bool
        let isPaused: Bool

        init(home: String, department: String?, due: Int64?, warn: Int64?, isPaused: Bool, at mark: Int64) {
            self.home = home
            self.department = department ?? ""
            hour = due.map(DueCounter.hour)
            isOverdue = due.map { $0 <= mark } ?? false
            isWarned = isOverdue || (warn.map { $0 <= mark } ?? false)
            self.isPaused = isPaused
        }

        static func == (one: Counted, other: Counted) -> Bool {
            one.home.isSpelled(other.home) && one.department.isSpelled(other.department) && one.hour == other.hour
                && one.isOverdue == other.isOverdue && one.isWarned == other.isWarned && one.isPaused == other.isPaused
        }
    }

    private func stored(_ entity: Int64) throws -> Counted? {
        try database.first("SELECT home, department, due, warn, is_paused FROM due WHERE entity = ?", entity) { row in
            Counted(
                home: row.text(0), department: row.textOrNil(1), due: row.int64OrNil(2), warn: row.int64OrNil(3),
                isPaused: row.bool(4), at: mark)
        }
    }

    /// Before a row is put in the place of another, or of none.
    func note(_ row: DueRow, of entity: Int64) throws {
        let new = Counted(
            home: row.home, department: row.department, due: row.due, warn: row.warn, isPaused: row.isPaused, at: mark)
        let old = try stored(entity)
        guard old != new else { return }
        if let old { try count(old, by: -1) }
        try count(new, by: 1)
    }

    static let hourMilliseconds: Int64 = 3_600_000

    private static func hour(_ time: Int64) -> Int64 { time / hourMilliseconds }

    /// Before a row is taken away.
    func forget(_ entity: Int64) throws {
        if let old = try stored(entity) { try count(old, by: -1) }
    }

    private func count(_ row: Counted, by number: Int64) throws {
        try database.run(
            """
            INSERT INTO due_count VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET open = open + excluded.open,
            overdue = overdue + excluded.overdue, warned = warned + excluded.warned, paused = paused + excluded.paused
            """, row.home, row.department, number, row.isOverdue ? number : 0, row.isWarned ? number : 0,
            row.isPaused ? number : 0)
        guard let hour = row.hour else { return }
        try database.run(
            "INSERT INTO due_hour VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tickets = tickets + excluded.tickets",
            row.home, hour, number)
    }

    /// How many of a branch's tickets run out after one moment and up to another: whole hours as they are counted, what
    /// is left of the first and of the last one from the index.
    static func count(of home: String, after from: Int64, upTo to: Int64, in database: Database) throws -> Int {
        guard from < to else { return 0 }
        let (first, last) = (hour(from) + 1, hour(to))
        guard first < last else { return try rows(of: home, after: from, upTo: to, in: database) }
        let whole = try database.first(
            "SELECT coalesce(sum(tickets), 0) FROM due_hour WHERE home = ? AND hour >= ? AND hour < ?", home, first,
            last
        ) { $0.int(0) }
        return try (whole ?? 0)
            + rows(of: home, after: from, upTo: first * hourMilliseconds - 1, in: database)
            + rows(of: home, after: last * hourMilliseconds - 1, upTo: to, in: database)
    }

    private static func rows(of home: String, after from: Int64, upTo to: Int64, in database: Database) throws -> Int {
        try database.first(
            """
            SELECT count(*) FROM due WHERE coalesce(due, 9223372036854775807) > ?2
            AND coalesce(due, 9223372036854775807) <= ?3 AND home = ?1
            """, home, from, to
        ) { $0.int(0) } ?? 0
    }

    /// Moves the mark on, when it lies far enough back. To be called as a job of the writer.
    func advance(to now: Int64) throws {
        guard now - mark >= Self.markMilliseconds else { return }
        for fallen in try Self.fallen(from: mark, to: now, in: database) {
            try database.run(
                "UPDATE due_count SET overdue = overdue + ?3, warned = warned + ?4 WHERE home = ?1 AND department = ?2",
                fallen.home, fallen.department, fallen.overdue, fallen.warned)
        }
        try database.run("UPDATE due_basis SET counted = ?", now)
    }

    private typealias Fallen = (home: String, department: String, overdue: Int64, warned: Int64)

    /// What runs out, and what begins to warn, after one moment and up to another.
    private static func fallen(from: Int64, to: Int64, in database: Database) throws -> [Fallen] {
        try database.all(
            """
            SELECT home, department, sum(overdue), sum(warned) FROM (
                SELECT home, coalesce(department, '') AS department, 1 AS overdue, 0 AS warned FROM due
                WHERE coalesce(due, 9223372036854775807) > ?1 AND coalesce(due, 9223372036854775807) <= ?2
                UNION ALL
                SELECT home, coalesce(department, ''), 0, 1 FROM due
                WHERE min(coalesce(due, 9223372036854775807), coalesce(warn, 9223372036854775807)) > ?1
                AND min(coalesce(due, 9223372036854775807), coalesce(warn, 9223372036854775807)) <= ?2)
            GROUP BY home, department ORDER BY home, department
            """, from, to
        ) { ($0.text(0), $0.text(1), $0.int64(2), $0.int64(3)) }
    }

    /// One branch's and department's share.
    struct Share {
        let home: String
        /// Empty for what no department has.
        let department: String
        let open: Int
        var overdue: Int
        /// Whose clock warns and has not run out.
        var atRisk: Int
        let paused: Int
    }

    /// Every share that has a ticket, in the order of branches and departments.
    /// - Parameter now: province time, in milliseconds.
    static func shares(in database: Database, at now: Int64) throws -> [Share] {
        let mark = try mark(in: database)
        var shares = try database.all(
            "SELECT home, department, open, overdue, warned, paused FROM due_count WHERE open <> 0"
                + " ORDER BY home, department"
        ) { row in
            Share(
                home: row.text(0), department: row.text(1), open: row.int(2), overdue: row.int(3),
                atRisk: row.int(4) - row.int(3), paused: row.int(5))
        }
        guard now != mark else { return shares }
        let sign = now > mark ? 1 : -1
        for fallen in try fallen(from: min(now, mark), to: max(now, mark), in: database) {
            guard
                let place = shares.firstIndex(where: {
                    $0.home.isSpelled(fallen.home) && $0.department.isSpelled(fallen.department)
                })
            else { continue }
            shares[place].overdue += sign * Int(fallen.overdue)
            shares[place].atRisk += sign * Int(fallen.warned - fallen.overdue)
        }
        return shares
    }

    /// Whether the counts are the sums of their rows.
    static func areRight(in database: Database) throws -> Bool {
        func isRight(_ counted: SQL, _ summed: SQL) throws -> Bool {
            let wrong = try database.first(
                "SELECT EXISTS (" + counted + " EXCEPT " + summed + ") OR EXISTS (" + summed + " EXCEPT " + counted
                    + ")"
            ) { $0.bool(0) }
            return !(wrong ?? false)
        }
        return try isRight("SELECT * FROM due_count WHERE open <> 0", summed)
            && isRight("SELECT * FROM due_hour WHERE tickets <> 0", hours)
    }

    /// Makes the counts the sums of their rows again.
    static func recount(in database: Database) throws {
        try database.run("DELETE FROM due_count")
        try database.run("INSERT INTO due_count " + summed)
        try database.run("DELETE FROM due_hour")
        try database.run("INSERT INTO due_hour " + hours)
    }

    private static let summed: SQL = """
        SELECT home, coalesce(department, ''), count(*), sum(coalesce(due <= counted, 0)),
            sum(min(coalesce(due, 9223372036854775807), coalesce(warn, 9223372036854775807)) <= counted),
            sum(is_paused)
        FROM due JOIN due_basis GROUP BY home, coalesce(department, '')
        """

    private static let hours: SQL =
        "SELECT home, due / 3600000, count(*) FROM due WHERE due IS NOT NULL GROUP BY home, due / 3600000"

    /// The rows so far name no branch: they are computed again.
    static let tables: SQL = """
        ALTER TABLE due ADD COLUMN home TEXT NOT NULL DEFAULT '';
        ALTER TABLE due_basis ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
        INSERT OR IGNORE INTO due_stale SELECT entity FROM due;
        DELETE FROM due;
        CREATE INDEX due_early ON due (
            min(coalesce(due, 9223372036854775807), coalesce(warn, 9223372036854775807)));
        DROP INDEX due_time;
        CREATE INDEX due_time ON due (coalesce(due, 9223372036854775807), entity, home);
        CREATE TABLE due_hour (
            home TEXT NOT NULL,
            hour INTEGER NOT NULL,
            tickets INTEGER NOT NULL,
            PRIMARY KEY (home, hour)) WITHOUT ROWID;
        CREATE TABLE due_count (
            home TEXT NOT NULL,
            department TEXT NOT NULL,
            open INTEGER NOT NULL,
            overdue INTEGER NOT NULL,
            warned INTEGER NOT NULL,
            paused INTEGER NOT NULL,
            PRIMARY KEY (home, department)) WITHOUT ROWID;
        """
}
