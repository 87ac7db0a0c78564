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
