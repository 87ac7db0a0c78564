import Replication
import SQLite
import Standards

/// Keeps what people look things up in, and the figures of the board: a few tickets at a time, after what was written
/// is on the disk, so that nobody who writes waits for it.
///
/// It reads the log from where it was. What the log does not tell is marked (`index_stale`).
public struct DeskIndex {
    /// Rows of the log, and tickets, in one slice.
    public static let sliceSize = 400

    private let store: SiteStore
    private let shelf: PackShelf
    private var database: Database { store.database }

    public init(_ store: SiteStore, shelf: PackShelf) {
        self.store = store
        self.shelf = shelf
    }

    /// Goes on by a slice. To be called as a job of the writer.
    /// - Parameter now: province time, in milliseconds.
    /// - Returns: how much was done; everything is known when it is fewer than ``sliceSize``.
    @discardableResult
    public func advance(atMost limit: Int = sliceSize, at now: Int64) throws -> Int {
        let pack = try? shelf.current(in: store, at: now)?.pack
        let zone = (pack?.calendar?.zone ?? .chinaStandard).minutes
        let marked = try database.all("SELECT entity FROM index_stale ORDER BY entity LIMIT ?", Int64(limit)) {
            $0.int64(0)
        }
        for entity in marked {
            try learn(entity, zone)
            try database.run("DELETE FROM index_stale WHERE entity = ?", entity)
        }
        guard marked.count < limit else { return limit }
        return marked.count + (try readOn(limit - marked.count, zone))
    }

    private func readOn(_ limit: Int, _ zone: Int) throws -> Int {
        let from = try database.first("SELECT position FROM index_basis") { $0.int64(0) } ?? 0
        let rows = try database.all(
            """
            SELECT log.position, entity.number, entity.kind, entity.id FROM log
            JOIN entity ON entity.number = log.entity WHERE log.position > ? ORDER BY log.position LIMIT ?
            """, from, Int64(limit)
        ) { (position: $0.int64(0), entity: $0.int64(1), kind: $0.int64(2), id: $0.blob(3)) }
        var known: Set<Int64> = []
        for row in rows where known.insert(row.entity).inserted {
            switch EntityKind(rawValue: UInt8(clamping: row.kind)) {
            case .ticket: try learn(row.entity, zone)
            case .customer:
                // A name that is corrected is corrected on all tickets; they may be more than a slice.
                try database.run(
                    "INSERT OR IGNORE INTO index_stale SELECT entity FROM ticket WHERE customer = ?", row.id)
            case .standard:
                // Tickets may have come before the standard that says where they stand.
                try database.run("INSERT OR IGNORE INTO index_stale SELECT entity FROM board WHERE status = ''")
            default: continue
            }
        }
        if let last = rows.last { try database.run("UPDATE index_basis SET position = ?", last.position) }
        return rows.count
    }

    /// One ticket that the disk has damaged must not keep all others from being found: it is mended by the rounds that
    /// check what is stored, and then comes again.
    private func learn(_ entity: Int64, _ zone: Int) throws {
        do {
            // What is not listed is not to be seen here, whatever its log says.
            let isListed = try database.first("SELECT 1 FROM ticket WHERE entity = ?", entity) { _ in true } ?? false
            guard isListed else { return try Self.forget(entity, in: database) }
            let row = try store.row(number: entity)
            let (board, text) = try Self.known(of: row, shelf, zone, in: store)
            try board.lay(entity, in: database)
            try SearchIndex.put(text.stored, of: entity, in: database)
        } catch is ReplicationError {
            return
        }
    }

    private static func known(
        of row: EntityRow, _ shelf: PackShelf, _ zone: Int, in store: SiteStore
    ) throws -> (BoardRow, SearchText) {
        let changes = try store.changes(of: row.number)
        let customer = try row.state[TicketField.customer].bytesValue
            .flatMap { EntityID(kind: .customer, bytes: $0) }.flatMap { try store.row($0) }
        let shown = customer.flatMap { $0.isWithdrawn ? nil : $0 }
        return (
            try BoardRow(row, changes, shelf, zoneMinutes: zone, in: store),
            SearchText(row, changes, customer: shown)
        )
    }

    /// At once, when a ticket goes out of view.
    static func forget(_ entity: Int64, in database: Database) throws {
        try SearchIndex.remove(entity, in: database)
        try BoardRow.remove(entity, in: database)
        try database.run("DELETE FROM index_stale WHERE entity = ?", entity)
    }

    /// What is wrong with the index and the counters about one ticket; nothing while it is still to be learnt.
    static func problems(of row: EntityRow, _ shelf: PackShelf, in store: SiteStore) throws -> [String] {
        let isWaiting =
            try store.database.first(
                """
                SELECT EXISTS (SELECT 1 FROM index_stale WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM log WHERE entity = ?1 AND position > (SELECT position FROM index_basis))
                    OR EXISTS (SELECT 1 FROM log JOIN entity ON entity.number = log.entity
                        WHERE kind <> ?2 AND position > (SELECT position FROM index_basis))
                """, row.number, Int64(EntityKind.ticket.rawValue)
            ) { $0.bool(0) } ?? false
        guard !isWaiting, let stored = try BoardRow.stored(row.number, in: store.database) else { return [] }
        let (board, text) = try known(of: row, shelf, ZoneOffset.chinaStandard.minutes, in: store)
        var problems: [String] = []
        if !board.isCounted(as: stored) {
            problems.append("Ticket \(row.id.text) is counted otherwise than its changes say.")
        }
        if try SearchIndex.stored(row.number, in: store.database)?.isSpelled(text.stored) != true {
            problems.append("Ticket \(row.id.text) is found otherwise than its changes say.")
        }
        return problems
    }

    /// Whether every counter is the sum of its rows.
    static func areCountersRight(in database: Database) throws -> Bool {
        let wrong =
            try database.first(
                """
                SELECT EXISTS (
                    SELECT home, status, tickets FROM board_status WHERE tickets <> 0
                    EXCEPT SELECT home, status, count(*) FROM board GROUP BY home, status)
                OR EXISTS (
                    SELECT home, status, count(*) FROM board GROUP BY home, status
                    EXCEPT SELECT home, status, tickets FROM board_status)
                OR EXISTS (
                    SELECT opened_day, category, count(*) FROM board GROUP BY opened_day, category
                    EXCEPT SELECT day, category, opened FROM board_category)
                OR (SELECT count(*) FROM board) <> (SELECT coalesce(sum(opened), 0) FROM board_day)
                OR (SELECT count(closed_day) FROM board) <> (SELECT coalesce(sum(closed), 0) FROM board_day)
                """
            ) { $0.bool(0) } ?? false
        return try !wrong && DueCounter.areRight(in: database)
    }

    /// Makes the counters the sums of their rows again, after a disk has damaged some of either.
    public func recount() throws {
        try database.execute(
            """
            DELETE FROM board_status; DELETE FROM board_day; DELETE FROM board_category;
            INSERT INTO board_status SELECT home, status, count(*) FROM board GROUP BY home, status;
            INSERT INTO board_category SELECT opened_day, category, count(*) FROM board GROUP BY opened_day, category;
            INSERT INTO board_day SELECT day, home, sum(opened), sum(closed) FROM (
                SELECT opened_day AS day, home, 1 AS opened, 0 AS closed FROM board
                UNION ALL SELECT closed_day, home, 0, 1 FROM board WHERE closed_day IS NOT NULL) GROUP BY day, home;
            """)
        try DueCounter.recount(in: database)
    }

    /// Changes that are still to be read, and tickets that are marked.
    public static func waiting(in database: Database) throws -> Int {
        try database.first(
            """
            SELECT (SELECT count(*) FROM index_stale)
                + coalesce((SELECT max(position) FROM log), 0) - (SELECT position FROM index_basis)
            """
        ) { $0.int(0) } ?? 0
    }
}

extension DeskIndex {
    static let tables: SQL = """
        CREATE TABLE index_basis (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            position INTEGER NOT NULL);
        INSERT INTO index_basis VALUES (1, 0);
        -- Erasing takes rows out of the log, and the position of the last one is given again.
        CREATE TRIGGER index_rewound AFTER DELETE ON log
            WHEN OLD.position > coalesce((SELECT max(position) FROM log), 0)
            BEGIN
                UPDATE index_basis SET position = min(position, coalesce((SELECT max(position) FROM log), 0));
            END;
        CREATE TABLE index_stale (entity INTEGER PRIMARY KEY REFERENCES entity (number));
        -- What has waited takes effect without a new row of the log.
        CREATE TRIGGER index_judged AFTER UPDATE OF condition ON log
            WHEN (OLD.condition > 1 OR NEW.condition > 1) AND OLD.condition <> NEW.condition
            BEGIN
                INSERT OR IGNORE INTO index_stale
                SELECT number FROM entity WHERE number = NEW.entity AND kind = 16;
            END;
        CREATE TABLE board (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            home TEXT NOT NULL,
            status TEXT NOT NULL,
            category TEXT NOT NULL,
            assignee TEXT NOT NULL,
            opened_day INTEGER NOT NULL,
            closed_day INTEGER);
        CREATE INDEX board_open ON board (status, assignee) WHERE closed_day IS NULL;
        CREATE TABLE board_status (
            home TEXT NOT NULL,
            status TEXT NOT NULL,
            tickets INTEGER NOT NULL,
            PRIMARY KEY (home, status)) WITHOUT ROWID;
        CREATE TABLE board_day (
            day INTEGER NOT NULL,
            home TEXT NOT NULL,
            opened INTEGER NOT NULL,
            closed INTEGER NOT NULL,
            PRIMARY KEY (day, home)) WITHOUT ROWID;
        CREATE TABLE board_category (
            day INTEGER NOT NULL,
            category TEXT NOT NULL,
            opened INTEGER NOT NULL,
            PRIMARY KEY (day, category)) WITHOUT ROWID;
        """
}
