import Hashing
import SQLite

/// A hub is made of a standby: everything that the standby's database holds as admitted comes back, as from a site in a
/// new epoch, before anybody else is heard. What was on its way, waited or was refused comes with the sites' own
/// streams, as after every loss of a hub.
extension Session {
    /// Takes a part of what the standby holds, in the order of its log.
    public mutating func takeOver(_ changes: [Change], from standby: SiteID, at milliseconds: Int64) throws {
        if try store.peer(site: standby) == nil { try enrolAgain(standby) }
        guard life.isGathering, let peer = try store.peer(site: standby), !peer.isCompared else {
            throw ReplicationError(
                .refused, "\(life.site) has not begun the epoch in which it could take over from \(standby).",
                remedy: "Remove what was begun, and type `tributary hub promote` again.")
        }
        life.hasTakenOver = true
        try takeReturned(changes, from: peer, at: milliseconds)
    }

    /// What comes back says of effects that they were granted, or that they were sent.
    func noteEffects(of change: Change) throws {
        if change.entity.kind == .effect {
            try database.run(
                "UPDATE outbox SET state = ? WHERE key = ?", Effect.State.sent.rawValue, change.entity.bytes)
        }
        for case .answer(let answer) in change.edits where answer.outcome == .granted {
            try noteUncertain(answer, on: change.entity)
        }
    }

    /// Nobody here knows whether the effect of what was granted has been sent, unless that is in the log as well.
    private func noteUncertain(_ answer: Answer, on entity: EntityID) throws {
        guard let row = try store.row(entity),
            let asked = row.state.requests.first(where: { $0.by == answer.request })?.request
        else { return }
        let key = Self.keyedHash(of: asked, store.sealKey)
        let isSent = try EntityID(kind: .effect, bytes: key).map { try store.row($0) != nil } ?? false
        try database.run(
            """
            INSERT OR IGNORE INTO outbox (key, purpose, entity, amount, request, state) VALUES (?, ?, ?, ?, ?, ?)
            """, key, asked.purpose, row.number, asked.amount, answer.request.description,
            (isSent ? Effect.State.sent : .uncertain).rawValue)
    }

    /// Takes the next file that the standby holds whole, for every entity that names it there.
    /// - Returns: the number of the file in the source; nil when there are no more.
    public mutating func takeOverFile(
        from source: SiteStore, after number: Int64, at milliseconds: Int64
    ) throws -> Int64? {
        let next = try source.database.first(
            "SELECT number, hash, size FROM content WHERE is_whole = 1 AND number > ? ORDER BY number LIMIT 1", number
        ) { (number: $0.int64(0), hash: ContentHash($0.blob(1)), size: $0.int(2)) }
        guard let next else { return nil }
        guard let hash = next.hash, let content = try take(hash, next.size, next.number, source, milliseconds) else {
            return next.number
        }
        let namers = try source.database.all(
            "SELECT kind, entity.id FROM attachment JOIN entity ON entity.number = attachment.entity WHERE content = ?",
            next.number
        ) { $0.entityID(kind: 0, id: 1) }
        for namer in namers {
            guard let entity = try namer.flatMap({ try store.number(of: $0) }) else { continue }
            try database.run(
                "UPDATE attachment SET content = ? WHERE entity = ? AND hash = ?", content, entity, hash.bytes)
        }
        return next.number
    }

    private func take(
        _ hash: ContentHash, _ size: Int, _ number: Int64, _ source: SiteStore, _ milliseconds: Int64
    ) throws -> Int64? {
        if let whole = try store.wholeContent(hash) { return whole }
        let content = try store.beginContent(hash, size: size, isLoose: false, at: milliseconds)
        for chunk in 0..<AttachmentLimits.chunks(size: size) {
            guard let bytes = try source.chunk(chunk, of: number) else { break }
            try store.keepChunk(bytes, number: chunk, of: content)
        }
        if case .whole(let whole) = try store.settle(content, hash, size: size) { return whole }
        // Damaged on the standby's disk: the sites that hold it bring it.
        try store.dropContent(content)
        return nil
    }

    /// Everything has been taken. The standby is no more: its machine is the hub's, and nobody waits for it.
    /// - Returns: the effects of which nobody here knows whether they were sent.
    public mutating func endTakingOver(
        from standby: SiteID, actor: String, at milliseconds: Int64
    ) throws -> [Effect] {
        if try store.directoryEntry(of: standby) != nil { try revoke(standby, actor: actor, at: milliseconds) }
        if let peer = try store.peer(site: standby) {
            try database.run(
                "UPDATE peer SET is_compared = 1, is_lost = 1, entering = NULL WHERE number = ?", peer.number)
            for table in ["DELETE FROM member WHERE site = ?", "DELETE FROM feed WHERE site = ?"] as [SQL] {
                try database.run(table, peer.number)
            }
        }
        store.memo?.hasUncompared = nil
        store.forgetMembers()
        try record(
            "promoted", of: standby, "\(actor) has made \(life.site) of the database of \(standby).", at: milliseconds)
        try releaseUnjoined()
        try endGathering(at: milliseconds)
        return try store.effects(in: .uncertain, limit: .max)
    }
}

extension SiteStore {
    /// The next admitted changes in the order of the log, as many as fit into one turn.
    /// - Returns: the changes, how many rows were passed over because the disk has damaged them, and the position of
    ///   the last row; nil when there are no more.
    public func admittedChanges(
        after position: Int64
    ) throws -> (changes: [Change], damaged: Int, last: Int64)? {
        let positions = try database.all(
            "SELECT position FROM log WHERE condition = 1 AND position > ? ORDER BY position LIMIT ?", position,
            Int64(ReplicationLimits.changesInBatch)
        ) { $0.int64(0) }
        var (changes, damaged, bytes) = ([Change](), 0, 0)
        var last = position
        for place in positions {
            guard bytes < ReplicationLimits.bytesInFrame else { break }
            last = place
            guard let entry = try provenEntry(at: place) else {
                damaged += 1
                continue
            }
            bytes += entry.change.storedBody.count + 40
            changes.append(entry.change)
        }
        return positions.isEmpty ? nil : (changes, damaged, last)
    }

    /// How many entities there are whose admitted changes are not the same in another database.
    public func differences(from other: SiteStore) throws -> Int {
        var count = 0
        try database.forEach("SELECT kind, id, sum FROM entity WHERE kind <> 0") { row in
            guard let id = row.entityID(kind: 0, id: 1) else { return true }
            let sum = try other.number(of: id).flatMap { number in
                try other.database.first("SELECT sum FROM entity WHERE number = ?", number) { try $0.digest(0) }
            }
            if sum ?? .zero != (try row.digest(2)) { count += 1 }
            return true
        }
        return count
    }

    /// How many entities the hub has told a site of and not given it whole.
    public func incomplete(at peer: Peer) throws -> Int {
        try database.first("SELECT count(*) FROM member WHERE site = ? AND is_whole = 0", peer.number) { $0.int(0) }
            ?? 0
    }

    /// How many entities a site has been told of and not been given whole.
    public func incompleteEntities() throws -> Int {
        try database.first("SELECT count(*) FROM wanted WHERE is_whole = 0") { $0.int(0) } ?? 0
    }
}
