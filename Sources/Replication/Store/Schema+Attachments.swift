import SQLite

extension Schema {
    /// Contents of files lie in the database, so that its backups, its erasing and its safety in a crash are theirs.
    ///
    /// A content is kept once, whole, for all entities that name it. While it is coming in, each entity's copy is its
    /// own: chunks of a stranger can spoil no other's. An `attachment` is an entity's naming of a file, and its content
    /// is set only when it was put in here, came with that entity, or was shown by one who holds it.
    static let attachments: SQL = """
        CREATE TABLE content (
            number INTEGER PRIMARY KEY,
            hash BLOB NOT NULL,
            size INTEGER NOT NULL,
            is_whole INTEGER NOT NULL DEFAULT 0,
            is_loose INTEGER NOT NULL DEFAULT 0,
            secret BLOB,
            failures INTEGER NOT NULL DEFAULT 0,
            touched INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX content_whole ON content (hash) WHERE is_whole = 1;
        CREATE UNIQUE INDEX content_loose ON content (hash) WHERE is_loose = 1;
        CREATE TABLE chunk (
            place INTEGER PRIMARY KEY,
            bytes BLOB NOT NULL);
        CREATE TABLE attachment (
            number INTEGER PRIMARY KEY,
            entity INTEGER NOT NULL,
            hash BLOB NOT NULL,
            size INTEGER NOT NULL,
            since INTEGER NOT NULL,
            content INTEGER,
            wanted INTEGER NOT NULL DEFAULT 0,
            is_open INTEGER NOT NULL DEFAULT 0,
            asked INTEGER NOT NULL DEFAULT 0,
            hub_place INTEGER NOT NULL DEFAULT 0,
            hub_map BLOB,
            UNIQUE (entity, hash));
        CREATE INDEX attachment_content ON attachment (content) WHERE content IS NOT NULL;
        CREATE INDEX attachment_open ON attachment (asked, number) WHERE is_open = 1;
        CREATE TABLE attachment_holder (
            attachment INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            PRIMARY KEY (attachment, origin)) WITHOUT ROWID;
        CREATE TABLE attachment_standing (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            epoch INTEGER NOT NULL,
            origin INTEGER NOT NULL);
        """

    /// How far the round over whole contents is, and a way to those that came damaged and wait to be asked for again.
    static let rounds: SQL = """
        ALTER TABLE recheck ADD COLUMN content INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX content_failed ON content (touched) WHERE failures > 0;
        """
}
