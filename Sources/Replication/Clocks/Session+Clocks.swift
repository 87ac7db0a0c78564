import Hashing
import SQLite

extension Session {
    private static let markCorrected: SQL =
        SiteStore.positionsOfEntity + """
            UPDATE log SET version = ?2
            WHERE position IN (SELECT position FROM mine) AND is_corrected = 1 AND condition = 0
            """

    /// Notes that a process has started on this database.
    public mutating func begin(start: UInt32) throws {
        life.start = start
        if store.domain.mischief.contains(.clockFromWall) { life.clock.fallBack(to: .zero) }
        try database.run("INSERT OR REPLACE INTO start VALUES (?, ?, 0)", Int64(start), life.chain.number + 1)
    }

    /// Takes the first measurement of this start, and issues unsent changes again if they are off by more than the
    /// bound.
    /// - Parameters:
    ///   - error: how far this site was ahead, in milliseconds.
    ///   - now: province time as measured, in milliseconds.
    /// - Returns: how many changes were given another stamp.
    public mutating func measured(error: Int64, now: Int64) throws -> Int {
        let isFirst = try database.first("SELECT measured FROM start WHERE number = ?", Int64(life.start)) {
            $0.int64(0) == 0
        }
        guard isFirst ?? false else { return 0 }
        let corrected = try issueAgain(error: error, now: now)
        // One above the last change written by an uncertain clock; 0 stands for "not yet".
        try database.run(
            "UPDATE start SET measured = ? WHERE number = ?", life.chain.number + 1, Int64(life.start))
        return corrected
    }

    /// What an earlier life of this site had stamped far ahead holds up what is written until that is corrected. It is
    /// issued again before it leaves.
    mutating func correctAhead(now: Int64) throws {
        guard life.chain.number > life.markedSent,
            let last = try store.stamp(of: ChangeReference(origin: life.origin, sequence: life.chain.number)),
            last.milliseconds > now + ReplicationLimits.aheadMilliseconds
        else { return }
        _ = try issueAgain(error: 0, now: now)
    }

    private mutating func issueAgain(error: Int64, now: Int64) throws -> Int {
        let bound = ReplicationLimits.aheadMilliseconds
        let latest = try database.first(
            "SELECT max(stamp) FROM log WHERE origin = ? AND sequence > ?", try store.originNumber(life.origin),
            life.markedSent
        ) { $0.uint64OrNil(0).map { Stamp(raw: $0).milliseconds } }
        // A right clock is the usual case, and a long backlog need not be read for it.
        guard let latest = latest ?? nil, abs(error) > bound || latest > now + bound else { return 0 }
        var rows: [(hash: Digest128, entry: LogEntry?)] = []
        try store.forEachRow(of: life.origin, after: life.markedSent, isProved: true) { _, _, hash, entry in
            rows.append((hash, entry))
            return true
        }
        let entries = rows.compactMap(\.entry)
        guard !entries.isEmpty else { return 0 }
        let items = try entries.map { try reissueItem($0.change) }
        let sent = try store.stamp(of: ChangeReference(origin: life.origin, sequence: life.markedSent))
        guard
            let stamps = Reissue.stamps(
                items, current: life.start, error: error, now: now, watermark: life.watermark, sent: sent ?? .zero)
        else { return 0 }
        var chain = try store.chain(of: life.origin, at: life.markedSent)
        try store.forgetCheckpoints(of: life.origin, above: life.markedSent)
        var entities: Set<EntityID> = []
        var times = stamps.makeIterator()
        for row in rows {
            guard let entry = row.entry, let stamp = times.next() else {
                // What the disk has damaged keeps its place, and its hash proves that.
                chain.append(row.hash)
                try store.keepCheckpoint(of: life.origin, chain)
                continue
            }
            let change = entry.change.issuedAgain(at: stamp)
            let hash = change.hash
            chain.append(hash)
            try store.keepCheckpoint(of: life.origin, chain)
            guard stamp != entry.change.stamp else { continue }
            try database.run(
                "UPDATE log SET stamp = ?, hash = ?, is_corrected = 1 WHERE position = ?", stamp.raw, hash,
                entry.position)
            entities.insert(change.entity)
        }
        life.chain = chain
        try store.advance(life.origin, to: chain)
        for entity in entities.sorted() {
            guard let row = try store.foldAgain(entity) else { continue }
            // The order that people were shown before is gone: see `changedSince`.
            try database.run(
                Self.markCorrected, row.number, row.version)
        }
        try letClockFallBack()
        return zip(entries, stamps).count { $0.change.stamp != $1 }
    }

    /// A clock that ran ahead need not stay above what nothing is stamped with any longer.
    mutating func letClockFallBack() throws {
        let highest = try database.first("SELECT max(stamp) FROM log") { Stamp(raw: $0.uint64(0)) } ?? .zero
        life.clock.fallBack(to: max(highest, Stamp.end(of: life.watermark)))
    }

    private func reissueItem(_ change: Change) throws -> Reissue.Item {
        let start = try database.first(
            "SELECT number, measured FROM start WHERE first_sequence <= ? ORDER BY number DESC LIMIT 1",
            change.sequence
        ) { (number: UInt32(clamping: $0.int(0)), measured: $0.uint64(1)) }
        var floor = Stamp.zero
        for reference in change.seen.entries {
            if let seen = try store.stamp(of: reference) { floor = max(floor, seen) }
        }
        let measured = start?.measured ?? 0
        return Reissue.Item(
            stamp: change.stamp, start: start?.number ?? 0, isUnmeasured: measured == 0 || change.sequence < measured,
            floor: floor)
    }

    /// Declares that everything stamped up to now is in the stream up to its tip; saved, with the clock raised to it,
    /// before the snapshot that fills a batch opens.
    mutating func declareWatermark(at milliseconds: Int64) -> ExchangeRequest.Watermark {
        life.watermark = max(life.watermark, milliseconds)
        life.clock.observe(Stamp.end(of: life.watermark))
        return ExchangeRequest.Watermark(time: life.watermark, sequence: life.chain.number)
    }
}
