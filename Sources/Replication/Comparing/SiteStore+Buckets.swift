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
        SELECT bucket.number, entity.sum, entity.number, entity.kind, entity.id, member.is_whole
        FROM bucket JOIN entity ON entity.number = bucket.entity
        LEFT JOIN member ON member.entity = entity.number AND member.site = ?1
        """

    /// As a JSON list, to be bound as one value.
    private var kindsForEveryone: String {
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

    /// The same of one bucket.
    func sum(of bucket: UInt16) throws -> Digest128 {
        try items(in: bucket).reduce(.zero) { $0 &+ $1.sum }
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

    /// Whether something is shown of a bucket that adds nothing to its sum, since none of it is known to be admitted.
    func hasUnadmitted(in bucket: UInt16) throws -> Bool {
        try database.first(
            """
            SELECT 1 FROM bucket JOIN entity ON entity.number = bucket.entity
            WHERE bucket.number = ? AND is_withdrawn = 0 AND sum = ? LIMIT 1
            """, Int64(bucket), Digest128.zero
        ) { _ in true } ?? false
    }

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
                    isWhole: row.boolOrNil(5) ?? true)
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
}
