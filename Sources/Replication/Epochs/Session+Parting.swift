import Hashing
import SQLite

/// Two lives of one database have used the same numbers, and neither knew: the branch had been put back unnoticed, and
/// the hub that would have told it is another now. What the first life had sent comes back from whoever holds it; what
/// the second wrote is judged by nobody yet, and can be issued again. So the numbers are the first life's.
extension Session {
    /// Whether a change that nobody has judged has the number of another that counts here.
    func isParted(_ change: Change) throws -> Bool {
        guard let held = try store.condition(of: change.reference) else { return false }
        return held.condition == Schema.Condition.admitted && held.hash != change.hash
    }

    /// A push that would use such a number is refused whole: its site compares, and then is told.
    func requireOneLife(_ changes: [Change]) throws {
        for change in changes where try isParted(change) {
            throw ReplicationError(
                .forked,
                "Change \(change.reference) is not the one that another site has brought back under that number: this "
                    + "database was put back or copied.",
                remedy: "It goes on under a new origin by itself.")
        }
    }

    /// The stream goes on with what others have brought back, as far as that follows without a gap: its author's site
    /// asks what is held there, and issues its own again.
    mutating func goOnWithReturned(
        _ origin: OriginID, after chain: Chain, from peer: Peer, at milliseconds: Int64
    ) throws -> Chain {
        var chain = chain
        let rows = try database.all(
            "SELECT sequence, hash FROM log WHERE origin = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            try store.originNumber(origin), chain.number, Int64(ReplicationLimits.pointsInClaim)
        ) { (sequence: $0.uint64(0), hash: try $0.digest(1)) }
        for row in rows {
            guard row.sequence == chain.number + 1 else { break }
            chain.append(row.hash)
            try store.keepCheckpoint(of: origin, chain)
        }
        try store.advance(origin, to: chain)
        try record(
            "two lives", of: peer.site,
            "\(peer.site) has used numbers of origin \(origin) up to \(chain.number) that its own earlier changes "
                + "have: its database was put back. It issues the later ones again.", at: milliseconds)
        return chain
    }

    /// The other way round: what the second life wrote was here first. While nobody has judged it, it leaves the
    /// number.
    func givesWay(_ reference: ChangeReference) throws -> Bool {
        guard let held = try store.condition(of: reference) else { return false }
        if held.condition == Schema.Condition.waiting { return true }
        // It has left it already, and what fills its place in the stream is its hash alone.
        return try held.condition == Schema.Condition.emptied
            && store.entriesAside(reference).contains { $0.hash == held.hash }
    }

    /// What waits to be judged under a number, and what follows it, is kept out of the way. Its site is stopped at its
    /// next call, by its digest, and issues all of it again; should it never call, here it is.
    mutating func giveWay(to change: Change, from peer: Peer, at milliseconds: Int64) throws {
        let unjudged = try database.all(
            "SELECT position, sequence, hash FROM log WHERE origin = ? AND sequence >= ? AND condition = ?",
            try store.originNumber(change.origin), change.sequence, Schema.Condition.waiting
        ) { (position: $0.int64(0), sequence: $0.uint64(1), hash: try $0.digest(2)) }
        for row in unjudged {
            try setAside(
                row.position, because: "The database that wrote it had been put back: its site issues it again.",
                by: nil, at: milliseconds)
            try store.keepStub(ChangeReference(origin: change.origin, sequence: row.sequence), row.hash)
        }
        if let stub = try store.position(of: change.reference) { try store.dropStub(stub) }
        try admitAgain(change, broughtBy: peer, at: milliseconds)
        try chainAnew(change.origin, from: change.sequence)
    }
}
