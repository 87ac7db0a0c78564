import Hashing
import SQLite

/// What sites bring back to a hub that has lost it.
extension Session {
    /// Takes the next part of a stream of the site itself, with what became of each change: nothing that was admitted
    /// or refused once is judged again.
    mutating func take(_ part: StreamPart, from peer: Peer, at milliseconds: Int64) throws -> Chain {
        let owner = try database.first("SELECT site FROM origin WHERE id = ?", part.origin.raw) { $0.textOrNil(0) }
        guard owner == peer.site.text else {
            throw ReplicationError(
                .refused, "Origin \(part.origin) is not one of \(peer.site)'s.", remedy: "Claim it first.")
        }
        let tip = try store.tip(of: part.origin)
        guard part.before.number <= tip.number else {
            throw ReplicationError(
                .stale, "The part begins after change \(part.before.number); here are \(tip.number).",
                remedy: "Send from what this answer says is held.")
        }
        let isKnown = store.domain.mischief.contains(.knowsByNumber)
        guard try isKnown || store.chain(of: part.origin, at: part.before.number) == part.before else {
            throw ReplicationError(
                .forked, "The part continues a history that is not the one held here.",
                remedy: "Claim the stream again.")
        }
        let latest = milliseconds + ReplicationLimits.aheadMilliseconds
        guard part.items.allSatisfy({ ($0.change?.stamp.milliseconds ?? 0) <= latest }) else {
            throw ReplicationError(
                .tooFarAhead, "A part of stream \(part.origin) is stamped more than 10 minutes ahead of the province.",
                remedy: "Look at the clocks of the site and of this hub.")
        }
        var chain = part.before
        for item in part.items {
            if let change = item.change {
                guard change.origin == part.origin, change.sequence == chain.number + 1 else {
                    throw ReplicationError.malformed("A part holds a change that does not follow the one before.")
                }
                try change.validate()
            }
            let previous = chain
            chain.append(item.hash)
            guard chain.number > tip.number else {
                if chain.number == tip.number && chain != tip { return tip }
                continue
            }
            if case .pending(let change) = item, try isParted(change) {
                return try goOnWithReturned(part.origin, after: previous, from: peer, at: milliseconds)
            }
            try take(item, at: chain.number, of: part.origin, from: peer, at: milliseconds)
            try store.keepCheckpoint(of: part.origin, chain)
        }
        guard chain.number > tip.number else { return tip }
        try store.advance(part.origin, to: chain)
        return chain
    }

    private mutating func take(
        _ item: StreamPart.Item, at sequence: UInt64, of origin: OriginID, from peer: Peer, at milliseconds: Int64
    ) throws {
        let reference = ChangeReference(origin: origin, sequence: sequence)
        if let position = try store.position(of: reference),
            try isConfirmed(position, reference, item.hash, peer, by: peer, milliseconds)
        {
            if let change = item.change { try withdrawIfGone(change, from: peer) }
            return
        }
        switch item {
        case .pending(let change): try receive(change, from: peer, at: milliseconds)
        case .admitted(let change):
            guard !peer.isCompared else { return try receive(change, from: peer, at: milliseconds) }
            try admitAgain(change, broughtBy: nil, at: milliseconds)
        case .refused(let change, let reason):
            guard !peer.isCompared else { return try receive(change, from: peer, at: milliseconds) }
            var row = try store.rowOrNew(change.entity)
            let position = try store.hold(change, of: &row, condition: Schema.Condition.refused)
            try database.run("INSERT INTO verdict (position, reason) VALUES (?, ?)", position, reason)
        case .emptied(let hash): try store.keepStub(reference, hash)
        }
    }

    /// Whether a change that its author sends is here already, because another site, or another database of the same,
    /// had brought it back.
    mutating func isHeld(_ change: Change, from peer: Peer, at milliseconds: Int64) throws -> Bool {
        guard let position = try store.position(of: change.reference) else { return false }
        // A copy that was superseded speaks: what the one that is fed holds may be the other.
        let bringer = change.origin == peer.origin ? peer : nil
        guard try isConfirmed(position, change.reference, change.hash, peer, by: bringer, milliseconds) else {
            return false
        }
        try withdrawIfGone(change, from: peer)
        return true
    }

    /// Who has written a change holds its entity. If others had brought back already that it has left the site, nobody
    /// has told the site, which said what it holds before it sent this; while it is comparing it has yet to say it.
    private mutating func withdrawIfGone(_ change: Change, from author: Peer) throws {
        guard author.isCompared, author.origin == change.origin, !store.isForEveryone(change.entity.kind),
            try store.condition(of: change.reference)?.condition == Schema.Condition.admitted,
            let row = try store.row(change.entity), row.state.exists,
            try !store.members(of: row.number).contains(where: { $0.site == author.number })
        else { return }
        let isTold = try database.first(
            "SELECT 1 FROM withdrawal WHERE entity = ? AND site = ?", row.number, author.number
        ) { _ in true }
        if isTold == nil { try withdraw(author.number, from: row) }
    }

    /// Whether what another site had brought is what its author says; if not, it gives way to the author's word.
    private mutating func isConfirmed(
        _ position: Int64, _ reference: ChangeReference, _ hash: Digest128, _ peer: Peer, by bringer: Peer?,
        _ milliseconds: Int64
    ) throws -> Bool {
        let held = try store.condition(of: reference)
        if let held, held.hash == hash {
            try database.run("DELETE FROM returned WHERE position = ?", position)
            store.memo?.hasReturned = nil
            // Its author may not have heard that it was admitted.
            if held.condition == Schema.Condition.admitted { noteAdmitted(reference, of: peer) }
            return true
        }
        let other = try database.first("SELECT peer FROM returned WHERE position = ?", position) { $0.int64(0) }
        let name = try other.flatMap { try store.peer(number: $0)?.site.text } ?? "an earlier hub"
        try record(
            "returned otherwise", of: peer.site,
            "Change \(reference) as \(name) has brought it back is not what its author wrote. The author's stands; the "
                + "other is kept as refused.", at: milliseconds)
        try setAside(
            position, because: "Its author wrote something else under this number.", by: bringer, at: milliseconds)
        return false
    }

    /// Keeps a change out of the way of the one that its number belongs to.
    /// - Parameter peer: whose database, the one that is fed, has brought the other.
    mutating func setAside(
        _ position: Int64, because reason: String, by peer: Peer?, at milliseconds: Int64
    ) throws {
        guard let entry = try store.entry(at: position) else { return }
        try database.run("DELETE FROM returned WHERE position = ?", position)
        // Under its new number it is not what was queued: the place in the feed stays, with the hash that it had.
        try database.run(
            """
            UPDATE feed SET tag = ?, entity = NULL, position = NULL, body = ?
            WHERE position = ? AND (site = 0 OR entity = (SELECT entity FROM log WHERE position = ?3))
            """, Int64(FeedTag.emptied), entry.hash.bytes, position)
        try database.run(
            "UPDATE log SET condition = 3, sequence = ? WHERE position = ?",
            try store.asideNumber(for: entry.change.reference), position)
        try database.run("INSERT OR IGNORE INTO verdict (position, reason) VALUES (?, ?)", position, reason)
        try database.run("DELETE FROM waiting WHERE position = ?", position)
        guard entry.isAdmitted else { return }
        try store.subtract(entry.hash, from: entry.change.entity)
        _ = try store.foldAgain(entry.change.entity)
        try compareAnew(holdersOf: entry.change.entity, besides: peer)
        // What has seen it waits for nothing any longer.
        if try store.hasWaiting(), !life.isGathering, let row = try store.row(entry.change.entity) {
            try judgeWaiting(behind: [row.number], at: milliseconds)
        }
    }

    /// Whoever may have been given what does not count any longer compares again, and lets it go; so does who is being
    /// compared, and may have said already what it holds.
    private mutating func compareAnew(holdersOf entity: EntityID, besides other: Peer?) throws {
        guard let row = try store.row(entity) else { return }
        let members = store.isForEveryone(entity.kind) ? nil : try store.members(of: row.number).map(\.site)
        for peer in try store.peers() where peer.number != other?.number && !peer.isLost && !peer.isDropped {
            guard members?.contains(peer.number) ?? true else { continue }
            if peer.isCompared { try dropFeed(of: peer) }
            try database.run("UPDATE peer SET is_dropped = 1, is_counting = 0 WHERE number = ?", peer.number)
        }
    }

    /// Takes changes of whomever that a site holds as admitted and the hub lacks.
    mutating func takeReturned(_ changes: [Change], from peer: Peer, at milliseconds: Int64) throws {
        guard !peer.isCompared else { return }
        let latest = milliseconds + ReplicationLimits.aheadMilliseconds
        for change in changes {
            try change.validate()
            // It would carry the province's clock away.
            guard change.stamp.milliseconds <= latest else {
                try record(
                    "not believed", of: peer.site,
                    "\(peer.site) brought back change \(change.reference), which is stamped far ahead.",
                    at: milliseconds)
                continue
            }
            try takeReturned(change, from: peer, at: milliseconds)
        }
    }

    private mutating func takeReturned(_ change: Change, from peer: Peer, at milliseconds: Int64) throws {
        if let position = try store.position(of: change.reference) {
            return try admitHeld(change, at: position, from: peer, at: milliseconds)
        }
        guard isCredible(change) else {
            return try record(
                "not believed", of: peer.site,
                "\(peer.site) brought back change \(change.reference) as the province's, without the hub's seal.",
                at: milliseconds)
        }
        let isOwn = try database.first("SELECT site FROM origin WHERE id = ?", change.origin.raw) { $0.textOrNil(0) }
        try admitAgain(change, broughtBy: isOwn == peer.site.text ? nil : peer, at: milliseconds)
    }

    /// Admitted beats refused and waiting: what was relayed once was admitted.
    private mutating func admitHeld(
        _ change: Change, at position: Int64, from peer: Peer, at milliseconds: Int64
    ) throws {
        let held = try database.first("SELECT condition, hash FROM log WHERE position = ?", position) {
            (condition: $0.int64(0), hash: try $0.digest(1))
        }
        guard let held else { return }
        guard held.hash == change.hash else { return try takeOther(change, than: position, from: peer, milliseconds) }
        guard held.condition != Schema.Condition.admitted else { return }
        if held.condition == Schema.Condition.emptied {
            try store.dropStub(position)
            return try admitAgain(change, broughtBy: nil, at: milliseconds)
        }
        try database.run("DELETE FROM waiting WHERE position = ?", position)
        try database.run("DELETE FROM verdict WHERE position = ?", position)
        guard var row = try store.row(change.entity) else { return }
        let before = row.state
        let number = nextNumber()
        try store.release(change, at: position, onto: &row, admission: number)
        // Its author waits for a verdict, and need not see the entity any more.
        let author = try store.peer(of: change.origin)
        if let author { noteAdmitted(change.reference, of: author) }
        try distribute(
            change, at: position, number: number, row: row, before: before, author: nil, isBroughtBack: true)
        if let author { try withdrawIfGone(change, from: author) }
    }

    /// A site brings back another change than is held here under its number. What this hub wrote after it was put back,
    /// before it knew, gives way and is written again; anything else that is held stays, and what is brought is kept as
    /// refused.
    private mutating func takeOther(
        _ change: Change, than position: Int64, from peer: Peer, _ milliseconds: Int64
    ) throws {
        let isKept = try store.entriesAside(change.reference).contains { $0.hash == change.hash }
        guard !isKept else { return }
        try record(
            "returned otherwise", of: peer.site,
            "Change \(change.reference) as \(peer.site) brings it back is not what was held here.", at: milliseconds)
        if try givesWay(change.reference) { return try giveWay(to: change, from: peer, at: milliseconds) }
        let isOwn = try store.site(of: change.origin) == life.site && change.origin != life.origin
        guard isOwn, store.isSealed(change), let held = try store.entry(at: position) else {
            var row = try store.rowOrNew(change.entity)
            let place = try store.hold(
                change, of: &row, condition: Schema.Condition.refused,
                numbered: store.asideNumber(for: change.reference))
            try database.run(
                "INSERT INTO verdict (position, reason) VALUES (?, ?)", place,
                "Another change is held under this number. Reinstate it if it is to count.")
            return
        }
        try setAside(
            position, because: "The hub had been put back when it wrote this; it is written again.", by: peer,
            at: milliseconds)
        try admitAgain(change, broughtBy: nil, at: milliseconds)
        try chainAnew(change.origin, from: change.sequence)
        let before = try database.first("SELECT admission FROM log WHERE position = ?", position) { $0.uint64OrNil(0) }
        guard let written = try writeAgain(held.change, having: seen(of: held), at: milliseconds) else { return }
        // A marker that is written again is to be passed again.
        let after = try database.first("SELECT admission FROM log WHERE position = ?", written) { $0.uint64OrNil(0) }
        try database.run(
            "UPDATE once SET marker = ? WHERE marker = ? AND is_answered = 0", after ?? nil, before ?? nil)
    }

    /// One change of a stream is another now, and so is every digest from there on.
    func chainAnew(_ origin: OriginID, from sequence: UInt64) throws {
        let end = try store.tip(of: origin).number
        guard sequence > 0, sequence <= end else { return }
        var chain = try store.chain(of: origin, at: sequence - 1)
        try store.forgetCheckpoints(of: origin, above: sequence - 1)
        try store.extend(&chain, of: origin, upTo: end, keeps: true)
        try store.advance(origin, to: chain)
    }

    /// What only the province writes counts only under its seal.
    private func isCredible(_ change: Change) -> Bool {
        if store.isSealed(change) { return true }
        if case .province? = store.authority(over: change.entity.kind) { return false }
        return !change.edits.contains { edit in
            switch edit {
            case .answer: true
            case .assign(let field, _): store.domain.isProvinces(field, of: change.entity.kind)
            default: false
            }
        }
    }

    /// Makes a change part of the province that was part of it before.
    mutating func admitAgain(_ change: Change, broughtBy peer: Peer?, at milliseconds: Int64) throws {
        var row = try store.rowOrNew(change.entity)
        let number = nextNumber()
        life.clock.observe(change.stamp)
        let before = row.state
        let place = try store.keep(change, onto: &row, condition: Schema.Condition.admitted, admission: number)
        if let peer {
            try database.run("INSERT OR REPLACE INTO returned VALUES (?, ?)", place, peer.number)
            store.memo?.hasReturned = true
        }
        if let key = IdempotencyKey(bytes: change.key), store.isSealed(change) {
            try database.run(
                "INSERT OR IGNORE INTO idempotency VALUES (?, ?, ?)", key.name, key.content, place)
        }
        try distribute(
            change, at: place, number: number, row: row, before: before, author: nil, isBroughtBack: true)
        if change.entity.kind == .site { try enrolAgain(row.state) }
        if life.hasTakenOver { try noteEffects(of: change) }
        if try store.hasWaiting(), !life.isGathering { try judgeWaiting(behind: [row.number], at: milliseconds) }
    }

    /// A branch that the directory names has a feed.
    private func enrolAgain(_ state: EntityState) throws {
        let entry = DirectoryEntry(state)
        guard entry.isBranch || entry.isStandby, try store.peer(site: entry.site) == nil else { return }
        try enrolAgain(entry.site)
    }

    /// Gives a site its feed back.
    func enrolAgain(_ site: SiteID) throws {
        try database.run(
            "INSERT INTO peer (site, feed, feed_digest, is_compared) VALUES (?, 0, ?, 0)", site.text, Digest128.zero)
        store.memo?.forgetDirectory()
        let isStandby = try store.directoryEntry(of: site).map { $0.isStandby && !$0.isRevoked } ?? false
        try store.noteStandby(site, isStandby)
    }
}

extension SiteStore {
    /// Whether anything is held that another than its author has brought back.
    func hasReturned() throws -> Bool {
        let memo = memo
        if let known = memo?.hasReturned { return known }
        let found = try database.first("SELECT EXISTS (SELECT 1 FROM returned)") { $0.bool(0) } ?? false
        memo?.hasReturned = found
        return found
    }

    func position(of reference: ChangeReference) throws -> Int64? {
        try database.first(
            """
            SELECT log.position FROM log JOIN origin ON origin.number = log.origin
            WHERE origin.id = ? AND log.sequence = ?
            """, reference.origin.raw, reference.sequence
        ) { $0.int64(0) }
    }

    /// Number and hash of a change whose content was erased: they fill its place in the stream.
    func keepStub(_ reference: ChangeReference, _ hash: Digest128) throws {
        guard !domain.mischief.contains(.waitsForHoles) else {
            throw ReplicationError(.inconsistent, "Change \(reference) has no content.", remedy: "")
        }
        let placeholder = try placeholderNumber()
        try database.run(
            "INSERT INTO log VALUES (?, ?, ?, 0, ?, 0, ?, NULL, 0, 0, ?, NULL)", try nextPosition(),
            try originNumber(reference.origin), reference.sequence, placeholder, Schema.Condition.emptied, hash)
    }

    /// Makes room for the content that has come back.
    func dropStub(_ position: Int64) throws {
        try database.run("DELETE FROM log WHERE position = ?", position)
        memo?.lastPosition = nil
    }

    /// What the rows of erased changes name in place of their entity.
    static let erasedEntity = EntityID(kind: .nothing, high: 0, low: 0)

    func placeholderNumber() throws -> Int64 {
        let known = try database.first(
            "SELECT number FROM entity WHERE id = ? AND kind = 0", Self.erasedEntity.bytes, map: { $0.int64(0) })
        if let known { return known }
        try database.run(
            "INSERT INTO entity VALUES (NULL, 0, ?, 0, 1, ?, 0, 0, NULL)", Self.erasedEntity.bytes, Digest128.zero)
        return database.lastInsertedRowID
    }

    func subtract(_ hash: Digest128, from entity: EntityID) throws {
        guard let row = try row(entity) else { return }
        try database.run("UPDATE entity SET sum = ? WHERE number = ?", row.sum &- hash, row.number)
    }
}
