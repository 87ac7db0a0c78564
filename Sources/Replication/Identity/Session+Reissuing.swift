import Hashing
import SQLite

/// What a put-back database wrote under numbers that its first life had used is issued again under a new origin, before
/// anything of it has been taken anywhere.
extension Session {
    /// Issues the changes of one of this site's streams above `last` again under `target`, whose stream must be empty:
    /// time, entity and edits stay. What an earlier hub had admitted and this one has no other change for keeps its
    /// number, since others may hold it by that: the comparison shows whether it counts.
    /// - Parameters:
    ///   - last: the last number that the hub and this site have in common.
    ///   - taken: the last number under which the hub has another change.
    mutating func reissue(
        above last: UInt64, takenUpTo taken: UInt64, of origin: OriginID, as target: OriginID
    ) throws {
        let site = life.site
        let number = try store.originNumber(target, site: site)
        var rows: [(position: Int64, sequence: UInt64, hash: Digest128, entry: LogEntry?)] = []
        // What lies beyond the end came back from the hub, and has its number for good.
        let end = try store.tip(of: origin).number
        try store.forEachRow(of: origin, after: last) { position, sequence, hash, entry in
            guard sequence <= end else { return false }
            rows.append((position, sequence, hash, entry))
            return true
        }
        func isKept(_ row: (position: Int64, sequence: UInt64, hash: Digest128, entry: LogEntry?)) -> Bool {
            row.sequence > taken && row.entry?.isAdmitted ?? false
        }
        let kept = rows.filter(isKept).map(\.sequence)
        let renumbering = Renumbering(from: origin, above: last, upTo: end, to: target, besides: Set(kept))
        var chain = Chain.start
        var entities: Set<EntityID> = []
        for row in rows {
            guard let entry = row.entry else {
                // What the disk has damaged keeps its place.
                chain.append(row.hash)
                try database.run(
                    "UPDATE log SET origin = ?, sequence = ? WHERE position = ?", number, row.sequence - last,
                    row.position)
                continue
            }
            guard !isKept(row) else {
                chain.append(row.hash)
                try store.keepStub(ChangeReference(origin: target, sequence: row.sequence - last), row.hash)
                continue
            }
            let floor = try store.lastSequence(of: origin, besides: entry.position, upTo: row.sequence - 1)
            let change = entry.change.renumbered(renumbering, seeing: floor)
            chain.append(change.hash)
            try store.keepCheckpoint(of: target, chain)
            try database.run(
                "UPDATE log SET origin = ?, sequence = ?, hash = ?, body = ? WHERE position = ?", number,
                change.sequence, change.hash, change.storedBody, entry.position)
            if entry.isAdmitted {
                try database.run("UPDATE log SET condition = 0, admission = NULL WHERE position = ?", entry.position)
                try store.subtract(entry.hash, from: change.entity)
            }
            entities.insert(change.entity)
        }
        try store.forgetCheckpoints(of: origin, above: last)
        try store.advance(origin, to: try store.chain(of: origin, at: last))
        try store.advance(target, to: chain)
        if target == life.origin {
            life.chain = chain
            // What has no content cannot be pushed, and holds up what comes after it: the comparison brings it.
            let isWhole = kept.isEmpty && rows.allSatisfy { $0.entry != nil }
            if !isWhole { try follow(streamOf: target) }
        } else {
            try follow(streamOf: target)
            entities.formUnion(try renameSeen(renumbering))
        }
        for entity in entities.sorted() { _ = try store.foldAgain(entity) }
    }

    /// What this site has written since under its present origin names the old numbers in what it has seen. None of it
    /// has left yet: streams are compared before anything is sent.
    private mutating func renameSeen(_ renumbering: Renumbering) throws -> Set<EntityID> {
        var entities: Set<EntityID> = []
        var chain = try store.chain(of: life.origin, at: life.markedSent)
        var entries: [LogEntry] = []
        try store.forEachChange(of: life.origin, after: life.markedSent) { entry in
            entries.append(entry)
            return true
        }
        try store.forgetCheckpoints(of: life.origin, above: life.markedSent)
        for entry in entries {
            let change = entry.change.renamed(renumbering, seeing: try names(entry, renumbering))
            chain.append(change.hash)
            try store.keepCheckpoint(of: life.origin, chain)
            guard change.hash != entry.change.hash else { continue }
            try database.run(
                "UPDATE log SET hash = ?, body = ? WHERE position = ?", change.hash, change.storedBody, entry.position)
            entities.insert(change.entity)
        }
        life.chain = chain
        try store.advance(life.origin, to: chain)
        return entities
    }

    /// The names now of what a change has seen of those that were issued again.
    private func names(_ entry: LogEntry, _ renumbering: Renumbering) throws -> [ChangeReference] {
        guard let reference = entry.change.seen.entries.first(where: renumbering.covers) else { return [] }
        let ends = [
            (renumbering.old, reference.sequence), (renumbering.new, reference.sequence - renumbering.last),
        ]
        return try ends.compactMap { origin, limit in
            let sequence = try store.lastSequence(of: origin, besides: entry.position, upTo: limit)
            return sequence > 0 ? ChangeReference(origin: origin, sequence: sequence) : nil
        }
    }

    /// The hub holds the same changes of this site under another time: its own first life had corrected it. Takes the
    /// hub's times, so that nothing is issued twice.
    /// - Returns: how many agree.
    mutating func adoptTimes(_ further: [StreamStanding.Held], of origin: OriginID, after common: UInt64) throws -> Int
    {
        var agreed = 0
        var changed: [(entry: LogEntry, change: Change)] = []
        let end = try store.tip(of: origin).number
        try store.forEachRow(of: origin, after: common) { _, sequence, hash, entry in
            guard agreed < further.count, sequence <= end else { return false }
            let held = further[agreed]
            guard let entry else {
                if hash == held.hash { agreed += 1 }
                return hash == held.hash
            }
            let change =
                entry.change.hash == held.hash ? entry.change : entry.change.issuedAgain(at: held.stamp)
            guard change.hash == held.hash else { return false }
            if change.hash != entry.change.hash { changed.append((entry, change)) }
            agreed += 1
            return true
        }
        if !changed.isEmpty { try restamp(changed, of: origin, after: common, upTo: end) }
        return agreed
    }

    /// The hub holds the same changes, and the digests kept here are of others: the disk has damaged a hash since they
    /// were made, and a hub built anew has it as it is now. Left alone, the two would never agree.
    mutating func makeDigestsFit(
        _ origin: OriginID, after common: UInt64, upTo number: UInt64, at milliseconds: Int64
    ) throws {
        var chain = try store.chain(of: origin, at: common)
        try store.extend(&chain, of: origin, upTo: number)
        guard try store.chain(of: origin, at: number) != chain else { return }
        try restamp([], of: origin, after: common, upTo: store.tip(of: origin).number)
        try record(
            "digests made anew", of: life.site,
            "The digests of origin \(origin) did not fit its changes after number \(common), though the hub holds the "
                + "same: the disk has damaged a hash. They are made anew.", at: milliseconds)
    }

    /// Changes of an earlier life that the hub has never had, written by a clock that was far ahead: what the hub would
    /// refuse gets the present time, in the order in which it was written.
    /// - Parameter now: province time as measured, in milliseconds.
    mutating func correctTimes(of origin: OriginID, after last: UInt64, now: Int64) throws {
        var previous = try store.stamp(of: ChangeReference(origin: origin, sequence: last)) ?? .zero
        if origin == life.origin { previous = max(previous, Stamp.end(of: life.watermark)) }
        let end = try store.tip(of: origin).number
        var changed: [(entry: LogEntry, change: Change)] = []
        try store.forEachRow(of: origin, after: last) { _, sequence, _, entry in
            guard sequence <= end else { return false }
            guard let entry else { return true }
            let isAhead = entry.change.stamp.milliseconds > now + ReplicationLimits.aheadMilliseconds
            if !entry.isAdmitted, isAhead || entry.change.stamp <= previous {
                var floor = previous
                for seen in entry.change.seen.entries { floor = max(floor, try store.stamp(of: seen) ?? .zero) }
                let stamp = max(min(entry.change.stamp, Stamp(milliseconds: now)), floor.next)
                changed.append((entry, entry.change.issuedAgain(at: stamp)))
                previous = stamp
            } else {
                previous = max(previous, entry.change.stamp)
            }
            return true
        }
        guard !changed.isEmpty else { return }
        try restamp(changed, of: origin, after: last, upTo: end)
        try letClockFallBack()
    }

    private mutating func restamp(
        _ changed: [(entry: LogEntry, change: Change)], of origin: OriginID, after common: UInt64, upTo end: UInt64
    ) throws {
        var chain = try store.chain(of: origin, at: common)
        for (entry, change) in changed {
            try database.run(
                "UPDATE log SET stamp = ?, hash = ?, is_corrected = 1 WHERE position = ?", change.stamp.raw,
                change.hash,
                entry.position)
            life.clock.observe(change.stamp)
        }
        // Every digest after the first of them is another.
        try store.forgetCheckpoints(of: origin, above: common)
        try store.extend(&chain, of: origin, upTo: end, keeps: true)
        try store.advance(origin, to: chain)
        if origin == life.origin { life.chain = chain }
        for entity in Set(changed.map(\.change.entity)).sorted() { _ = try store.foldAgain(entity) }
    }
}

/// Which numbers of an origin are issued again, and under which.
struct Renumbering {
    let old: OriginID
    let last: UInt64
    let end: UInt64
    let new: OriginID
    /// Those that keep their numbers.
    let kept: Set<UInt64>

    init(from old: OriginID, above last: UInt64, upTo end: UInt64, to new: OriginID, besides kept: Set<UInt64>) {
        self.old = old
        self.last = last
        self.end = end
        self.new = new
        self.kept = kept
    }

    func covers(_ reference: ChangeReference) -> Bool {
        reference.origin == old && reference.sequence > last && reference.sequence <= end
    }

    func renamed(_ reference: ChangeReference) -> ChangeReference {
        guard covers(reference), !kept.contains(reference.sequence) else { return reference }
        return ChangeReference(origin: new, sequence: reference.sequence - last)
    }
}

extension Change {
    /// The same change under its new number.
    /// - Parameter floor: the old origin's last common change of the entity, which counts as seen; 0 for none.
    func renumbered(_ renumbering: Renumbering, seeing floor: UInt64) -> Change {
        var seen = seen
        if floor > 0 { seen.include(ChangeReference(origin: renumbering.old, sequence: floor)) }
        let name = renumbering.renamed(reference)
        return Change(
            origin: name.origin, sequence: name.sequence, stamp: stamp, entity: entity, seen: seen.without(name.origin),
            actor: actor, key: key, edits: edits.map { $0.renamed(renumbering) })
    }

    /// The same change with the new names of what it has seen.
    /// - Parameter names: those of what was issued again.
    func renamed(_ renumbering: Renumbering, seeing names: [ChangeReference]) -> Change {
        var seen = VersionVector()
        for reference in self.seen.entries {
            for name in renumbering.covers(reference) ? names : [reference] { seen.include(name) }
        }
        return Change(
            origin: origin, sequence: sequence, stamp: stamp, entity: entity, seen: seen.without(origin), actor: actor,
            key: key, edits: edits.map { $0.renamed(renumbering) })
    }
}

extension Edit {
    fileprivate func renamed(_ renumbering: Renumbering) -> Edit {
        guard case .settle(let settlement) = self else { return self }
        return .settle(Settlement(losing: renumbering.renamed(settlement.losing)))
    }
}

extension SiteStore {
    /// The last change of an origin, among its first `limit`, to the entity of the change at `position`; 0 for none.
    func lastSequence(of origin: OriginID, besides position: Int64, upTo limit: UInt64) throws -> UInt64 {
        let entity = try database.first("SELECT entity FROM log WHERE position = ?", position) { $0.int64(0) }
        return try database.first(
            Self.positionsOfEntity + """
                SELECT max(log.sequence) FROM mine CROSS JOIN log ON log.position = mine.position
                WHERE log.origin = ?2 AND log.sequence BETWEEN 1 AND ?3
                """, entity, try originNumber(origin), limit
        ) { $0.uint64(0) } ?? 0
    }
}
