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
            Migration(name: "desk: circuits by number and customer", since: 7) { try $0.execute(circuits) },
        ]
    }

    /// From the tickets that are there already; settled ones are named nowhere else than in a ticket's own state.
    private static func fillConflicts(_ database: Database) throws {
        let store = SiteStore(database, domain: DeskDomain())
        for number in try database.all("SELECT entity FROM ticket ORDER BY entity", map: { $0.int64(0) }) {
            try ConflictRow.project(store.row(number: number), in: database)
        }
    }

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

    /// No ticket had a parent before there was this table.
    private static let children: SQL = """
        CREATE TABLE child (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            parent BLOB NOT NULL);
        CREATE INDEX child_parent ON child (parent);
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
