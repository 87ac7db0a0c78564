import SQLite

/// The desk's tables: projections of the log for lists and figures, rebuilt by `verify --repair` and never evidence.
public enum DeskSchema {
    public static var migrations: [Migration] {
        [
            Migration(name: "desk: tickets, requests, conflicts, standards") { database in
                try database.execute(tables)
            }
        ]
    }

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
