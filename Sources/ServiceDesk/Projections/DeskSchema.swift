import Replication
import SQLite

/// The desk's tables: projections of the log for lists and figures, rebuilt by `verify --repair` and never evidence.
public enum DeskSchema {
    public static var migrations: [Migration] {
        [
            Migration(name: "desk: tickets, requests, conflicts, standards") { database in
                try database.execute(tables)
            },
            Migration(name: "desk: conflicts by field, rule and site", since: 2) { database in
                try database.execute(conflicts)
                try fillConflicts(database)
            },
            Migration(name: "desk: children of tickets", since: 5) { try $0.execute(children) },
            Migration(name: "desk: when tickets are due", since: 6) { try $0.execute(dueTimes) },
            Migration(name: "desk: circuits by number and customer", since: 7) { try $0.execute(circuits) },
            Migration(name: "desk: allowances, and what was done with a role taken away", since: 8) {
                try $0.execute(authority)
            },
            Migration(name: "desk: the index and the board", since: 9) {
                try $0.execute(SearchIndex.tables)
                try $0.execute(DeskIndex.tables)
            },
            Migration(name: "desk: due times are counted", since: 10) { try $0.execute(DueCounter.tables) },
            Migration(name: "desk: tickets that call for the province", since: 10) { database in
                try database.execute(AttentionRow.table)
                try database.execute(offers)
                try fillAttention(database)
            },
            Migration(name: "desk: announcements", since: 10) { try $0.execute(AnnouncementRow.table) },
            Migration(name: "desk: articles and contributions", since: 10) { database in
                try database.execute(ArticleRow.tables)
                try database.execute(ContributionRow.table)
            },
            Migration(name: "desk: notices to customers", since: 10) { try $0.execute(notices) },
            Migration(name: "desk: what was done on a day, and what waits for an answer", since: 10) {
                try $0.execute(lookups)
            },
            Migration(name: "desk: files are found by their names", since: 10) { database in
                // Learnt again in time, as whatever is marked: few tickets have a file.
                try database.execute(
                    """
                    INSERT OR IGNORE INTO index_stale
                    SELECT DISTINCT ticket.entity FROM attachment JOIN ticket ON ticket.entity = attachment.entity
                    """)
            },
        ]
    }

    /// From the tickets that are there already; settled ones are named nowhere else than in a ticket's own state.
    private static func fillConflicts(_ database: Database) throws {
        let store = SiteStore(database, domain: DeskDomain())
        for number in try database.all("SELECT entity FROM ticket ORDER BY entity", map: { $0.int64(0) }) {
            try ConflictRow.project(store.row(number: number), in: database)
        }
    }

    /// From the tickets that are there already.
    private static func fillAttention(_ database: Database) throws {
        let store = SiteStore(database, domain: DeskDomain())
        for number in try database.all("SELECT entity FROM ticket ORDER BY entity", map: { $0.int64(0) }) {
            try AttentionRow.project(store.row(number: number), in: database)
        }
    }

    /// Few tickets are on offer, and only those are in it.
    private static let offers: SQL =
        "CREATE INDEX ticket_offered ON ticket (transfer_to, opened, entity) WHERE transfer_to IS NOT NULL"

    /// What lists and counts are made of, so that neither reads the log.
    private static let conflicts: SQL = """
        CREATE TABLE conflict (
            entity INTEGER NOT NULL REFERENCES entity (number),
            place INTEGER NOT NULL,
            rule INTEGER NOT NULL,
            field INTEGER,
            losing INTEGER NOT NULL,
            winning INTEGER NOT NULL,
            is_settled INTEGER NOT NULL,
            PRIMARY KEY (entity, place)) WITHOUT ROWID;
        CREATE INDEX conflict_figures ON conflict (rule, field, losing, winning, is_settled);
        """

    /// For lists behind figures. The first costs some 15 bytes a ticket that is at an end, written once as it gets
    /// there; the third as much a request, until it is answered. The last finds a request's decision, for the list of
    /// decisions and for exports.
    private static let lookups: SQL = """
        CREATE INDEX board_closed ON board (closed_day) WHERE closed_day IS NOT NULL;
        CREATE INDEX board_going ON board (status) WHERE status NOT IN ('closed', 'rejected', 'cancelled');
        CREATE INDEX request_unanswered ON request (origin, sequence) WHERE outcome IS NULL;
        CREATE INDEX once_request ON once (request_origin, request_sequence);
        """

    private static let authority: SQL = """
        CREATE TABLE allowance (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            prefix TEXT NOT NULL,
            is_out INTEGER NOT NULL);
        CREATE TABLE payment (
            entity INTEGER NOT NULL REFERENCES entity (number),
            charge TEXT NOT NULL,
            PRIMARY KEY (entity, charge)) WITHOUT ROWID;
        CREATE INDEX payment_charge ON payment (charge);
        CREATE TABLE roster (entity INTEGER PRIMARY KEY REFERENCES entity (number));
        CREATE TABLE due_decision (
            origin INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (origin, sequence)) WITHOUT ROWID;
        CREATE TABLE late_act (
            origin INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (number),
            site TEXT NOT NULL,
            person TEXT NOT NULL,
            role TEXT NOT NULL,
            time INTEGER NOT NULL,
            PRIMARY KEY (origin, sequence)) WITHOUT ROWID;
        """

    /// No ticket had a parent before there was this table.
    private static let children: SQL = """
        CREATE TABLE child (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            parent BLOB NOT NULL);
        CREATE INDEX child_parent ON child (parent);
        """

    /// `swept` is the last entity of a round through all of `due`; null while none is under way. A row says nothing of
    /// the wall clock: what is over is decided when somebody asks.
    private static let dueTimes: SQL = """
        CREATE TABLE due (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            due INTEGER,
            warn INTEGER,
            clock TEXT,
            step TEXT,
            is_provisional INTEGER NOT NULL,
            is_paused INTEGER NOT NULL,
            department TEXT,
            sites TEXT NOT NULL,
            computed INTEGER NOT NULL,
            until INTEGER);
        CREATE INDEX due_time ON due (coalesce(due, 9223372036854775807), entity);
        CREATE INDEX due_until ON due (until) WHERE until IS NOT NULL;
        CREATE TABLE due_stale (
            entity INTEGER PRIMARY KEY REFERENCES entity (number));
        CREATE TABLE due_basis (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            standard BLOB,
            swept INTEGER);
        INSERT INTO due_basis VALUES (1, NULL, NULL);
        INSERT INTO due_stale SELECT entity FROM ticket;
        """

    /// No circuit was known before there was this table.
    private static let circuits: SQL = """
        CREATE TABLE circuit (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            number TEXT NOT NULL,
            customer BLOB,
            is_retired INTEGER NOT NULL);
        CREATE UNIQUE INDEX circuit_number ON circuit (number);
        CREATE INDEX circuit_customer ON circuit (customer) WHERE customer IS NOT NULL;
        """

    /// At the hub, and no projection: what was sent stands nowhere else. `origin` is the origin itself. `looked` is the
    /// last ticket that was looked through after an epoch had begun; null when all were. What a hub did before there
    /// were notices is nobody's to tell; one that gathers is made of what others hold.
    private static let notices: SQL = """
        CREATE TABLE notice (
            number INTEGER PRIMARY KEY,
            origin INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (number),
            step TEXT NOT NULL,
            stage TEXT NOT NULL,
            state INTEGER NOT NULL,
            reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            next INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            channel TEXT,
            template TEXT,
            actor TEXT,
            UNIQUE (origin, sequence));
        CREATE INDEX notice_due ON notice (state, next, number);
        CREATE INDEX notice_state ON notice (state, number);
        CREATE INDEX notice_ticket ON notice (entity, number);
        CREATE TABLE notice_basis (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            epoch_number INTEGER NOT NULL,
            epoch_random INTEGER NOT NULL,
            position INTEGER NOT NULL,
            since INTEGER NOT NULL,
            looked INTEGER);
        INSERT INTO notice_basis (only, epoch_number, epoch_random, position, since)
            SELECT 1, epoch_number, epoch_random, (SELECT coalesce(max(position), 0) FROM log), 0 FROM life
            WHERE is_hub = 1 AND is_gathering = 0;
        """

    private static let tables: SQL = """
        CREATE TABLE ticket (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            number TEXT NOT NULL,
            type TEXT NOT NULL,
            state TEXT NOT NULL,
            home TEXT NOT NULL,
            transfer_to TEXT,
            category TEXT,
            source TEXT,
            customer BLOB,
            subject TEXT NOT NULL,
            opened INTEGER NOT NULL,
            conflicts INTEGER NOT NULL);
        CREATE INDEX ticket_number ON ticket (number);
        CREATE INDEX ticket_opened ON ticket (opened, entity);
        CREATE INDEX ticket_home ON ticket (home, opened, entity);
        CREATE INDEX ticket_customer ON ticket (customer) WHERE customer IS NOT NULL;
        CREATE INDEX ticket_conflicts ON ticket (opened, entity) WHERE conflicts > 0;
        CREATE TABLE request (
            origin INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (number),
            outcome INTEGER,
            PRIMARY KEY (origin, sequence)) WITHOUT ROWID;
        CREATE INDEX request_entity ON request (entity);
        CREATE TABLE standard (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            version TEXT NOT NULL,
            published INTEGER NOT NULL,
            effective INTEGER NOT NULL);
        """
}
