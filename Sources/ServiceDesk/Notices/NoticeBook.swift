import Replication
import SQLite
import Standards

/// The hub's notices: recorded in the transaction that brings the changes, so that a node that is killed has committed
/// both or neither, and named by the change, so that every copy of it is one.
public struct NoticeBook {
    /// Which changes count.
    private struct Basis {
        /// Of the first epoch: what lies up to here in the log was there before anybody was told anything.
        let position: Int64
        /// In milliseconds since 1970: a hub of an earlier epoch may have told of what is stamped before; 0 for none.
        let since: Int64
    }

    let store: SiteStore
    let shelf: PackShelf
    var database: Database { store.database }

    public init(_ store: SiteStore, shelf: PackShelf) {
        self.store = store
        self.shelf = shelf
    }

    /// To be called at a start of the hub, before anything is recorded or sent: what was being attempted when the last
    /// process ended may have been sent.
    public func begin(at now: Int64) throws {
        let life = try store.life()
        guard life.isHub else { return }
        if try knownEpoch() == nil {
            try database.run(
                "INSERT INTO notice_basis SELECT 1, ?, ?, coalesce(max(position), 0), 0 FROM log",
                Int64(life.cursor.epoch.number), life.cursor.epoch.random)
            // A hub that begins in a later epoch was made of what others held.
            if life.cursor.epoch.number > 1 || life.isGathering { try beginEpoch(life, at: now) }
        }
        try database.run(
            "UPDATE notice SET state = ?, reason = ?, changed = ? WHERE state = ?", Notice.State.uncertain.rawValue,
            Notice.Reason.interrupted.rawValue, now, Notice.State.attempting.rawValue)
        _ = try basis(life, at: now)
    }

    /// Records what the tickets owe, and cancels what is not owed any more and not sent yet.
    /// - Parameters:
    ///   - tickets: those that a transaction has changed, by their rows' numbers.
    ///   - now: province time.
    public func record(_ tickets: [Int64], at now: Int64) throws {
        guard let basis = try basis(try store.life(), at: now) else { return }
        for ticket in tickets { try record(ticket, basis, at: now) }
    }

    private func record(_ ticket: Int64, _ basis: Basis, at now: Int64) throws {
        let row = try store.row(number: ticket)
        guard row.state.exists, let type = try type(of: row), type.transitions.contains(where: \.notifies) else {
            return
        }
        let owed = NoticesOwed(try store.entries(of: ticket), type: type).owed
        for one in owed where one.position > basis.position {
            let isDoubtful = one.milliseconds < basis.since
            guard !isDoubtful || one.milliseconds >= basis.since - NoticeLimits.oldestMilliseconds else { continue }
            try insert(one, ticket, isDoubtful, at: now)
        }
        try cancelOthers(than: Set(owed.map(\.change)), of: ticket, at: now)
    }

    private func insert(_ owed: NoticesOwed.Owed, _ ticket: Int64, _ isDoubtful: Bool, at now: Int64) throws {
        let state: Notice.State = isDoubtful ? .uncertain : .queued
        let reason: Notice.Reason? = isDoubtful ? .earlierEpoch : nil
        try database.run(
            """
            INSERT OR IGNORE INTO notice
                (origin, sequence, entity, step, stage, state, reason, next, recorded, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ) { parameters in
            parameters.add(owed.change.origin.raw)
            parameters.add(owed.change.sequence)
            parameters.add(ticket)
            parameters.add(owed.step)
            parameters.add(owed.stage)
            parameters.add(state.rawValue)
            parameters.add(reason?.rawValue)
            parameters.add(now)
            parameters.add(now)
            parameters.add(now)
        }
        // A step that was overtaken for a while counts again once nothing stands before it.
        try database.run(
            """
            UPDATE notice SET state = ?, reason = NULL, next = ?, changed = ?
            WHERE origin = ? AND sequence = ? AND state = ? AND reason = ?
            """, Notice.State.queued.rawValue, now, now, owed.change.origin.raw, owed.change.sequence,
            Notice.State.cancelled.rawValue, Notice.Reason.overtaken.rawValue)
    }

    private func cancelOthers(than owed: Set<ChangeReference>, of ticket: Int64, at now: Int64) throws {
        let open = try database.all(
            "SELECT number, origin, sequence FROM notice WHERE entity = ? AND state = ?", ticket,
            Notice.State.queued.rawValue
        ) { (number: $0.int64(0), change: Self.reference($0, 1)) }
        for notice in open where !owed.contains(notice.change) {
            try database.run(
                "UPDATE notice SET state = ?, reason = ?, changed = ? WHERE number = ?",
                Notice.State.cancelled.rawValue, Notice.Reason.overtaken.rawValue, now, notice.number)
        }
    }

    static func reference(_ row: Row, _ column: Int) -> ChangeReference {
        ChangeReference(origin: OriginID(raw: row.uint64(column)), sequence: row.uint64(column + 1))
    }

    /// The type of a ticket, from the standard that it was opened under; nil while that is not here.
    public func type(of row: EntityRow) throws -> TicketType? { try standing(of: row)?.type }

    /// The same with its standard.
    public func standing(of row: EntityRow) throws -> (pack: StandardPack, type: TicketType)? {
        let name = row.state[TicketField.pack].bytesValue.flatMap { EntityID(kind: .standard, bytes: $0) }
        guard let pack = try name.flatMap({ try shelf.pack($0, in: store) }),
            let type = row.state[TicketField.type].textValue.flatMap({ pack.ticketType($0) })
        else { return nil }
        return (pack, type)
    }
}

extension NoticeBook {
    private func knownEpoch() throws -> Epoch? {
        try database.first("SELECT epoch_number, epoch_random FROM notice_basis") {
            Epoch(number: UInt32(clamping: $0.int(0)), random: $0.uint64(1))
        }
    }

    /// Nil before the first start.
    private func basis(_ life: Life, at now: Int64) throws -> Basis? {
        guard life.isHub, let epoch = try knownEpoch() else { return nil }
        if epoch != life.cursor.epoch { try beginEpoch(life, at: now) }
        return try database.first("SELECT position, since FROM notice_basis") {
            Basis(position: $0.int64(0), since: $0.int64(1))
        }
    }

    /// What was not recorded as sent may have been, by a life of the hub that this database does not know. So may what
    /// it was told of, whose stamps may run ahead of the hub's time by a bounded while.
    private func beginEpoch(_ life: Life, at now: Int64) throws {
        let since = now + ReplicationLimits.aheadMilliseconds
        try database.run(
            "UPDATE notice_basis SET epoch_number = ?, epoch_random = ?, position = 0, since = ?",
            Int64(life.cursor.epoch.number), life.cursor.epoch.random, since)
        try database.run(
            "UPDATE notice SET state = ?, reason = ?, next = ?, changed = ? WHERE state IN (?, ?)",
            Notice.State.uncertain.rawValue, Notice.Reason.earlierEpoch.rawValue, now, now,
            Notice.State.queued.rawValue, Notice.State.attempting.rawValue)
        // What it was made of lies in the log already, and nothing will touch it.
        let basis = Basis(position: 0, since: since)
        let oldest = Stamp(milliseconds: since - NoticeLimits.oldestMilliseconds)
        for ticket in try database.all(
            """
            SELECT DISTINCT log.entity FROM log CROSS JOIN ticket ON ticket.entity = log.entity
            WHERE log.stamp >= ? ORDER BY log.entity
            """, oldest.raw, map: { $0.int64(0) })
        {
            try record(ticket, basis, at: now)
        }
    }
}
