import Hashing
import SQLite

/// Which entities fall into which bucket. Nothing is kept up to date while changes are admitted: whoever compares
/// catches up first, a slice at a time.
extension SiteStore {
    /// Looks for the buckets of entities that came since the last comparison.
    /// - Returns: whether all have one now.
    func extendBuckets(atMost limit: Int = ReplicationLimits.entitiesBucketedInTurn) throws -> Bool {
        let known = try database.first("SELECT up_to FROM bucketing") { $0.int64(0) } ?? 0
        let found = try database.all(
            "SELECT number, kind, id FROM entity WHERE number > ? AND kind <> 0 ORDER BY number LIMIT ?", known,
            Int64(limit)
        ) { (number: $0.int64(0), id: $0.entityID(kind: 1, id: 2)) }
        guard let last = found.last else { return true }
        for item in found {
            guard let id = item.id else { continue }
            try database.run("INSERT OR IGNORE INTO bucket VALUES (?, ?)", Int64(Bucket.number(of: id)), item.number)
        }
        try database.run("UPDATE bucketing SET up_to = ?", last.number)
        return found.count < limit
    }

    /// Of what a site holds: the sum of the admitted changes' hashes, bucket by bucket.
    func bucketSums() throws -> [Digest128] {
        try sums("SELECT kind, id, sum FROM entity WHERE is_withdrawn = 0", [])
    }

    /// The same of what the hub believes a site to hold.
    func bucketSums(of peer: Peer) throws -> [Digest128] {
        try sums(
            """
            SELECT kind, id, sum FROM entity LEFT JOIN member ON member.entity = entity.number AND member.site = ?1
            WHERE member.site IS NOT NULL OR kind IN (SELECT value FROM json_each(?2))
            """, [peer.number, kindsForEveryone])
    }

    private static let heldBy: SQL = """
        SELECT bucket.number, entity.sum, entity.number, entity.kind, entity.id, member.is_whole,
            member.enter
        FROM bucket JOIN entity ON entity.number = bucket.entity
        LEFT JOIN member ON member.entity = entity.number AND member.site = ?1
        """

    /// As a JSON list, to be bound as one value.
    var kindsForEveryone: String {
        let numbers = (UInt8.min...UInt8.max).filter { isForEveryone(EntityKind(rawValue: $0)) }
        return "[" + numbers.map { String($0) }.joined(separator: ",") + "]"
    }

    private func sums(_ sql: SQL, _ values: [(any SQLiteBindable)?]) throws -> [Digest128] {
        var sums = [Digest128](repeating: .zero, count: Bucket.count)
        try database.forEach(sql, values: values) { row in
            guard let id = row.entityID(kind: 0, id: 1) else { return true }
            let bucket = Bucket.number(of: id)
            sums[bucket] = sums[bucket] &+ (try row.digest(2))
            return true
        }
        return sums
    }

    /// The same of some buckets.
    func sums(of buckets: [UInt16]) throws -> [BucketSum] {
        var sums = [Digest128](repeating: .zero, count: Bucket.count)
        try forEachShown(in: buckets) { bucket, sum in sums[bucket] = sums[bucket] &+ sum }
        return buckets.map { BucketSum(bucket: $0, sum: sums[Int($0)]) }
    }

    /// Of some buckets those of which something is shown that adds nothing to their sum, since none of it is known to
    /// be admitted.
    func unadmitted(in buckets: [UInt16]) throws -> [UInt16] {
        var isUnadmitted = [Bool](repeating: false, count: Bucket.count)
        try forEachShown(in: buckets) { bucket, sum in if sum == .zero { isUnadmitted[bucket] = true } }
        return buckets.filter { isUnadmitted[Int($0)] }
    }

    /// Of more buckets than this part of all, everything is read in the order in which it lies, and what belongs to
    /// others is passed over: looked up bucket by bucket, each entity costs ten times as much.
    private static let scannedPart = 16

    private func isScanned(_ buckets: [UInt16]) -> Bool { buckets.count * Self.scannedPart > Bucket.count }

    /// What this site shows of some buckets, and perhaps of others.
    private func forEachShown(in buckets: [UInt16], _ body: (Int, Digest128) -> Void) throws {
        if isScanned(buckets) {
            try database.forEach("SELECT kind, id, sum FROM entity WHERE is_withdrawn = 0 AND kind <> 0") { row in
                if let id = row.entityID(kind: 0, id: 1) { body(Bucket.number(of: id), try row.digest(2)) }
                return true
            }
        } else {
            try database.forEach(
                """
                SELECT bucket.number, sum FROM bucket CROSS JOIN entity ON entity.number = bucket.entity
                WHERE bucket.number IN (SELECT value FROM json_each(?)) AND is_withdrawn = 0
                """, Self.list(buckets)
            ) { row in
                body(row.int(0) % Bucket.count, try row.digest(1))
                return true
            }
        }
    }

    /// As a JSON list, to be bound as one value.
    static func list(_ buckets: some Sequence<UInt16>) -> String {
        "[" + buckets.map { String($0) }.joined(separator: ",") + "]"
    }

    /// The sum of an entity's admitted changes by each origin of a vector, up to the number that it names.
    func sums(of entity: Int64, upTo vector: VersionVector) throws -> [Digest128] {
        Self.sums(of: try entries(of: entity).filter(\.isAdmitted), upTo: vector)
    }

    static func sums(of entries: [LogEntry], upTo vector: VersionVector) -> [Digest128] {
        vector.entries.map { end in
            entries.filter { $0.change.origin == end.origin && $0.change.sequence <= end.sequence }
                .reduce(.zero) { $0 &+ $1.hash }
        }
    }

    /// What this site holds in a bucket and shows.
    /// - Parameter hidden: with copies that it does not show: of one that waits for its history, say, the hub may have
    ///   overruled something.
    func items(in bucket: UInt16, hidden: Bool = false) throws -> [BucketList.Item] {
        try database.all(
            """
            SELECT kind, id, sum FROM bucket JOIN entity ON entity.number = bucket.entity
            WHERE bucket.number = ? AND is_withdrawn <= ? ORDER BY id, kind
            """, Int64(bucket), hidden
        ) { row in try row.entityID(kind: 0, id: 1).map { BucketList.Item(entity: $0, sum: try row.digest(2)) } }
        .compactMap(\.self)
    }

    /// The sums of what the hub believes a site to hold in some buckets, and whether some of that is on its way to it.
    func heldSums(by peer: Peer, in buckets: [UInt16]) throws -> [(sum: Digest128, isOpen: Bool)] {
        var sums = [(sum: Digest128, isOpen: Bool)](repeating: (.zero, false), count: Bucket.count)
        let take = { (bucket: Int, sum: Digest128, isWhole: Bool) in
            sums[bucket].sum = sums[bucket].sum &+ sum
            if !isWhole { sums[bucket].isOpen = true }
        }
        if isScanned(buckets) {
            try database.forEach(Self.everythingHeld, values: [peer.number, kindsForEveryone]) { row in
                guard let id = row.entityID(kind: 2, id: 3) else { return true }
                take(Bucket.number(of: id), try row.digest(0), row.boolOrNil(1) ?? true)
                return true
            }
        } else {
            let values: [(any SQLiteBindable)?] = [peer.number, kindsForEveryone, Self.list(buckets)]
            try database.forEach(Self.heldInBuckets, values: values) { row in
                take(row.int(2) % Bucket.count, try row.digest(0), row.boolOrNil(1) ?? true)
                return true
            }
        }
        return buckets.map { sums[Int($0)] }
    }

    private static let everythingHeld: SQL = """
        SELECT sum, is_whole, kind, id FROM entity
        LEFT JOIN member ON member.entity = entity.number AND member.site = ?1
        WHERE member.site IS NOT NULL OR kind IN (SELECT value FROM json_each(?2))
        """

    private static let heldInBuckets: SQL = """
        SELECT sum, is_whole, bucket.number FROM bucket CROSS JOIN entity ON entity.number = bucket.entity
        LEFT JOIN member ON member.entity = bucket.entity AND member.site = ?1
        WHERE bucket.number IN (SELECT value FROM json_each(?3))
            AND (member.site IS NOT NULL OR kind IN (SELECT value FROM json_each(?2)))
        """

    /// Of what the hub believes a site to hold in some buckets, all that has not been queued for it counts as whole.
    func noteWhole(in buckets: [UInt16], at peer: Peer) throws {
        let (equal, isMost) = (Set(buckets), buckets.count * 2 > Bucket.count)
        let named = isMost ? (0..<UInt16(Bucket.count)).filter { !equal.contains($0) } : buckets
        try database.run(
            isMost ? Self.wholeBesides : Self.wholeWithin, peer.number, Self.list(named))
    }

    // By way of the index of what is not whole each of these would look up a row for every entry of it.
    private static let wholeWithin: SQL =
        noteWhole + " AND entity IN (SELECT entity FROM bucket WHERE number IN (SELECT value FROM json_each(?2)))"
    private static let wholeBesides: SQL =
        noteWhole + " AND entity NOT IN (SELECT entity FROM bucket WHERE number IN (SELECT value FROM json_each(?2)))"

    /// What a site has yet to read that it may not see it hides, equal or not: that it has to be let in again.
    static let noteWhole: SQL = """
        UPDATE member SET is_whole = 1, enter = 0 WHERE site = ?1 AND +is_whole = 0 AND enter <= 0
            AND NOT EXISTS (
                SELECT 1 FROM feed WHERE feed.entity = member.entity AND feed.site = member.site AND feed.tag = 5)
        """

    /// What the hub believes a site to hold in a bucket.
    func held(by peer: Peer, in bucket: UInt16) throws -> [HeldEntity] {
        try database.all(
            Self.heldBy + """
                 WHERE bucket.number = ?3
                AND (member.site IS NOT NULL OR entity.kind IN (SELECT value FROM json_each(?2)))
                ORDER BY entity.id, entity.kind
                """, values: [peer.number, kindsForEveryone, Int64(bucket)]
        ) { row in
            try row.entityID(kind: 3, id: 4).map {
                HeldEntity(
                    number: row.int64(2), id: $0, sum: try row.digest(1), isMember: !row.isNull(5),
                    isWhole: row.boolOrNil(5) ?? true, enter: row.int64OrNil(6) ?? 0)
            }
        }.compactMap(\.self)
    }

    /// Whether all entities of a kind are for every site.
    func isForEveryone(_ kind: EntityKind) -> Bool {
        kind == .site || kind == .marker || domain.isForEveryone(kind)
    }
}

/// An entity that the hub believes a site to hold.
struct HeldEntity {
    let number: Int64
    let id: EntityID
    let sum: Digest128
    /// Whether the site is a member of it; else it is for everyone.
    let isMember: Bool
    let isWhole: Bool
    /// The number of the entry that tells the site; 0 or less if none does.
    let enter: Int64

    /// Whether the site has yet to read in its feed that it is let in: the history is coming.
    func isQueued(for peer: Peer) -> Bool { !isWhole && enter > Int64(clamping: peer.feed.number) }
}
