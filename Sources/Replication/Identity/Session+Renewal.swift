import Hashing
import SQLite

/// A database that was put back or copied takes a new origin, so that no number is ever used twice: at once, even
/// without the hub. What it wrote under the old one is held against what the hub has of it when the line is up.
extension Session {
    /// Takes a new origin.
    /// - Parameters:
    ///   - origin: 64 bits that the shell has drawn.
    ///   - reason: what gave the database away, in words for an administrator.
    ///   - milliseconds: province time.
    public mutating func renewOrigin(_ origin: OriginID, because reason: String, at milliseconds: Int64) throws {
        if store.domain.mischief.contains(.keepsOrigin) { return }
        let old = life.origin
        try follow(streamOf: old)
        _ = try store.originNumber(origin, site: life.site)
        life.origin = origin
        life.chain = .start
        life.acknowledged = .start
        life.markedSent = 0
        life.isCopy = false
        hasWritten = false
        try database.run("DELETE FROM start")
        try database.run("INSERT INTO start VALUES (?, 1, 0)", Int64(life.start))
        let cause = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        try record(
            "new origin", of: life.site,
            "\(cause). It goes on as \(origin) in place of \(old); no number of either is used twice.",
            at: milliseconds)
        guard !life.isHub else { return }
        life.isAnnounced = false
        // The feed begins anew: what was to be acknowledged or asked for has no number in it.
        life.cursor = FeedCursor(epoch: life.cursor.epoch, chain: .start)
        for table in ["DELETE FROM wanted", "DELETE FROM withdrawn"] as [SQL] { try database.run(table) }
        try compareAnew()
    }

    /// Puts a stream of this site among those that are held against the hub's.
    mutating func follow(streamOf origin: OriginID) throws {
        guard try store.tip(of: origin).number > 0 || origin == life.origin && life.chain.number > 0 else { return }
        if origin == life.origin { try store.advance(origin, to: life.chain) }
        try database.run(
            """
            INSERT INTO own_stream (origin) VALUES (?)
            ON CONFLICT (origin) DO UPDATE SET is_settled = 0, common = 0, tip = NULL
            """, try store.originNumber(origin))
    }

    /// Begins to compare with the hub from the first step on.
    ///
    /// The feed that was read so far is no more, and verdicts may have stood in it: the hub repeats them when it is
    /// asked about their stream.
    mutating func compareAnew() throws {
        life.comparing = .due
        for table in ["DELETE FROM comparing", "DELETE FROM to_return"] as [SQL] { try database.run(table) }
        if life.acknowledged.number > 0 { try follow(streamOf: life.origin) }
        try database.run(
            """
            UPDATE own_stream SET is_settled = 0, common = 0, tip = NULL
            WHERE EXISTS (SELECT 1 FROM log WHERE log.origin = own_stream.origin AND condition = 0)
            """)
    }
}
