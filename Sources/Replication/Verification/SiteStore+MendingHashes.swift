import Hashing
import SQLite

/// Hashes that the disk has damaged, though the changes that they stand for are whole: the kept digests of the stream
/// prove which of the two is right.
extension SiteStore {
    private struct Mended {
        let position: Int64
        let hash: Digest128
    }

    /// Rights the stored hashes of a stream between those of its kept digests that do not fit them. Where another
    /// damage lies beside, nothing is proved, and nothing is touched.
    /// - Parameter tip: where the stream ends.
    /// - Returns: how many were right once computed again.
    func mendHashes(of origin: OriginID, upTo tip: Chain) throws -> Int {
        let local = try originNumber(origin)
        var kept = try database.all(
            "SELECT position, digest FROM checkpoint WHERE origin = ? AND position < ? ORDER BY position", local,
            tip.number
        ) { Chain(number: $0.uint64(0), digest: try $0.digest(1)) }
        kept.append(tip)
        var (known, count) = (Chain.start, 0)
        for next in kept {
            defer { known = next }
            let stored = try? extended(known, of: origin, upTo: next.number)
            guard stored != next, let mended = try mended(local, after: known, upTo: next) else { continue }
            for item in mended {
                try database.run("UPDATE log SET hash = ? WHERE position = ?", item.hash, item.position)
            }
            count += mended.count
        }
        return count
    }

    /// Number and hash of a change of which only the content is damaged, as the digests around it prove; nil where they
    /// do not, or the stream is not held whole.
    func provenPlace(_ position: Int64) throws -> (reference: ChangeReference, hash: Digest128)? {
        let row = try database.first(
            """
            SELECT origin.id, sequence, hash FROM log JOIN origin ON origin.number = log.origin
            WHERE log.position = ? AND sequence > 0
            """, position
        ) { (origin: OriginID(raw: $0.uint64(0)), sequence: $0.uint64(1), hash: $0.digest128(2)) }
        guard let row, let hash = row.hash else { return nil }
        let life = try life()
        let tip = life.origin == row.origin ? life.chain : try tip(of: row.origin)
        guard row.sequence <= tip.number else { return nil }
        let next =
            try database.first(
                """
                SELECT position, digest FROM checkpoint
                WHERE origin = ? AND position >= ? AND position < ? ORDER BY position LIMIT 1
                """, try originNumber(row.origin), row.sequence, tip.number
            ) { Chain(number: $0.uint64(0), digest: try $0.digest(1)) } ?? tip
        let known =
            try database.first(
                """
                SELECT position, digest FROM checkpoint
                WHERE origin = ? AND position < ? ORDER BY position DESC LIMIT 1
                """, try originNumber(row.origin), row.sequence
            ) { Chain(number: $0.uint64(0), digest: try $0.digest(1)) } ?? .start
        guard let chain = try? extended(known, of: row.origin, upTo: next.number), chain == next else { return nil }
        return (ChangeReference(origin: row.origin, sequence: row.sequence), hash)
    }

    private func extended(_ known: Chain, of origin: OriginID, upTo number: UInt64) throws -> Chain {
        var chain = known
        try extend(&chain, of: origin, upTo: number)
        return chain
    }

    /// The rows whose hashes are others when they are computed; nil unless the chain over those ends in `next`.
    private func mended(_ origin: Int64, after known: Chain, upTo next: Chain) throws -> [Mended]? {
        var chain = known
        var found: [Mended] = []
        try forEachStored(of: origin, after: known.number, upTo: next.number) { position, sequence, stored, content in
            guard case .entry(let entry) = content, entry.change.hash != stored else {
                if let stored { chain.append(stored, number: sequence) }
                return
            }
            chain.append(entry.change.hash, number: sequence)
            found.append(Mended(position: position, hash: entry.change.hash))
        }
        return chain == next && !found.isEmpty ? found : nil
    }
}

extension Session {
    /// Rights the stored hashes of a stream, and says so.
    /// - Returns: how many were wrong.
    @discardableResult
    mutating func mendHashes(of origin: OriginID, at milliseconds: Int64) throws -> Int {
        let tip = origin == life.origin ? life.chain : try store.tip(of: origin)
        let count = try store.mendHashes(of: origin, upTo: tip)
        guard count > 0 else { return 0 }
        try record(
            "damage", of: life.site,
            "The hashes kept of \(count) changes of origin \(origin) were damaged; the changes are whole, as the "
                + "stream's digests prove, and so are the hashes again.", at: milliseconds)
        return count
    }
}
