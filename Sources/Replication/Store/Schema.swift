import SQLite

/// The tables of replication, in every site's database. Tables such as `ticket` are projections of the log and belong
/// to the domain.
public enum Schema {
    /// Conditions of a log row.
    enum Condition {
        /// Written here and on its way.
        static let pending: Int64 = 0
        static let admitted: Int64 = 1
        /// At the hub: stored, not judged yet.
        static let waiting: Int64 = 2
        static let refused: Int64 = 3
        /// Erased: number and hash stay, so that the chain still proves itself.
        static let emptied: Int64 = 4
    }

    public static var migrations: [Migration] {
        [
            Migration(name: "replication: own life, origins, entities, log") { database in
                try database.execute(life)
                try database.execute(history)
            },
            Migration(name: "replication: feeds and peers at the hub, histories at a branch") { database in
                try database.execute(feeds)
                try database.execute(once)
            },
            Migration(name: "replication: restores, comparisons, epochs", since: 2) { try $0.execute(survival) },
            Migration(name: "replication: what to fold again after an upgrade", since: 2) { try $0.execute(levels) },
            Migration(name: "replication: contents of attachments", since: 2) { try $0.execute(attachments) },
            Migration(name: "replication: whose clock is believed", since: 2) { try $0.execute(clocks) },
            Migration(name: "replication: standbys and backups", since: 2) { try $0.execute(standby) },
            Migration(name: "replication: a feed names the entities of its changes", since: 3, apply: nameEntities),
            Migration(name: "replication: contents are checked in rounds", since: 4) { try $0.execute(rounds) },
            Migration(name: "replication: who has heard of a revocation", since: 8) { try $0.execute(rights) },
        ]
    }

    /// What ``FeedTag/name(of:)`` is for.
    private static func nameEntities(_ database: Database) throws {
        let unnamed = try database.all(
            """
            SELECT site, feed.number, kind, id FROM feed JOIN log ON log.position = feed.position
            JOIN entity ON entity.number = log.entity WHERE feed.body IS NULL
            """
        ) { (site: $0.int64(0), number: $0.int64(1), entity: $0.entityID(kind: 2, id: 3)) }
        for item in unnamed {
            try database.run(
                "UPDATE feed SET body = ? WHERE site = ? AND number = ?", item.entity.map(FeedTag.name), item.site,
                item.number)
        }
    }

    /// One row: this database's own life. An origin in other tables is the small number of the `origin` table.
    private static let life: SQL = """
        CREATE TABLE life (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            site TEXT NOT NULL,
            is_hub INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            start INTEGER NOT NULL,
            clock INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            digest BLOB NOT NULL,
            marked_sent INTEGER NOT NULL,
            acknowledged INTEGER NOT NULL,
            acknowledged_digest BLOB NOT NULL,
            watermark INTEGER NOT NULL,
            epoch_number INTEGER NOT NULL,
            epoch_random INTEGER NOT NULL,
            feed INTEGER NOT NULL,
            feed_digest BLOB NOT NULL,
            admission INTEGER NOT NULL);
        CREATE TABLE start (
            number INTEGER PRIMARY KEY,
            first_sequence INTEGER NOT NULL,
            measured INTEGER NOT NULL);
        """

    /// An entity's changes are found without an index: its row names the last one, and each names the one before it.
    private static let history: SQL = """
        CREATE TABLE origin (
            number INTEGER PRIMARY KEY,
            id INTEGER NOT NULL UNIQUE,
            site TEXT,
            position INTEGER NOT NULL,
            digest BLOB NOT NULL,
            hello_start INTEGER NOT NULL DEFAULT 0, hello_count INTEGER NOT NULL DEFAULT 0,
            poll_start INTEGER NOT NULL DEFAULT 0, poll_count INTEGER NOT NULL DEFAULT 0,
            push_start INTEGER NOT NULL DEFAULT 0, push_count INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE checkpoint (
            origin INTEGER NOT NULL,
            position INTEGER NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (origin, position)) WITHOUT ROWID;
        CREATE TABLE entity (
            number INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            id BLOB NOT NULL,
            version INTEGER NOT NULL,
            is_withdrawn INTEGER NOT NULL,
            sum BLOB NOT NULL,
            last INTEGER NOT NULL,
            folded INTEGER NOT NULL,
            state BLOB,
            UNIQUE (id, kind));
        CREATE INDEX entity_directory ON entity (number) WHERE kind = 1;
        CREATE TABLE log (
            position INTEGER PRIMARY KEY,
            origin INTEGER NOT NULL REFERENCES origin (number),
            sequence INTEGER NOT NULL,
            stamp INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (number),
            previous INTEGER NOT NULL,
            condition INTEGER NOT NULL,
            admission INTEGER,
            version INTEGER NOT NULL,
            is_corrected INTEGER NOT NULL DEFAULT 0,
            hash BLOB NOT NULL,
            body BLOB);
        CREATE UNIQUE INDEX log_stream ON log (origin, sequence);
        CREATE TABLE idempotency (
            name BLOB PRIMARY KEY,
            content BLOB NOT NULL,
            position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE verdict (
            position INTEGER PRIMARY KEY REFERENCES log (position),
            reason TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE waiting (
            position INTEGER PRIMARY KEY REFERENCES log (position),
            site TEXT NOT NULL,
            entity INTEGER NOT NULL,
            needs TEXT NOT NULL);
        CREATE INDEX waiting_entity ON waiting (entity, site);
        """

    /// Site 0 of a feed is the shared list, of which everyone's feed is a part. The body of an entry that names a place
    /// in the log is a ``FeedTag/name(of:)``.
    private static let feeds: SQL = """
        CREATE TABLE peer (
            number INTEGER PRIMARY KEY,
            site TEXT NOT NULL UNIQUE,
            origin INTEGER,
            joined INTEGER,
            is_counting INTEGER NOT NULL DEFAULT 0,
            feed INTEGER NOT NULL,
            feed_digest BLOB NOT NULL,
            watermark INTEGER NOT NULL DEFAULT 0,
            backlog INTEGER NOT NULL DEFAULT 0,
            wall_offset INTEGER NOT NULL DEFAULT 0,
            heard INTEGER NOT NULL DEFAULT 0,
            software TEXT NOT NULL DEFAULT '');
        CREATE TABLE feed (
            site INTEGER NOT NULL,
            number INTEGER NOT NULL,
            tag INTEGER NOT NULL,
            entity INTEGER,
            position INTEGER,
            body BLOB,
            PRIMARY KEY (site, number)) WITHOUT ROWID;
        CREATE INDEX feed_entity ON feed (entity, site) WHERE entity IS NOT NULL;
        CREATE TABLE member (
            entity INTEGER NOT NULL,
            site INTEGER NOT NULL,
            enter INTEGER NOT NULL,
            is_whole INTEGER NOT NULL,
            PRIMARY KEY (entity, site)) WITHOUT ROWID;
        CREATE INDEX member_pending ON member (site, enter) WHERE is_whole = 0;
        CREATE TABLE withdrawal (
            entity INTEGER NOT NULL,
            site INTEGER NOT NULL,
            number INTEGER NOT NULL,
            sequence INTEGER,
            PRIMARY KEY (entity, site)) WITHOUT ROWID;
        CREATE INDEX withdrawal_number ON withdrawal (site, number);
        CREATE TABLE wanted (
            enter INTEGER PRIMARY KEY,
            entity INTEGER NOT NULL,
            after INTEGER NOT NULL,
            is_whole INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX wanted_entity ON wanted (entity);
        CREATE INDEX wanted_whole ON wanted (enter) WHERE is_whole = 1;
        CREATE TABLE withdrawn (
            number INTEGER PRIMARY KEY,
            sequence INTEGER NOT NULL);
        CREATE TABLE site_origin (
            origin INTEGER PRIMARY KEY,
            site TEXT NOT NULL);
        """

    private static let once: SQL = """
        CREATE TABLE once (
            key BLOB PRIMARY KEY,
            entity INTEGER NOT NULL,
            request_origin INTEGER NOT NULL,
            request_sequence INTEGER NOT NULL,
            reason TEXT NOT NULL,
            actor TEXT NOT NULL,
            marker INTEGER NOT NULL,
            is_answered INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX once_open ON once (marker) WHERE is_answered = 0;
        CREATE TABLE outbox (
            number INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            purpose TEXT NOT NULL,
            entity INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            request TEXT NOT NULL,
            state INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX outbox_open ON outbox (state, number) WHERE state <> 2;
        """
}
