import Hashing
import SQLite

/// How a standby comes to hold everything: what was there before it is entered a little with each of its polls, in the
/// order of the hub's own rows, so that no turn of the writer is long and nothing is queued faster than it is read.
extension Session {
    /// Begins to tell a standby of everything anew; what it holds whole is passed over.
    mutating func enterAll(_ peer: Peer) throws {
        try database.run("UPDATE peer SET entering = 0 WHERE number = ?", peer.number)
        try database.run(
            "UPDATE member SET is_whole = 0, enter = 0 WHERE site = ? AND is_whole = 0", peer.number)
        store.forgetMembers()
    }

    /// A standby has joined with an empty database.
    mutating func enterAllAnew(_ peer: Peer) throws {
        try database.run("UPDATE member SET is_whole = 0 WHERE site = ?", peer.number)
        try enterAll(peer)
    }

    /// Goes on with it, after a poll of the standby.
    mutating func enterMore(_ peer: Peer) throws {
        guard let after = try store.peer(number: peer.number)?.entering else { return }
        let limit = ReplicationLimits.entitiesEnteredInTurn
        let unread = try database.first(
            "SELECT count(*) FROM (SELECT 1 FROM feed WHERE site = ? LIMIT ?)", peer.number, Int64(limit)
        ) { $0.int(0) }
        var room = limit - (unread ?? 0)
        guard room > 0 else { return }
        let found = try database.all(
            """
            SELECT number, kind, member.site IS NOT NULL AND (is_whole = 1 OR enter > 0) FROM entity
            LEFT JOIN member ON member.entity = entity.number AND member.site = ?
            WHERE number > ? ORDER BY number LIMIT ?
            """, peer.number, after, Int64(ReplicationLimits.entitiesLookedAtInTurn)
        ) { (number: $0.int64(0), kind: EntityKind(rawValue: UInt8(clamping: $0.int(1))), isTold: $0.bool(2)) }
        var last = after
        for item in found {
            guard room > 0 else { break }
            last = item.number
            guard !item.isTold, item.kind != .nothing, !store.isForEveryone(item.kind) else { continue }
            let row = try store.row(number: item.number)
            guard row.state.exists, case .sites = try store.audience(of: row) else { continue }
            try database.run("DELETE FROM member WHERE entity = ? AND site = ?", row.number, peer.number)
            store.forgetMembers()
            try enter(peer.number, to: row)
            room -= 1
        }
        let isDone = last == found.last?.number ?? after && found.count < ReplicationLimits.entitiesLookedAtInTurn
        try database.run("UPDATE peer SET entering = ? WHERE number = ?", isDone ? nil : last, peer.number)
    }

    /// A standby holds an entity that this hub did not take it to hold: it stays, unlike at a site that may not see it.
    mutating func keep(_ row: EntityRow, at standby: Peer, holding sum: Digest128) throws {
        try join(standby.number, to: row, enter: 0, isWhole: sum == row.sum)
        if sum != row.sum { try enterAll(standby) }
    }
}
