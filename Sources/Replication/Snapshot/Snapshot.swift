import SQLite

/// A copy of all that a site may see, as a database that a new machine of the site begins with.
///
/// It is a head start and proves nothing: a site that has begun with one compares with the hub before it goes on, as a
/// restored one does. What came after the copy was made, or was wrong in it, is found by that.
public struct Snapshot: Sendable, Equatable {
    /// Whose machine it is for.
    public let site: SiteID
    /// The hub's, when it was made. What another epoch has is not told by this one.
    public let epoch: Epoch
    /// When it was made, in milliseconds since 1970.
    public let time: Int64
    public let entities: Int
    public let changes: Int

    /// Fills an empty database, whose tables are those of this version, with what the hub holds for a site.
    ///
    /// Only admitted changes of what the site is a member of, and of what is for everyone, are in it; no other row of
    /// the hub's database is read into it. All of it is of one moment of the hub.
    /// - Parameters:
    ///   - target: with ``SQLite/Database/setUpForBulkLoading(syncs:)`` called, outside a transaction.
    ///   - hub: the path of the hub's database, which is read beside its writer.
    ///   - milliseconds: now, since 1970.
    /// - Throws: ``ReplicationError`` when the hub does not know the site, the site is a standby, or the hub has begun
    ///   an epoch in which not every site has been compared yet; ``SQLiteError``.
    @discardableResult
    public static func fill(
        _ target: Database, from hub: String, for site: SiteID, domain: any Domain, at milliseconds: Int64
    ) throws -> Snapshot {
        try target.attachSource(hub)
        defer { try? target.detachSource() }
        return try target.transaction(.immediate) {
            let peer = try number(of: site, in: target)
            let store = SiteStore(target, domain: domain)
            try target.run(origins)
            try target.run(entities, peer, store.kindsForEveryone)
            try target.run(changes)
            for repair in repairs { try target.run(repair) }
            for copy in beside { try target.run(copy) }
            try domain.copyProjections(in: target)
            while !(try store.extendBuckets()) {}
            try target.execute(label)
            try target.run(writeLabel, site.text, milliseconds)
            return try Snapshot(in: target)
        }
    }

    /// What a database says that it is a snapshot of.
    /// - Throws: ``ReplicationError`` of kind `notFound` when it is none.
    public init(in database: Database) throws {
        let isLabelled = try database.first("SELECT 1 FROM main.sqlite_schema WHERE name = 'snapshot'") { _ in true }
        let found = try isLabelled.flatMap { _ in
            try database.first("SELECT site, epoch_number, epoch_random, time, entities, changes FROM main.snapshot") {
                Snapshot(
                    site: SiteID($0.text(0)), epoch: Epoch(number: UInt32(clamping: $0.int64(1)), random: $0.uint64(2)),
                    time: $0.int64(3), entities: $0.int(4), changes: $0.int(5))
            }
        }
        guard let found else {
            throw ReplicationError(
                .notFound, "This database is no snapshot.",
                remedy: "Make one at the hub: tributary site snapshot SITE --to FILE")
        }
        self = found
    }

    private init(site: SiteID, epoch: Epoch, time: Int64, entities: Int, changes: Int) {
        self.site = site
        self.epoch = epoch
        self.time = time
        self.entities = entities
        self.changes = changes
    }

    /// - Returns: the hub's own number for the site.
    private static func number(of site: SiteID, in target: Database) throws -> Int64 {
        let peer = try target.first("SELECT number, is_standby FROM source.peer WHERE site = ?", site.text) {
            (number: $0.int64(0), isStandby: $0.bool(1))
        }
        guard let peer else {
            throw ReplicationError(
                .notFound, "The directory has no site \(site).",
                remedy: "Add it at the hub: tributary site add \(site).")
        }
        guard !peer.isStandby else {
            throw ReplicationError(
                .refused, "\(site) is a standby, which holds more than a snapshot has.",
                remedy: "Join it without one.")
        }
        let isOpen = try target.first("SELECT EXISTS (SELECT 1 FROM source.peer WHERE is_compared = 0)") { $0.bool(0) }
        guard !(isOpen ?? true) else {
            throw ReplicationError(
                .refused, "The hub has begun a new epoch and has not heard every site yet: they may know better.",
                remedy: "Make the snapshot when `tributary status` names no site that it waits for.")
        }
        return peer.number
    }

    private static let label: SQL = """
        CREATE TABLE main.snapshot (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            site TEXT NOT NULL,
            epoch_number INTEGER NOT NULL,
            epoch_random INTEGER NOT NULL,
            time INTEGER NOT NULL,
            entities INTEGER NOT NULL,
            changes INTEGER NOT NULL)
        """

    private static let writeLabel: SQL = """
        INSERT INTO main.snapshot
        SELECT 1, ?, epoch_number, epoch_random, ?, (SELECT count(*) FROM main.entity), (SELECT count(*) FROM main.log)
        FROM source.life
        """

    /// How far the hub has come in a stream is its own affair.
    private static let origins: SQL = """
        INSERT INTO main.origin (number, id, site, position, digest)
        SELECT number, id, site, 0, zeroblob(16) FROM source.origin
        """

    private static let entities: SQL = """
        INSERT INTO main.entity SELECT held.* FROM source.entity AS held
        WHERE is_withdrawn = 0 AND (
            EXISTS (SELECT 1 FROM source.member WHERE entity = held.number AND site = ?)
            OR kind IN (SELECT value FROM json_each(?)))
        ORDER BY number
        """

    /// In the order of the table, so that each goes to its end.
    private static let changes: SQL = """
        INSERT INTO main.log SELECT held.* FROM source.log AS held
        WHERE condition = 1 AND EXISTS (SELECT 1 FROM main.entity WHERE number = held.entity)
        ORDER BY position
        """

    /// Where a change that stays behind stood between two that came along, the later names the earlier; likewise the
    /// entity whose last change stays behind.
    private static let repairs: [SQL] = [
        "UPDATE main.log SET previous = " + lastKept(from: "main.log.previous") + """
             WHERE previous > 0 AND NOT EXISTS (SELECT 1 FROM main.log AS held WHERE held.position = main.log.previous)
            """,
        "UPDATE main.entity SET last = " + lastKept(from: "main.entity.last") + """
             WHERE NOT EXISTS (SELECT 1 FROM main.log WHERE position = main.entity.last)
            """,
        "UPDATE main.entity SET folded = last WHERE folded > last",
        "DELETE FROM main.entity WHERE last = 0",
    ]

    /// Going back from a change of the hub's log, the position of the first that came along; 0 for none.
    private static func lastKept(from position: SQL) -> SQL {
        """
        ifnull((
            WITH RECURSIVE back (position, previous, condition) AS (
                SELECT position, previous, condition FROM source.log WHERE position =
        """ + position + """

                    UNION ALL
                    SELECT earlier.position, earlier.previous, earlier.condition
                    FROM back JOIN source.log AS earlier ON earlier.position = back.previous WHERE back.condition <> 1)
                SELECT position FROM back WHERE condition = 1), 0)
            """
    }

    /// Which files an entity names is laid out by the site itself: their contents are fetched the usual way.
    private static let beside: [SQL] = [
        """
        INSERT INTO main.not_understood
        SELECT * FROM source.not_understood WHERE entity IN (SELECT number FROM main.entity)
        """,
        """
        INSERT INTO main.attachment (entity, hash, size, since)
        SELECT entity, hash, size, since FROM source.attachment WHERE entity IN (SELECT number FROM main.entity)
        """,
    ]
}
