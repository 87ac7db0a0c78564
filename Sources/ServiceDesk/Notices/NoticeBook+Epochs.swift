import Replication
import SQLite

/// Which changes the hub tells of, over its starts and its epochs.
extension NoticeBook {
    /// To be called at a start of the hub, before anything is recorded or sent: what was being attempted when the last
    /// process ended may have been sent.
    public func begin(at now: Int64) throws {
        let life = try store.life()
        guard life.isHub else { return }
        if try knownEpoch() == nil {
            try database.run(
                """
                INSERT INTO notice_basis (only, epoch_number, epoch_random, position, since)
                SELECT 1, ?, ?, coalesce(max(position), 0), 0 FROM log
                """, Int64(life.cursor.epoch.number), life.cursor.epoch.random)
            // A database that an earlier version has left knows its epoch by the migration: without one, a hub that
            // begins in a later epoch was made of what others held.
            if life.cursor.epoch.number > 1 || life.isGathering { try beginEpoch(life, at: now) }
        }
        try database.run(
            "UPDATE notice SET state = ?, reason = ?, changed = ? WHERE state = ?", Notice.State.uncertain.rawValue,
            Notice.Reason.interrupted.rawValue, now, Notice.State.attempting.rawValue)
        _ = try basis(life, at: now)
    }

    private func knownEpoch() throws -> Epoch? {
        try database.first("SELECT epoch_number, epoch_random FROM notice_basis") {
            Epoch(number: UInt32(clamping: $0.int(0)), random: $0.uint64(1))
        }
    }

    /// Nil before the first start.
    func basis(_ life: Life, at now: Int64) throws -> Basis? {
        guard life.isHub, let epoch = try knownEpoch() else { return nil }
        if epoch != life.cursor.epoch { try beginEpoch(life, at: now) }
        return try database.first("SELECT position, since FROM notice_basis") {
            Basis(position: $0.int64(0), since: $0.int64(1))
        }
    }

    /// What was not recorded as sent may have been, by a life of the hub that this database does not know. So may what
    /// it was told of, whose stamps may run ahead of the hub's time by a bounded while.
    private func beginEpoch(_ life: Life, at now: Int64) throws {
        // What it was made of lies in the log already, and nothing will touch it: all tickets are looked through.
        try database.run(
            "UPDATE notice_basis SET epoch_number = ?, epoch_random = ?, position = 0, since = ?, looked = 0",
            Int64(life.cursor.epoch.number), life.cursor.epoch.random, now + ReplicationLimits.aheadMilliseconds)
        try database.run(
            "UPDATE notice SET state = ?, reason = ?, next = ?, changed = ? WHERE state IN (?, ?)",
            Notice.State.uncertain.rawValue, Notice.Reason.earlierEpoch.rawValue, now, now,
            Notice.State.queued.rawValue, Notice.State.attempting.rawValue)
    }

    /// Whether tickets that the epoch has begun with are still to be looked through: nothing is sent meanwhile.
    public var isLooking: Bool {
        get throws { try looked() != nil }
    }

    /// The last ticket that was; nil when all were.
    private func looked() throws -> Int64? {
        let looked = try database.first("SELECT looked FROM notice_basis") { $0.int64OrNil(0) }
        return looked ?? nil
    }

    /// Looks through some of the tickets that the epoch has begun with: one turn of the writer.
    /// - Returns: whether there are more.
    public func lookOn(at now: Int64) throws -> Bool {
        guard let basis = try basis(try store.life(), at: now), let last = try looked() else { return false }
        let tickets = try database.all(
            "SELECT entity FROM ticket WHERE entity > ? ORDER BY entity LIMIT ?", last,
            Int64(NoticeLimits.ticketsInTurn)
        ) { $0.int64(0) }
        // What is wrong with one of them is found again when it changes.
        _ = try recordEach(tickets, basis, at: now)
        let next: Int64? = tickets.count < NoticeLimits.ticketsInTurn ? nil : tickets.last
        try database.run("UPDATE notice_basis SET looked = ?", next)
        return next != nil
    }
}
