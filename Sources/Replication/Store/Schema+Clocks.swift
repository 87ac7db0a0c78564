import SQLite

extension Schema {
    /// What is known of clocks. A reading of a branch's clock counts within the hub's start in which it was taken: in
    /// another the hub's own time may be another. That a site has been heard counts within a start, too: since then the
    /// hub may have been put back.
    static let clocks: SQL = """
        ALTER TABLE peer ADD COLUMN clock_start INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE peer ADD COLUMN heard_start INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE clock (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            standing INTEGER NOT NULL,
            shift INTEGER NOT NULL,
            measured INTEGER NOT NULL,
            trusted INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            begun INTEGER NOT NULL,
            base INTEGER NOT NULL);
        INSERT INTO clock VALUES (1, 0, 0, 0, 0, 0, 0, 0);
        """
}
