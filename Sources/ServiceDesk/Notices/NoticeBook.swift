import Replication
import SQLite
import Standards

/// The hub's notices: recorded in the transaction that brings the changes, so that a node that is killed has committed
/// both or neither, and named by the change, so that every copy of it is one.
public struct NoticeBook {
    /// Which changes count.
    struct Basis {
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

    /// Records what the tickets owe, and cancels what is not owed any more and not sent yet.
    /// - Parameters:
    ///   - tickets: those that a transaction has changed, by their rows' numbers.
    ///   - now: province time.
    /// - Throws: what the store does, at once; what is wrong with a ticket, after all others.
    public func record(_ tickets: [Int64], at now: Int64) throws {
        guard let basis = try basis(try store.life(), at: now) else { return }
        let concerned = store.domain.mischief.contains(.forgetsToTell) ? Array(tickets.suffix(1)) : tickets
        if let failure = try recordEach(concerned, basis, at: now) { throw failure }
    }

    /// - Returns: the first failure that is a ticket's own, which keeps none of the others back.
    func recordEach(_ tickets: [Int64], _ basis: Basis, at now: Int64) throws -> (any Error)? {
        var failure: (any Error)?
        for ticket in tickets {
            do {
                try record(ticket, basis, at: now)
            } catch let error as SQLiteError {
                throw error
            } catch {
                failure = failure ?? error
            }
        }
        return failure
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
            // At once, also if the hub's clock ran ahead and is set back before it is sent.
            parameters.add(Int64(0))
            parameters.add(now)
            parameters.add(now)
        }
        // A step that was overtaken for a while counts again once nothing stands before it.
        try database.run(
            """
            UPDATE notice SET
                state = CASE WHEN ?1 OR reason = ?2 THEN ?3 ELSE ?4 END,
                reason = CASE WHEN ?1 OR reason = ?2 THEN ?5 END, next = 0, changed = ?6
            WHERE origin = ?7 AND sequence = ?8 AND state = ?9 AND reason IN (?2, ?10)
            """, Int64(isDoubtful ? 1 : 0), Notice.Reason.overtakenInDoubt.rawValue, Notice.State.uncertain.rawValue,
            Notice.State.queued.rawValue, Notice.Reason.earlierEpoch.rawValue, now, owed.change.origin.raw,
            owed.change.sequence, Notice.State.cancelled.rawValue, Notice.Reason.overtaken.rawValue)
    }

    private func cancelOthers(than owed: Set<ChangeReference>, of ticket: Int64, at now: Int64) throws {
        let open = try database.all(
            "SELECT number, origin, sequence, state FROM notice WHERE entity = ? AND state IN (?, ?)", ticket,
            Notice.State.queued.rawValue, Notice.State.uncertain.rawValue
        ) { (number: $0.int64(0), change: Self.reference($0, 1), state: $0.int64(3)) }
        for notice in open where !owed.contains(notice.change) {
            let isDoubtful = notice.state == Int64(Notice.State.uncertain.rawValue)
            let reason = isDoubtful ? Notice.Reason.overtakenInDoubt : .overtaken
            try database.run(
                "UPDATE notice SET state = ?, reason = ?, changed = ? WHERE number = ?",
                Notice.State.cancelled.rawValue, reason.rawValue, now, notice.number)
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
