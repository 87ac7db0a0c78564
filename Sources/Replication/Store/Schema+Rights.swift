import SQLite

extension Schema {
    /// At the hub: which site has heard which revocation, and what it had written by then. A row without a sequence is
    /// of a site that has not; `number` is the entry of its feed that it has to have read for it.
    static let rights: SQL = """
        CREATE TABLE taken_right (
            position INTEGER NOT NULL,
            site INTEGER NOT NULL,
            number INTEGER NOT NULL,
            origin INTEGER,
            sequence INTEGER,
            PRIMARY KEY (position, site)) WITHOUT ROWID;
        CREATE INDEX taken_right_open ON taken_right (site) WHERE sequence IS NULL;
        """
}
