import SQLite

/// One-time tokens by which a branch enrols; the hub keeps their hashes only.
public enum EnrolmentSchema {
    public static var migrations: [Migration] {
        [
            Migration(name: "node: enrolment tokens") { database in
                try database.execute(
                    """
                    CREATE TABLE enrolment (
                        token BLOB PRIMARY KEY,
                        site TEXT NOT NULL,
                        expires INTEGER NOT NULL,
                        origin INTEGER) WITHOUT ROWID;
                    """)
            }
        ]
    }
}
