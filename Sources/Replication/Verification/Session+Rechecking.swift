import Hashing
import SQLite

/// Everything stored is computed again, a slice at a time and round after round: what a disk has let rot, or somebody
/// changed with a SQLite shell, is found although nobody reads it.
extension Session {
    /// Checks the next entities of the round.
    /// - Parameter fresh: 64 bits that the shell has drawn: an origin to go on under when a change was damaged before
    ///   it was sent.
    /// - Returns: how many were not what their log proves, and how many hashes not those of their changes; these are
    ///   mended, or fetched again from the hub.
    public mutating func recheck(
        atMost limit: Int, fresh: OriginID, at milliseconds: Int64
    ) throws -> Int {
        let known = try database.first("SELECT up_to FROM recheck") { $0.int64(0) } ?? 0
        let found = try database.all(
            "SELECT number, kind, id FROM entity WHERE number > ? AND kind <> 0 ORDER BY number LIMIT ?", known,
            Int64(limit)
        ) { (number: $0.int64(0), id: $0.entityID(kind: 1, id: 2)) }
        guard let last = found.last else {
            try database.run("UPDATE recheck SET up_to = 0, finished = ? WHERE up_to > 0", milliseconds)
            return 0
        }
        var damaged: [EntityID] = []
        var (unsent, mended) = (0, 0)
        var lookedThrough: Set<OriginID> = []
        var isMisfiled = false
        for item in found {
            guard let id = item.id else { continue }
            if try store.number(of: id) != item.number {
                isMisfiled = try mendIndex(of: item.number, id, at: milliseconds) || isMisfiled
            }
            var proven = try store.proven(item.number)
            guard try !store.isSound(item.number, proven) else { continue }
            // Not once for each entity: a stream is gone over from end to end.
            for origin in try store.origins(of: proven.damaged) where lookedThrough.insert(origin).inserted {
                mended += try mendHashes(of: origin, at: milliseconds)
            }
            if mended > 0 { proven = try store.proven(item.number) }
            guard try !store.isSound(item.number, proven) else { continue }
            try store.mend(id, item.number, proven)
            unsent += proven.damaged.count(where: \.isUnsent)
            try record(
                "damage", of: life.site,
                "Entity \(id.text) was not stored as its changes say (\(proven.damaged.count) of them damaged); it is "
                    + "folded again"
                    + (life.isHub ? "." : " and compared with the hub."), at: milliseconds)
            damaged.append(id)
        }
        try database.run("UPDATE recheck SET up_to = ?", last.number)
        if unsent > 0 {
            try renewOrigin(
                fresh, because: "The disk has damaged \(unsent) changes that had not been sent", at: milliseconds)
        } else if !life.isHub, isMisfiled {
            try compareBuckets()
        } else if !life.isHub, !damaged.isEmpty {
            try compare(buckets: damaged.map { Bucket.number(of: $0) })
        }
        return damaged.count + mended
    }

    /// The identifier in an entity's row is not the one that the index knows it by: the disk has damaged either of
    /// them. What the index is made of anew is what the rows say; under the right name the entity comes again.
    /// - Returns: false where it cannot be made: two rows have one identifier, which only a restore can put right.
    private mutating func mendIndex(of number: Int64, _ id: EntityID, at milliseconds: Int64) throws -> Bool {
        var isMade = true
        do {
            try database.execute("REINDEX entity")
            try database.run("DELETE FROM wanted WHERE entity = ?", number)
        } catch let error as SQLiteError where error.kind == .constraint {
            isMade = false
        }
        let text =
            "The row of entity \(id.text) is not where its index has it; "
            + (isMade && !life.isHub
                ? "the index is made anew, and all is compared."
                : "verify this site, and restore it if it reports more.")
        // What cannot be mended is found again in every round.
        let isTold = try database.first("SELECT 1 FROM incident WHERE kind = 'damage' AND text = ?", text) { _ in true }
        if isMade || isTold == nil { try record("damage", of: life.site, text, at: milliseconds) }
        return isMade
    }

    /// Holds what the hub says of all buckets against what is here; what differs is compared entity by entity.
    /// - Returns: whether all agree.
    mutating func check(_ proof: [Digest128], at milliseconds: Int64) throws -> Bool {
        let own = try store.bucketSums()
        let differing = (0..<Bucket.count).filter { own[$0] != proof[$0] }
        guard !differing.isEmpty else { return true }
        try record(
            "proof failed", of: life.site,
            "\(differing.count) of \(Bucket.count) buckets differ from the hub's; they are compared.", at: milliseconds)
        try compare(buckets: differing)
        return false
    }

    /// All of them, by their sums first.
    private mutating func compareBuckets() throws {
        guard life.comparing == .none || life.comparing == .listing else { return }
        try openAllBuckets()
        life.comparing = .buckets
    }

    private mutating func compare(buckets: [Int]) throws {
        guard life.comparing == .none || life.comparing == .listing else { return }
        for bucket in buckets {
            try database.run("INSERT OR IGNORE INTO comparing (bucket) VALUES (?)", Int64(bucket))
        }
        life.comparing = .listing
    }
}

extension SiteStore {
    /// How far the round of checks is: the number of the last entity checked, and of the last there is. 0 done between
    /// two rounds.
    public func recheckProgress() throws -> (done: Int64, all: Int64) {
        try database.first("SELECT up_to, (SELECT coalesce(max(number), 0) FROM entity) FROM recheck") {
            ($0.int64(0), $0.int64(1))
        } ?? (0, 0)
    }
}
