import Hashing
import SQLite

/// A comparison as the site makes it, one request after the other. Where it stands is in the database, so that it goes
/// on after a lost answer and after a restart.
extension Session {
    /// The next step; nil while this site has something to do itself first, or when nothing is to be compared.
    mutating func compareRequest(at milliseconds: Int64) throws -> CompareRequest? {
        while true {
            switch life.comparing {
            case .none: return nil
            case .due:
                guard life.isAnnounced else { return .announce(previous: try previousOrigin()) }
                life.comparing = .streams
            case .streams:
                if let stream = try openStream() {
                    // What is asked first is what the digests are computed from.
                    if stream.tip == nil { try mendHashes(of: stream.origin, at: milliseconds) }
                    if let step = try step(of: stream) { return step }
                    try settle(stream.origin)
                    continue
                }
                try openAllBuckets()
                life.comparing = .buckets
            case .buckets:
                guard try store.extendBuckets() else { return nil }
                let sums = try nextSums()
                if !sums.isEmpty { return .buckets(sums) }
                life.comparing = .listing
            case .listing:
                guard try store.extendBuckets() else { return nil }
                guard let list = try nextList() else {
                    life.comparing = .finishing
                    continue
                }
                return .list(list)
            case .returning:
                let changes = try changesToReturn().map(\.change)
                if !changes.isEmpty { return .returned(changes) }
                life.comparing = .levelling
            case .levelling: return .level(try list(of: listedBuckets()))
            case .finishing: return .finish
            }
        }
    }

    /// The origin that the hub has heard of last, as far as this site knows.
    private func previousOrigin() throws -> OriginID {
        try database.first(
            """
            SELECT origin.id FROM own_stream JOIN origin ON origin.number = own_stream.origin
            ORDER BY own_stream.number LIMIT 1
            """
        ) { OriginID(raw: $0.uint64(0)) } ?? life.origin
    }

    private static let isToBeSummed: Int64 = 2

    func openAllBuckets() throws {
        for bucket in 0..<Int64(Bucket.count) {
            try database.run("INSERT OR REPLACE INTO comparing VALUES (?, ?)", bucket, Self.isToBeSummed)
        }
    }

    /// The sums of as many buckets as the hub looks through in one turn.
    private func nextSums() throws -> [BucketSum] {
        // Not the highest number: a snapshot's are those that the hub has for them.
        let entities = try database.first("SELECT count(*) FROM bucket") { $0.int(0) } ?? 0
        let count = max(1, Bucket.count * ReplicationLimits.entitiesSummedInTurn / max(1, entities))
        let buckets = try database.all(
            "SELECT bucket FROM comparing WHERE is_listed = ? ORDER BY bucket LIMIT ?", Self.isToBeSummed,
            Int64(min(count, Bucket.count))
        ) { UInt16(clamping: $0.int64(0)) }
        return try store.sums(of: buckets)
    }

    /// As many whole buckets as fit into a request.
    private mutating func nextList() throws -> BucketList? {
        // The directory goes first: who may see an entity can depend on it.
        let buckets = try database.all(
            """
            SELECT bucket FROM comparing ORDER BY bucket NOT IN (
                SELECT bucket.number FROM bucket JOIN entity ON entity.number = bucket.entity WHERE entity.kind = 1
            ), bucket
            """
        ) { UInt16(clamping: $0.int64(0)) }
        var taken: [UInt16] = []
        var items: [BucketList.Item] = []
        for bucket in buckets {
            let more = try store.items(in: bucket, hidden: true)
            guard taken.isEmpty || items.count + more.count <= ReplicationLimits.entitiesInList / 8 else { break }
            taken.append(bucket)
            items += more
        }
        guard !taken.isEmpty else { return nil }
        try database.run("UPDATE comparing SET is_listed = 0")
        for bucket in taken {
            try database.run("UPDATE comparing SET is_listed = 1 WHERE bucket = ?", Int64(bucket))
        }
        return BucketList(buckets: taken, items: items)
    }

    private func listedBuckets() throws -> [UInt16] {
        try database.all("SELECT bucket FROM comparing WHERE is_listed = 1 ORDER BY bucket") {
            UInt16(clamping: $0.int64(0))
        }
    }

    private func list(of buckets: [UInt16]) throws -> BucketList {
        BucketList(buckets: buckets, items: try buckets.flatMap { try store.items(in: $0) })
    }

    private func changesToReturn() throws -> [LogEntry] {
        var entries: [LogEntry] = []
        var bytes = 0
        try database.forEach("SELECT position FROM to_return ORDER BY position") { row in
            guard let entry = try store.provenEntry(at: row.int64(0)) else { return true }
            bytes += entry.change.storedBody.count + 40
            guard entries.isEmpty || bytes <= ReplicationLimits.bytesInBatch else { return false }
            entries.append(entry)
            return entries.count < ReplicationLimits.changesInBatch / 2
        }
        return entries
    }

    /// Takes the hub's word about one step.
    /// - Parameter fresh: an origin that may be taken if the site's history and the hub's have parted.
    mutating func apply(
        _ answer: CompareAnswer, to request: CompareRequest, fresh: OriginID, at milliseconds: Int64
    ) throws {
        switch (request, answer) {
        case (_, .notReady): return
        case (.announce, .done):
            life.isAnnounced = true
            life.comparing = .streams
        case (.claim(let claim), .standing(let standing)):
            try take(standing, of: claim, fresh: fresh, at: milliseconds)
        case (.deliver(let part), .delivered(let chain)): try take(chain, of: part.origin)
        case (.buckets(let sums), .differing(let buckets)):
            for item in sums { try database.run("DELETE FROM comparing WHERE bucket = ?", Int64(item.bucket)) }
            // What was on its way when a backup was made may have left the site since.
            for bucket in try buckets + store.unadmitted(in: sums.map(\.bucket)) {
                try database.run("INSERT OR IGNORE INTO comparing (bucket) VALUES (?)", Int64(bucket))
            }
        case (.list, .vectors(let held)):
            try noteReturning(held)
            life.comparing = .returning
        case (.returned(let changes), .done): try noteReturned(changes, overruled: [], at: milliseconds)
        case (.returned(let changes), .overruled(let references)):
            try noteReturned(changes, overruled: Set(references), at: milliseconds)
        case (.level(let list), .done):
            for bucket in list.buckets { try database.run("DELETE FROM comparing WHERE bucket = ?", Int64(bucket)) }
            life.comparing = .listing
        case (.finish, .done): life.comparing = .none
        default:
            throw ReplicationError.malformed("The hub's answer does not belong to this step of a comparison.")
        }
    }

    /// What the hub has set aside it keeps, and tells why; the one that counts comes with the entity's history. What
    /// this site did itself it does again.
    private mutating func noteReturned(
        _ changes: [Change], overruled: Set<ChangeReference>, at milliseconds: Int64
    ) throws {
        for change in changes {
            guard let held = try store.condition(of: change.reference) else { continue }
            try database.run("DELETE FROM to_return WHERE position = ?", held.position)
            guard overruled.contains(change.reference), held.condition == Schema.Condition.admitted,
                held.hash == change.hash, let entry = try store.entry(at: held.position)
            else { continue }
            let isOwn = try store.site(of: change.origin) == life.site
            let seen = try isOwn ? seen(of: entry) : nil
            try store.letGo(of: held.position)
            if let seen { try writeAgain(change, having: seen, at: milliseconds) }
        }
    }

    /// Admitted changes that the hub's copy does not reach. One that the disk has damaged holds up no other.
    private func noteReturning(_ held: [CompareAnswer.Held]) throws {
        for item in held {
            guard let number = try store.number(of: item.entity) else { continue }
            let entries = try store.provenEntries(of: number)
            let own = SiteStore.sums(of: entries, upTo: item.vector)
            let differing = zip(item.vector.entries, zip(own, item.sums)).filter { $1.0 != $1.1 }.map(\.0.origin)
            for entry in entries {
                let isOther = differing.contains(entry.change.origin)
                guard isOther || !item.vector.covers(entry.change.reference) else { continue }
                try database.run("INSERT OR IGNORE INTO to_return VALUES (?)", entry.position)
            }
        }
    }
}
