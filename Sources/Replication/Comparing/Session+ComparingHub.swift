import Hashing
import SQLite

/// A comparison as the hub takes part in it. What only reads is answered by a reader, off the path of admission.
extension Session {
    /// Takes one step of a site whose credential the shell has checked.
    mutating func take(
        _ step: CompareRequest, of request: ExchangeRequest, from peer: Peer, at milliseconds: Int64
    ) throws -> CompareAnswer? {
        let peer = try heardAgain(peer)
        if case .announce(let previous) = step {
            try succeed(peer, with: request.origin, previous: previous, at: milliseconds)
            return .done
        }
        guard peer.origin == request.origin else {
            throw ReplicationError(
                .superseded, "Origin \(request.origin) is not the one that \(peer.site) announced last.",
                remedy: "Two databases of one site are alive: retire one of them at the hub.")
        }
        switch step {
        case .announce: return nil
        case .claim(let claim): return .standing(try take(claim, from: peer, at: milliseconds))
        case .deliver(let part): return .delivered(try take(part, from: peer, at: milliseconds))
        case .buckets(let sums):
            guard try store.extendBuckets() else { return .notReady }
            return .differing(try compare(sums, of: peer))
        // A reader answers this.
        case .list: return nil
        case .returned(let changes):
            try takeReturned(changes, from: peer, at: milliseconds)
            let overruled = try changes.filter { change in
                try store.entriesAside(change.reference).contains { $0.hash == change.hash }
            }
            return overruled.isEmpty ? .done : .overruled(overruled.map(\.reference))
        case .level(let list):
            guard try store.extendBuckets() else { return .notReady }
            try level(list, of: peer)
            return .done
        case .finish:
            let written = request.acknowledged.number &+ request.backlog
            try finishComparing(peer, written: min(written, ReplicationLimits.sequenceMax), at: milliseconds)
            return .done
        }
    }

    /// A site that was declared lost is back, perhaps in the midst of comparing: it may hold what the hub has lost, and
    /// brings it until it has done.
    private func heardAgain(_ peer: Peer) throws -> Peer {
        guard peer.isLost else { return peer }
        try database.run(
            "UPDATE peer SET is_lost = 0, is_compared = ? WHERE number = ?", life.cursor.epoch.number <= 1, peer.number)
        store.memo?.hasUncompared = nil
        return try store.peer(number: peer.number) ?? peer
    }

    /// A site goes on under a new origin. Whether it still holds what it held is found by comparing.
    private mutating func succeed(
        _ peer: Peer, with origin: OriginID, previous: OriginID, at milliseconds: Int64
    ) throws {
        if peer.origin != origin {
            try adopt(origin, of: peer, at: milliseconds)
            // Another database of the site was compared in this epoch; this one may hold what the hub has lost.
            let isCompared = peer.isCompared && life.cursor.epoch.number <= 1
            try database.run(
                "UPDATE peer SET origin = ?, joined = ?, is_counting = 0, watermark = 0, is_compared = ? "
                    + "WHERE number = ?", origin.raw, life.admission, isCompared, peer.number)
            store.memo?.hasUncompared = nil
            // To a hub that was a standby, or was put back, an origin can be new that is not new to its site.
            if previous != origin {
                try record(
                    "new origin", of: peer.site, "\(peer.site) goes on as \(origin) in place of \(previous).",
                    at: milliseconds)
            }
        }
        // Announced once more after a lost answer: nothing has been read since.
        guard peer.origin != origin || peer.feed.number > 0 || peer.isDropped else { return }
        try dropFeed(of: peer)
    }

    /// A feed begins anew: what its site holds is found by comparing.
    mutating func dropFeed(of peer: Peer) throws {
        try database.run(
            "UPDATE peer SET feed = 0, feed_digest = ?, is_dropped = 0 WHERE number = ?", Digest128.zero, peer.number)
        try database.run("DELETE FROM feed WHERE site = ?", peer.number)
        // An earlier copy may hold what was withdrawn from a later one, and edits it until it hears of that again.
        try database.run("UPDATE withdrawal SET number = 0, sequence = NULL WHERE site = ?", peer.number)
        try forgetHearings(of: peer)
        try database.run(
            "UPDATE member SET is_whole = 0, enter = 0 WHERE site = ? AND (is_whole = 1 OR enter <> 0)", peer.number)
        store.forgetMembers()
    }

    /// Names an origin as one of a site's in the directory, unless it is.
    private mutating func adopt(_ origin: OriginID, of peer: Peer, at milliseconds: Int64) throws {
        let owner = try database.first("SELECT site FROM origin WHERE id = ?", origin.raw) { $0.textOrNil(0) }
        if let owner = owner ?? nil {
            guard owner == peer.site.text, origin != life.origin else {
                throw ReplicationError(
                    .refused, "Origin \(origin) belongs to \(owner).",
                    remedy: "Check which folder this process runs on; a site's folder is its own.")
            }
            guard try store.site(of: origin) == nil else { return }
        }
        let lives = try database.first("SELECT count(*) FROM origin WHERE site = ?", peer.site.text) { $0.int(0) } ?? 0
        guard lives < ReplicationLimits.originsOfSite else {
            throw ReplicationError(
                .refused, "\(peer.site) has had \(lives) origins already.",
                remedy:
                    "Something puts its database back again and again: find out what, then add the site under another "
                    + "name.")
        }
        _ = try store.originNumber(origin, site: peer.site)
        let entity = Self.directoryEntity(of: peer.site)
        guard try store.row(entity)?.state.exists ?? false else { return }
        _ = try write(
            Draft(entity: entity, edits: [.add(SiteField.origins, origin.value)], actor: "exchange"), at: milliseconds)
    }

    private mutating func take(
        _ claim: StreamClaim, from peer: Peer, at milliseconds: Int64
    ) throws -> StreamStanding {
        try adopt(claim.origin, of: peer, at: milliseconds)
        let tip = try store.tip(of: claim.origin)
        let common = try store.lastCommon(claim.points, of: claim.origin, tip: tip)
        var further: [StreamStanding.Held] = []
        try database.forEach(
            "SELECT stamp, hash FROM log WHERE origin = ? AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?",
            values: [
                try store.originNumber(claim.origin), common, tip.number, Int64(ReplicationLimits.pointsInClaim),
            ]
        ) { row in
            further.append(.init(stamp: Stamp(raw: row.uint64(0)), hash: try row.digest(1)))
            return true
        }
        if claim.pendingFrom > 0, common == min(claim.points.last?.number ?? 0, tip.number) {
            try repeatVerdicts(of: claim.origin, from: claim.pendingFrom, upTo: common, for: peer)
        }
        return StreamStanding(common: common, tip: tip.number, further: further)
    }

    /// Verdicts that an earlier database of the site may have read go into its feed once more.
    private mutating func repeatVerdicts(
        of origin: OriginID, from first: UInt64, upTo last: UInt64, for peer: Peer
    ) throws {
        guard first <= last else { return }
        try flushVerdicts()
        let rows = try database.all(
            """
            SELECT sequence, condition, reason FROM log LEFT JOIN verdict ON verdict.position = log.position
            WHERE origin = ? AND sequence BETWEEN ? AND ? ORDER BY sequence LIMIT ?
            """, try store.originNumber(origin), first, last, Int64(ReplicationLimits.verdictsRepeated)
        ) { (sequence: $0.uint64(0), condition: $0.int64(1), reason: $0.textOrNil(2)) }
        for row in rows {
            let reference = ChangeReference(origin: origin, sequence: row.sequence)
            switch row.condition {
            case Schema.Condition.admitted: noteAdmitted(reference, of: peer)
            case Schema.Condition.refused:
                try flushVerdicts()
                let entry = FeedEntry(
                    number: nextNumber(), content: .refused(reference, reason: row.reason ?? "It was refused."))
                try queue(entry, for: peer.number, entity: nil)
            default: continue
            }
        }
        try flushVerdicts()
    }

    /// Of a bucket that is equal the site holds everything from this moment on. What has been entered already stays on
    /// its way, be it the same by now: its site hides it until it has said that it is whole.
    private func compare(_ sums: [BucketSum], of peer: Peer) throws -> [UInt16] {
        let held = try store.heldSums(by: peer, in: sums.map(\.bucket))
        let pairs = zip(sums, held)
        let open = pairs.filter { $0.sum == $1.sum && $1.isOpen }.map(\.0.bucket)
        if !open.isEmpty {
            try store.noteWhole(in: open, at: peer)
            store.forgetMembers()
        }
        return pairs.filter { $0.sum != $1.sum }.map(\.0.bucket)
    }

    private func noteWhole(_ held: HeldEntity, at peer: Peer) throws {
        try database.run(SiteStore.noteWhole + " AND entity = ?2", peer.number, held.number)
    }

    /// Lets enter what the site does not hold as the hub does, and withdraws what it holds and may not see.
    private mutating func level(_ list: BucketList, of peer: Peer) throws {
        let listed = Dictionary(list.items.map { ($0.entity, $0.sum) }, uniquingKeysWith: { first, _ in first })
        var known: Set<EntityID> = []
        for held in try list.buckets.flatMap({ try store.held(by: peer, in: $0) }) {
            known.insert(held.id)
            if listed[held.id] == held.sum {
                guard held.isMember, !held.isWhole else { continue }
                try noteWhole(held, at: peer)
                store.forgetMembers()
            } else if held.sum != .zero {
                try enterAnew(held, for: peer, isAbsent: listed[held.id] == nil)
            }
        }
        for item in list.items where !known.contains(item.entity) {
            guard let row = try store.row(item.entity), row.state.exists else { continue }
            if peer.isStandby {
                try keep(row, at: peer, holding: item.sum)
                continue
            }
            try withdraw(peer.number, from: row)
        }
    }

    /// - Parameter isAbsent: the site holds nothing of it. At the beginning of an epoch that may be because it had left
    ///   the site, which only others can tell: it waits until all are compared.
    private mutating func enterAnew(_ held: HeldEntity, for peer: Peer, isAbsent: Bool) throws {
        let isEarly = store.domain.mischief.contains(.sendsDownEarly)
        // Let in while it was comparing, when another had done: a second word would make the first one void.
        guard !held.isQueued(for: peer) else { return }
        let isDoubtful = try isAbsent && !isEarly && store.hasUncompared()
        if held.isMember, try isDoubtful || isPostponed(store.row(number: held.number)) {
            try database.run(
                "UPDATE member SET is_whole = 0, enter = ? WHERE entity = ? AND site = ?", isDoubtful ? -1 as Int64 : 0,
                held.number, peer.number)
            return store.forgetMembers()
        }
        let entry = FeedEntry(number: nextNumber(), content: .enter(held.id, sum: held.sum))
        try queue(entry, for: peer.number, entity: held.isMember ? held.number : nil)
        guard held.isMember else { return }
        try database.run(
            "UPDATE member SET enter = ?, is_whole = 0 WHERE entity = ? AND site = ?", entry.number, held.number,
            peer.number)
        store.forgetMembers()
    }

    /// - Parameter written: how many changes the site has written under its present origin. Of what had left it and is
    ///   not there any more, some of them can be from before it heard that, though it has not sent them yet.
    private mutating func finishComparing(_ peer: Peer, written: UInt64, at milliseconds: Int64) throws {
        try database.run(
            "UPDATE withdrawal SET sequence = ? WHERE site = ? AND number = 0", written, peer.number)
        if !peer.isCompared {
            try database.run("UPDATE peer SET is_compared = 1 WHERE number = ?", peer.number)
            store.memo?.hasUncompared = nil
            if peer.isStandby { try enterAll(peer) }
            // This site has brought the directory.
            try releaseUnjoined()
            try endGathering(at: milliseconds)
        }
        // What came to the site while it was being compared is entered too.
        try enterPostponed()
    }
}

extension SiteStore {
    /// The last of some points of a stream that is held here too; 0 for none. Digests agree up to where two histories
    /// part, and nowhere after.
    func lastCommon(_ points: [Chain], of origin: OriginID, tip: Chain) throws -> UInt64 {
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            let point = points[middle]
            let isKnown = domain.mischief.contains(.knowsByNumber)
            if try point.number <= tip.number && (isKnown || chain(of: origin, at: point.number) == point) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low == 0 ? 0 : points[low - 1].number
    }

    private func isHeld(_ row: EntityRow, by peer: Peer) throws -> Bool {
        try isForEveryone(row.id.kind) || members(of: row.number).contains { $0.site == peer.number }
    }

    /// What a reader answers to a step that asks and changes nothing.
    func compareAnswer(to step: CompareRequest, of peer: Peer) throws -> CompareAnswer? {
        switch step {
        case .list(let list):
            var held: [CompareAnswer.Held] = []
            for item in list.items {
                let row = try row(item.entity)
                guard row?.sum != item.sum else { continue }
                // How far others have come is nobody's business who may not see it.
                guard try !peer.isCompared || row.map({ try isHeld($0, by: peer) }) ?? true else { continue }
                let vector = row?.state.vector ?? VersionVector()
                let sums = try row.map { try self.sums(of: $0.number, upTo: vector) } ?? []
                held.append(.init(entity: item.entity, vector: vector, sums: sums))
            }
            return .vectors(held)
        case .announce, .claim, .deliver, .buckets, .returned, .level, .finish: return nil
        }
    }
}
