import SQLite

extension Schema {
    /// What restores, comparisons and epochs need: all of it stays empty in a province to which nothing happens.
    static let survival: SQL = """
        ALTER TABLE life ADD COLUMN hub_protocol INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE life ADD COLUMN is_announced INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE life ADD COLUMN comparing INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE life ADD COLUMN is_copy INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE life ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
        ALTER TABLE life ADD COLUMN heard_epoch INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE life ADD COLUMN is_gathering INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE life ADD COLUMN receipt BLOB NOT NULL DEFAULT x'';
        ALTER TABLE origin ADD COLUMN compare_start INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE origin ADD COLUMN compare_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE origin ADD COLUMN attachments_start INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE origin ADD COLUMN attachments_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE peer ADD COLUMN is_compared INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE peer ADD COLUMN is_lost INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE peer ADD COLUMN is_dropped INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE peer ADD COLUMN protocol INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE erasing (
            site INTEGER NOT NULL,
            entity INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (site, entity)) WITHOUT ROWID;
        CREATE INDEX erasing_entity ON erasing (entity);
        CREATE TABLE erased_request (
            position INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            id BLOB NOT NULL);
        CREATE TABLE recheck (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            up_to INTEGER NOT NULL,
            begun INTEGER NOT NULL,
            finished INTEGER NOT NULL);
        INSERT INTO recheck VALUES (1, 0, 0, 0);
        CREATE TABLE own_stream (
            number INTEGER PRIMARY KEY,
            origin INTEGER NOT NULL UNIQUE REFERENCES origin (number),
            common INTEGER NOT NULL DEFAULT 0,
            tip INTEGER,
            is_settled INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE bucket (
            number INTEGER NOT NULL,
            entity INTEGER NOT NULL,
            PRIMARY KEY (number, entity)) WITHOUT ROWID;
        CREATE TABLE bucketing (only INTEGER PRIMARY KEY CHECK (only = 1), up_to INTEGER NOT NULL);
        INSERT INTO bucketing VALUES (1, 0);
        CREATE TABLE comparing (
            bucket INTEGER PRIMARY KEY,
            is_listed INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE to_return (position INTEGER PRIMARY KEY);
        CREATE TABLE returned (
            position INTEGER PRIMARY KEY REFERENCES log (position),
            peer INTEGER NOT NULL);
        CREATE TABLE incident (
            number INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            site TEXT NOT NULL,
            text TEXT NOT NULL);
        """
}
