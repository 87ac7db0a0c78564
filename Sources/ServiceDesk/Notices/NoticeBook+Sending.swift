import Replication
import SQLite

extension NoticeBook {
    private static let columns: SQL = """
        SELECT notice.number, notice.origin, notice.sequence, entity.id, notice.entity, notice.step, notice.stage,
            notice.state, notice.reason, notice.attempts, notice.next, notice.recorded, notice.changed,
            notice.channel, notice.template, notice.actor
        FROM notice JOIN entity ON entity.number = notice.entity
        """

    private static func notice(_ row: Row) -> Notice? {
        guard let ticket = EntityID(kind: .ticket, bytes: row.blob(3)), let state = Notice.State(rawValue: row.int64(7))
        else { return nil }
        return Notice(
            number: row.int64(0), change: reference(row, 1), ticket: ticket, entity: row.int64(4), step: row.text(5),
            stage: row.text(6), state: state, reason: row.textOrNil(8).flatMap(Notice.Reason.init(rawValue:)),
            attempts: row.int(9), next: row.int64(10), recorded: row.int64(11), changed: row.int64(12),
            channel: row.textOrNil(13), template: row.textOrNil(14), actor: row.textOrNil(15))
    }

    /// What is to be sent next, or when. Those of one ticket go in the order of their steps.
    /// - Parameter repeatsUncertain: whether the channel honours keys, so that what may have been sent goes again.
    public func next(at now: Int64, repeatsUncertain: Bool) throws -> (notice: Notice?, later: Int64?) {
        let states: [Notice.State] = repeatsUncertain ? [.queued, .uncertain] : [.queued]
        var due: [Notice] = []
        for state in states {
            let found = try database.first(
                repeatsUncertain ? Self.dueOfOpen : Self.dueOfQueued, state.rawValue, now, map: Self.notice)
            if let notice = found ?? nil { due.append(notice) }
        }
        if let notice = due.min(by: { ($0.next, $0.number) < ($1.next, $1.number) }) { return (notice, nil) }
        var later: [Int64] = []
        for state in states {
            let found = try database.first(
                "SELECT min(next) FROM notice WHERE state = ? AND next > ?", state.rawValue, now
            ) { $0.int64OrNil(0) }
            if let time = found ?? nil { later.append(time) }
        }
        return (nil, later.min())
    }

    /// The first that is due of one state, where nothing that is queued stands before it.
    static let dueOfQueued: SQL =
        columns + """
             WHERE notice.state = ? AND notice.next <= ? AND NOT EXISTS (
                SELECT 1 FROM notice AS earlier WHERE earlier.entity = notice.entity
                    AND earlier.number < notice.number AND +earlier.state = 0)
            ORDER BY notice.next, notice.number LIMIT 1
            """

    /// The same, where nothing that is queued or uncertain does.
    static let dueOfOpen: SQL =
        columns + """
             WHERE notice.state = ? AND notice.next <= ? AND NOT EXISTS (
                SELECT 1 FROM notice AS earlier WHERE earlier.entity = notice.entity
                    AND earlier.number < notice.number AND +earlier.state IN (0, 6))
            ORDER BY notice.next, notice.number LIMIT 1
            """

    /// - Returns: false where it has come to another state meanwhile: it was dropped, or its step overtaken.
    public func mark(_ mark: NoticeMark, _ notice: Notice, at now: Int64) throws -> Bool {
        let states = mark.state == .attempting || mark.isWithoutAttempt ? [notice.state] : [.attempting]
        guard let present = try find(notice.change)?.state, states.contains(present) else { return false }
        try database.run(
            """
            UPDATE notice SET state = ?, reason = ?, attempts = ?, next = ?, changed = ?,
                channel = coalesce(?, channel), template = coalesce(?, template) WHERE number = ?
            """
        ) { parameters in
            parameters.add(mark.state.rawValue)
            parameters.add(mark.reason?.rawValue)
            parameters.add(Int64(mark.attempts))
            parameters.add(mark.next)
            parameters.add(now)
            parameters.add(mark.channel)
            parameters.add(mark.template)
            parameters.add(notice.number)
        }
        // Its step may have been overtaken during the attempt, when nothing is cancelled.
        if mark.state == .queued { try recordAgain(notice.entity, at: now) }
        return true
    }

    /// What is wrong with the ticket does not undo what came of an attempt.
    private func recordAgain(_ ticket: Int64, at now: Int64) throws {
        do { try record([ticket], at: now) } catch let error as SQLiteError { throw error } catch {}
    }

    public func find(_ change: ChangeReference) throws -> Notice? {
        try database.first(
            Self.columns + " WHERE notice.origin = ? AND notice.sequence = ?", change.origin.raw, change.sequence,
            map: Self.notice) ?? nil
    }

    /// The newest first.
    /// - Parameter before: only those with a lower number.
    public func list(
        state: Notice.State?, ticket: Int64?, before: Int64?, limit: Int
    ) throws -> [Notice] {
        // Only conditions that are meant: with others beside them no index would serve.
        var statement: SQL = Self.columns + " WHERE notice.number < ?"
        var values: [(any SQLiteBindable)?] = [before ?? Int64.max]
        if let state {
            statement = statement + " AND notice.state = ?"
            values.append(state.rawValue)
        }
        if let ticket {
            statement = statement + " AND notice.entity = ?"
            values.append(ticket)
        }
        values.append(Int64(limit))
        return try database.all(
            statement + " ORDER BY notice.number DESC LIMIT ?", values: values, map: Self.notice
        ).compactMap(\.self)
    }

    /// How many are in a state.
    public func count(_ state: Notice.State) throws -> Int {
        try database.first("SELECT count(*) FROM notice WHERE state = ?", state.rawValue) { $0.int(0) } ?? 0
    }

    /// Whether anything was sent of a ticket that nobody is known to have read.
    public func hasSent(of ticket: EntityID) throws -> Bool {
        guard let row = try store.row(ticket) else { return false }
        return try database.first(
            "SELECT 1 FROM notice WHERE entity = ? AND state = ?", row.number, Notice.State.sent.rawValue
        ) { _ in true } ?? false
    }

    /// A person has it sent, from the beginning: what is uncertain or has failed.
    /// - Throws: ``DeskError`` where it is neither.
    public func send(_ notice: Notice, actor: String, at now: Int64) throws {
        try require(notice, [.uncertain, .failed], "sent by hand")
        try decide(notice, .queued, nil, actor, at: now)
    }

    /// A person has decided that it is not sent any more.
    /// - Throws: ``DeskError`` where it was sent, or was cancelled before.
    public func drop(_ notice: Notice, actor: String, at now: Int64) throws {
        try require(notice, [.queued, .uncertain, .failed], "dropped")
        try decide(notice, .cancelled, .dropped, actor, at: now)
    }

    private func require(_ notice: Notice, _ states: [Notice.State], _ what: String) throws {
        guard !states.contains(notice.state) else { return }
        throw DeskError(
            .wrongState, "Notice \(notice.change) is \(notice.state.word) and cannot be \(what).",
            remedy: "Only those that are \(states.map(\.word).joined(separator: ", ")) can.")
    }

    private func decide(
        _ notice: Notice, _ state: Notice.State, _ reason: Notice.Reason?, _ actor: String, at now: Int64
    ) throws {
        try database.run(
            """
            UPDATE notice SET state = ?, reason = ?, attempts = 0, next = ?, changed = ?, actor = ? WHERE number = ?
            """, state.rawValue, reason?.rawValue, now, now, actor, notice.number)
    }

    /// The customer has opened the link: what was sent of the ticket is read.
    /// - Returns: how many are.
    @discardableResult
    public func noteRead(of ticket: EntityID, at now: Int64) throws -> Int {
        guard let row = try store.row(ticket) else { return 0 }
        return try database.run(
            "UPDATE notice SET state = ?, changed = ? WHERE entity = ? AND state = ?", Notice.State.read.rawValue, now,
            row.number, Notice.State.sent.rawValue)
    }
}
