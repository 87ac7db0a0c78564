import Hashing
import SQLite

extension SiteStore {
    /// Founds a site in a database that a ``Snapshot`` has filled, after every change in it has been held against its
    /// hash and the sums that a comparison names against the changes. To be called inside a transaction.
    ///
    /// The site is to compare before it goes on.
    /// - Parameters:
    ///   - epoch: the hub's, as it has told the site that joins.
    ///   - step: is told now and then how many changes have been looked at.
    /// - Throws: ``ReplicationError`` when the copy is another site's, of another epoch, or not what it says; then
    ///   nothing of it may be used.
    public func foundOnSnapshot(
        site: SiteID, origin: OriginID, epoch: Epoch, step: (Int) -> Void = { _ in }
    ) throws {
        let snapshot = try Snapshot(in: database)
        guard snapshot.site == site, snapshot.epoch == epoch else {
            throw ReplicationError(
                .foreign,
                snapshot.site == site
                    ? "The snapshot is of an epoch that is over." : "The snapshot is for \(snapshot.site).",
                remedy: "Make another at the hub: tributary site snapshot \(site) --to FILE")
        }
        try found(site: site, isHub: false, origin: origin, epoch: .none)
        let newest = try checkSnapshot(of: site, step)
        try database.execute("DROP TABLE snapshot")
        try layOutAnew()
        _ = try Session.run(self) { session in
            session.life.clock.observe(newest)
            session.life.isAnnounced = false
            try session.compareAnew()
        }
    }

    private static let changesOfSnapshot: SQL = """
        SELECT log.position, log.origin, sequence, stamp, kind, id, body, hash
        FROM log JOIN entity ON entity.number = log.entity ORDER BY log.position
        """

    /// - Returns: the latest stamp.
    private func checkSnapshot(of site: SiteID, _ step: (Int) -> Void) throws -> Stamp {
        var origins: [Int64: (id: OriginID, isOwn: Bool)] = [:]
        try database.forEach("SELECT number, id, site FROM origin") { row in
            origins[row.int64(0)] = (OriginID(raw: row.uint64(1)), row.textOrNil(2) == site.text)
            return true
        }
        var sums = [Digest128](repeating: .zero, count: Bucket.count)
        var newest = Stamp.zero
        var count = 0
        var keys: [(key: IdempotencyKey, position: Int64)] = []
        try database.forEach(Self.changesOfSnapshot) { row in
            guard let origin = origins[row.int64(1)], let entity = row.entityID(kind: 4, id: 5) else {
                throw Self.spoiled("a change of nobody's")
            }
            let record = ChangeRecord(
                origin: origin.id, sequence: row.uint64(2), stamp: Stamp(raw: row.uint64(3)), entity: entity,
                body: row.blob(6), hash: try row.digest(7))
            guard record.isProved else { throw Self.spoiled("a change without its hash") }
            let bucket = Bucket.number(of: entity)
            sums[bucket] = sums[bucket] &+ record.hash
            newest = max(newest, record.stamp)
            if origin.isOwn, let key = record.key { keys.append((key, row.int64(0))) }
            count += 1
            if count.isMultiple(of: 10_000) { step(count) }
            return true
        }
        guard try sums == bucketSums() else { throw Self.spoiled("a sum that is not that of its changes") }
        // What this site did in an earlier life comes back with its keys.
        for item in keys {
            try database.run(
                "INSERT OR IGNORE INTO idempotency VALUES (?, ?, ?)", item.key.name, item.key.content, item.position)
        }
        step(count)
        return newest
    }

    /// What the site lays out in its own way: where sites are, and where files are to be had.
    private func layOutAnew() throws {
        let numbers = try database.all(
            "SELECT number FROM entity WHERE kind = ? UNION SELECT entity FROM attachment ORDER BY 1",
            Int64(EntityKind.site.rawValue)
        ) { $0.int64(0) }
        try database.run("DELETE FROM attachment")
        for number in numbers {
            var row = try row(number: number)
            try save(&row)
        }
    }

    private static func spoiled(_ what: String) -> ReplicationError {
        ReplicationError(
            .inconsistent, "The snapshot is damaged: it holds \(what).",
            remedy: "Copy it once more, or make another. Nothing of it was used.")
    }
}
