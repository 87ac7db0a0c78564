import SQLite

extension Schema {
    /// A standby is a peer whose audience is everything. `entering` is the hub's entity up to which it has been told
    /// what there is, null when it has been told of all. `backup` is the last one that was verified on another disk;
    /// `has_taken_over` says of a hub that it was made of a standby in its present epoch.
    /// `whole_since` is the admission number at which a file had become whole, so that a backup can be held against it.
    static let standby: SQL = """
        ALTER TABLE life ADD COLUMN is_standby INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE life ADD COLUMN has_taken_over INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE peer ADD COLUMN is_standby INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE peer ADD COLUMN entering INTEGER;
        ALTER TABLE content ADD COLUMN whole_since INTEGER;
        CREATE TABLE backup (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            admission INTEGER NOT NULL,
            time INTEGER NOT NULL,
            place TEXT NOT NULL);
        """
}
