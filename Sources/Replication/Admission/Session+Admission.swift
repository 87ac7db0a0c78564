import Hashing
import SQLite

/// Admission at the hub: each change on its own is admitted, waits, or is refused; one bad change holds up nothing
/// else.
extension Session {
    /// Takes the next change of a branch's stream: judges it and stores it.
    mutating func receive(_ change: Change, from peer: Peer, at milliseconds: Int64) throws {
        // What a creation is of has hardly ever been heard of: it is looked for only when it turns out to be there.
        if change.creation != nil {
            var row = EntityRow(unheard: change.entity)
            do { return try receive(change, onto: &row, from: peer, at: milliseconds) } catch is EntityExists {}
        }
        var row = try store.rowOrNew(change.entity)
        try receive(change, onto: &row, from: peer, at: milliseconds)
    }

    private mutating func receive(
        _ change: Change, onto row: inout EntityRow, from peer: Peer, at milliseconds: Int64
    ) throws {
        switch try judge(change, onto: row, from: peer, before: nil) {
        case .admit: _ = try admit(change, onto: &row, waitingAt: nil, from: peer, at: milliseconds)
        case .wait(let needs):
            let position = try store.hold(change, of: &row, condition: Schema.Condition.waiting)
            try database.run(
                "INSERT INTO waiting VALUES (?, ?, ?, ?)", position, peer.site.text, row.number, needs)
            store.memo?.hasWaiting = true
            return
        case .refuse(let reason):
            let position = try store.hold(change, of: &row, condition: Schema.Condition.refused)
            try refuse(change, at: position, reason: reason, peer: peer)
        }
        if try store.hasWaiting() { try judgeWaiting(behind: row.number, at: milliseconds) }
    }

    /// - Parameter before: the log position of a change that has been waiting; only those before it are in its way.
    private func judge(
        _ change: Change, onto row: EntityRow, from peer: Peer, before position: Int64?
    ) throws -> Judgement {
        if life.isGathering { return .wait("the other sites, which this hub has to hear first in its new epoch") }
        if peer.isStandby { return .refuse("\(peer.site) is a standby and takes no work. \(Life.whereToWrite)") }
        if try isBehind(row, peer, before: position) {
            return .wait("an earlier change of this site that is waiting itself")
        }
        if change.creation == nil && !row.state.exists {
            return try hasRefusedCreation(row, for: change, of: peer)
                ? .refuse("The creation of this entity was refused; reinstate that first.")
                : .wait("the creation of entity \(change.entity.text)")
        }
        for reference in change.seen.entries where !row.state.vector.covers(reference) {
            guard try isRefused(reference) else { return .wait("change \(reference), which this one has seen") }
        }
        // Who creates what nobody knows needs no right to see it.
        let isMember = try row.state.exists && isMember(peer, of: row.number, at: change.reference)
        return try store.judge(
            change, before: row.state, author: Author(site: peer.site, isHub: false, isMember: isMember))
    }

    private func isBehind(_ row: EntityRow, _ peer: Peer, before position: Int64?) throws -> Bool {
        guard try store.hasWaiting() else { return false }
        return try database.first(
            "SELECT 1 FROM waiting WHERE entity = ? AND site = ? AND position < ?", row.number, peer.site.text,
            position ?? Int64.max
        ) { _ in true } ?? false
    }

    private func isRefused(_ reference: ChangeReference) throws -> Bool {
        let isRefused = try database.first(
            """
            SELECT condition FROM log JOIN origin ON origin.number = log.origin
            WHERE origin.id = ? AND sequence = ?
            """, reference.origin.raw, reference.sequence
        ) { $0.int64(0) == Schema.Condition.refused }
        return try isRefused ?? false || !store.entriesAside(reference).isEmpty
    }

    /// Whether a change builds on a creation that was refused: its own site's, or one that it has seen. Another site's
    /// that it has not seen may be a second one, and its own still to come.
    private func hasRefusedCreation(_ row: EntityRow, for change: Change, of peer: Peer) throws -> Bool {
        try store.refusals(of: row.number).contains { refusal in
            guard refusal.entry.change.creation != nil else { return false }
            return try change.seen.covers(refusal.entry.change.reference)
                || store.peer(of: refusal.entry.change.origin)?.site == peer.site
        }
    }

    /// Edits that a site made before it acknowledged a withdraw are judged under the old rights.
    private func isMember(_ peer: Peer, of entity: Int64, at change: ChangeReference) throws -> Bool {
        if try store.members(of: entity).contains(where: { $0.site == peer.number }) { return true }
        return try database.first(
            "SELECT sequence FROM withdrawal WHERE entity = ? AND site = ?", entity, peer.number
        ) { row in
            // What an earlier database of the site wrote is from before.
            row.uint64OrNil(0).map { change.origin != peer.origin || change.sequence <= $0 } ?? true
        } ?? false
    }

    /// Makes a change part of the province: fold, audience, feeds, verdict and consequences in one transaction.
    /// - Parameter from: its author's peer; nil for the hub's own.
    /// - Returns: the position in the log.
    mutating func admit(
        _ change: Change, onto row: inout EntityRow, waitingAt position: Int64?, from peer: Peer?,
        at milliseconds: Int64
    ) throws -> Int64 {
        let number = nextNumber()
        life.clock.observe(change.stamp)
        let before = row.state
        let place: Int64
        if let position {
            try store.release(change, at: position, onto: &row, admission: number)
            place = position
        } else {
            place = try store.keep(change, onto: &row, condition: Schema.Condition.admitted, admission: number)
        }
        changesReadAgain += row.readAgain
        if let peer { noteAdmitted(change.reference, of: peer) }
        try distribute(change, at: place, number: number, row: row, before: before, author: peer)
        for draft in try store.domain.consequences(of: change, before: before, after: row.state, in: database) {
            _ = try write(draft, at: milliseconds)
        }
        return place
    }

    private mutating func refuse(_ change: Change, at position: Int64, reason: String, peer: Peer) throws {
        refusedBytes[peer.site, default: 0] += change.storedBody.count + ReplicationLimits.bytesBesideRefused
        try database.run("INSERT INTO verdict (position, reason) VALUES (?, ?)", position, reason)
        if store.domain.mischief.contains(.forgetsVerdicts) { return }
        try flushVerdicts()
        let entry = FeedEntry(number: nextNumber(), content: .refused(change.reference, reason: reason))
        try queue(entry, for: peer.number, entity: nil)
    }

    /// After a verdict on an entity, what waited on it may be judged.
    private mutating func judgeWaiting(behind entity: Int64, at milliseconds: Int64) throws {
        try judgeWaiting("WHERE entity = ? ", [entity], at: milliseconds)
    }

    /// Goes on with what an earlier transaction left ``unjudged``.
    public mutating func judgeWaiting(behind entities: [Int64], at milliseconds: Int64) throws {
        for entity in entities { try judgeWaiting(behind: entity, at: milliseconds) }
    }

    /// After a standard was published or the software upgraded, everything that waits is looked at again, as far as
    /// one turn goes.
    public mutating func judgeAllWaiting(at milliseconds: Int64) throws {
        try judgeWaiting("", [], at: milliseconds)
    }

    private mutating func judgeWaiting(
        _ condition: SQL, _ values: [(any SQLiteBindable)?], at milliseconds: Int64
    ) throws {
        var hasProgressed = true
        while hasProgressed {
            hasProgressed = false
            let waiting = try database.all(
                "SELECT position, site, entity FROM waiting " + condition + "ORDER BY position", values: values
            ) { (position: $0.int64(0), queue: WaitingQueue(site: $0.text(1), entity: $0.int64(2))) }
            // What stands behind one that goes on waiting need not be looked at: a site may keep thousands waiting.
            var blocked: Set<WaitingQueue> = []
            for item in waiting where !blocked.contains(item.queue) {
                guard !hasHadItsTurn else { return leave(waiting.map(\.queue.entity)) }
                if try judgeAgain(item.position, at: milliseconds) {
                    hasProgressed = true
                } else {
                    blocked.insert(item.queue)
                }
            }
        }
    }

    private mutating func leave(_ entities: [Int64]) {
        unjudged = Set(unjudged + entities).sorted()
    }

    /// Changes of one site to one entity wait behind one another.
    private struct WaitingQueue: Hashable {
        let site: String
        let entity: Int64
    }

    /// - Returns: whether the change does not wait any longer.
    private mutating func judgeAgain(_ position: Int64, at milliseconds: Int64) throws -> Bool {
        guard let entry = try store.entry(at: position), let peer = try store.peer(of: entry.change.origin),
            var row = try store.row(entry.change.entity)
        else { return false }
        switch try judge(entry.change, onto: row, from: peer, before: position) {
        case .wait(let needs):
            try database.run("UPDATE waiting SET needs = ? WHERE position = ?", needs, position)
            return false
        case .admit:
            try database.run("DELETE FROM waiting WHERE position = ?", position)
            _ = try admit(entry.change, onto: &row, waitingAt: position, from: peer, at: milliseconds)
        case .refuse(let reason):
            try database.run("DELETE FROM waiting WHERE position = ?", position)
            try database.run("UPDATE log SET condition = 3 WHERE position = ?", position)
            try refuse(entry.change, at: position, reason: reason, peer: peer)
        }
        return true
    }
}
