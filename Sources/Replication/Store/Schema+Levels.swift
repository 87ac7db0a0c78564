import SQLite

extension Schema {
    /// Entities of which this site holds something that its software did not know when they were last folded, and the
    /// ``EditLevel`` of that software.
    static let levels: SQL = """
        CREATE TABLE not_understood (
            entity INTEGER PRIMARY KEY REFERENCES entity (number) ON DELETE CASCADE,
            level INTEGER NOT NULL);
        CREATE INDEX not_understood_level ON not_understood (level);
        """
}
