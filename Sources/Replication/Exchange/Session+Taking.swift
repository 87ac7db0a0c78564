import Hashing
import SQLite

/// The hub's end: what it takes from a request. The answer's feed is read afterwards, by any reader.
extension Session {
    /// Takes a request of a site whose credential the shell has checked.
    ///
    /// Throws, storing nothing of it, if it is stale, forked, too far ahead, or does not continue what is held.
    /// - Returns: the answer but for the feed.
    public mutating func take(
        _ request: ExchangeRequest, from site: SiteID, at milliseconds: Int64
    ) throws -> ExchangeAnswer {
        let known = try store.peer(site: site)
        guard try !(store.credential(of: site)?.isRevoked ?? false) else {
            throw ReplicationError(
                .refused, "The credential of \(site) was revoked.",
                remedy: "Ask the hub for a new token and "
                    + "enrol again.")
        }
        // Before anything that is answered: a branch takes its time from any answer, be it a refusal.
        if let known, let unsure = try weighClock(request, of: known, at: milliseconds) {
            return try store.refusal(of: request, because: unsure, in: life.cursor.epoch)
        }
        guard life.doubt.isEmpty else { throw Self.doubtful(life.doubt) }
        let peer = try known ?? caller(site, request)
        let standing = try meet(request, of: peer, at: milliseconds)
        if let refusal = standing.refusal {
            return try store.refusal(of: request, because: refusal, in: life.cursor.epoch)
        }
        let highest = try takeNumber(request)
        var answer = ExchangeAnswer(
            request: request.number, epoch: life.cursor.epoch, stored: .start, feed: request.cursor.chain)
        answer.highest = highest
        if let step = request.compare, request.lane == .compare {
            answer.compare = try take(step, of: request, from: peer, at: milliseconds)
            answer.stored = try store.tip(of: request.origin)
            try hear(request, of: peer, tip: answer.stored, at: milliseconds)
            return answer
        }
        let read = try standing == .fed ? takeCursor(request, of: peer) : []
        if standing != .ofEarlierEpoch {
            try checkAcknowledged(request)
            try takeChanges(request, from: peer, at: milliseconds)
        }
        if standing == .fed {
            let whole = try takeAcknowledgements(request, of: peer)
            try takeHearings(request, of: peer)
            let taken = try takeAttachments(request.attachments, from: peer, at: milliseconds)
            answer.attachments = taken.answer
            try eraseWhatMayGo(peer, holding: read + whole + taken.held)
            if request.lane == .poll, peer.isStandby { try enterMore(peer) }
        }
        try settleWitnessed(at: milliseconds)
        try flushVerdicts()
        answer.stored = try store.tip(of: request.origin)
        if standing == .fed { try takeWatermark(request, tip: answer.stored, of: peer, at: milliseconds) }
        try hear(request, of: peer, tip: answer.stored, at: milliseconds)
        return answer
    }

    private func hear(_ request: ExchangeRequest, of peer: Peer, tip: Chain, at milliseconds: Int64) throws {
        try database.run(
            """
            UPDATE peer SET backlog = ?, wall_offset = ?, heard = ?, software = ?, clock_start = ?5, heard_start = ?5
            WHERE number = ?6
            """, backlog(of: request, tip: tip), Self.difference(request.wallClock, milliseconds), milliseconds,
            request.software, Int64(life.start), peer.number)
        guard peer.speaks != request.protocols.highest else { return }
        try database.run(
            "UPDATE peer SET protocol = ? WHERE number = ?", Int64(request.protocols.highest), peer.number)
    }

    /// What waits at the site beyond what is held here. A poll that was made while a push was under way counts that
    /// push as waiting, and is held long after it has come.
    private func backlog(of request: ExchangeRequest, tip: Chain) -> UInt64 {
        let sent = request.changes.last?.sequence ?? request.acknowledged.number
        // Of a long batch the hub may have left some for the next turn.
        guard tip.number > sent else { return request.backlog &+ (sent - tip.number) }
        let arrived = tip.number - sent
        return request.backlog > arrived ? request.backlog - arrived : 0
    }

    /// - Returns: the highest number of this lane before.
    private func takeNumber(_ request: ExchangeRequest) throws -> ExchangeRequest.Number {
        let number = try store.originNumber(request.origin)
        let highest = try store.highestRequest(of: request.origin, request.lane)
        guard request.number > highest || store.domain.mischief.contains(.countsRepeats) else {
            throw ReplicationError(
                .stale,
                "Request \(request.number.start).\(request.number.count) comes after "
                    + "\(highest.start).\(highest.count).",
                remedy:
                    "A late copy of an old request does no harm; if it repeats, this database was restored or copied.")
        }
        let sql: SQL =
            switch request.lane {
            case .hello: "UPDATE origin SET hello_start = ?, hello_count = ? WHERE number = ?"
            case .poll: "UPDATE origin SET poll_start = ?, poll_count = ? WHERE number = ?"
            case .push: "UPDATE origin SET push_start = ?, push_count = ? WHERE number = ?"
            case .compare: "UPDATE origin SET compare_start = ?, compare_count = ? WHERE number = ?"
            case .attachments: "UPDATE origin SET attachments_start = ?, attachments_count = ? WHERE number = ?"
            }
        try database.run(sql, Int64(request.number.start), Int64(request.number.count), number)
        return highest
    }

    /// The site has read its feed up to its cursor: proved by the digest before it is believed.
    ///
    /// A push or a poll may be overtaken on its way by a poll that was made after it, and then names an earlier place.
    /// A hello is not: nothing else is made while it is under way, so an earlier place in it shows a database put back.
    /// - Returns: entities of which it has now read everything, and which wait to be erased elsewhere.
    private mutating func takeCursor(_ request: ExchangeRequest, of peer: Peer) throws -> [Int64] {
        let chain = request.cursor.chain
        guard chain != peer.feed else { return [] }
        if chain.number < peer.feed.number && [.push, .attachments].contains(request.lane) { return [] }
        guard chain.number >= peer.feed.number || request.lane == .hello else {
            throw ReplicationError(
                .stale, "The poll asks for what follows \(chain.number); the site has read up to \(peer.feed.number).",
                remedy: "Open the exchange anew.")
        }
        // That it is one of this feed was proved before anything else of the request was looked at.
        guard chain.number > peer.feed.number else {
            throw ReplicationError(
                .forked, "The site's place in its feed (\(chain.number)) is not one that this hub has given it.",
                remedy: "The site's database or the hub's was put back: join the site again in a new folder.")
        }
        try database.run(
            "UPDATE peer SET feed = ?, feed_digest = ? WHERE number = ?", chain.number, chain.digest, peer.number)
        let read = try readNow(by: peer, upTo: chain.number)
        try database.run("DELETE FROM feed WHERE site = ? AND number <= ?", peer.number, chain.number)
        return read
    }

    /// What the site believes that this hub holds must be so.
    private func checkAcknowledged(_ request: ExchangeRequest) throws {
        let tip = try store.tip(of: request.origin)
        let claimed = request.acknowledged
        guard claimed.number <= tip.number else {
            throw ReplicationError(
                .behind, "The site was told that \(claimed.number) of its changes are held; here are \(tip.number).",
                remedy: "This hub's database was put back: restore it from its branches before it answers.")
        }
        guard try store.chain(of: request.origin, at: claimed.number) == claimed else {
            throw ReplicationError(
                .forked, "The site's first \(claimed.number) changes are not those held here.",
                remedy: "The site's database was restored or copied: join it again in a new folder.")
        }
    }

    private mutating func takeChanges(
        _ request: ExchangeRequest, from peer: Peer, at milliseconds: Int64
    ) throws {
        guard let before = request.before else { return }
        let latest = milliseconds + ReplicationLimits.aheadMilliseconds
        let tip = try store.tip(of: request.origin)
        guard before.number <= tip.number else {
            throw ReplicationError(
                .stale, "The batch begins after change \(before.number); here are \(tip.number).",
                remedy: "Send from what this answer says is held.")
        }
        guard try store.chain(of: request.origin, at: before.number) == before else {
            throw ReplicationError(
                .forked, "The batch continues a history that is not the one held here.",
                remedy: "The site's database was restored or copied: join it again in a new folder.")
        }
        var chain = before
        let last = ChangeReference(origin: request.origin, sequence: before.number)
        var stamp = try store.stamp(of: last) ?? .zero
        for change in request.changes {
            guard change.origin == request.origin, change.sequence == chain.number + 1 else {
                throw ReplicationError.malformed("A batch holds a change that does not follow the one before.")
            }
            guard change.stamp.milliseconds <= latest else {
                throw ReplicationError(
                    .tooFarAhead, "Change \(change.reference) is stamped more than 10 minutes ahead of the province.",
                    remedy: "Measure the clock again before sending.")
            }
            // The fold needs one place for each change of an origin, and its own order to be that of its stamps.
            guard change.stamp > stamp else {
                throw ReplicationError.malformed("Change \(change.reference) is not stamped after the one before.")
            }
            stamp = change.stamp
            chain.append(change.hash)
            if change.sequence == tip.number && chain != tip {
                throw ReplicationError(
                    .forked, "Change \(change.reference) is not the one held here under that number.",
                    remedy: "The site's database was restored or copied: join it again in a new folder.")
            }
        }
        guard chain.digest == request.after || store.domain.mischief.contains(.skipsChecksums) else {
            throw ReplicationError.malformed("A batch's digest does not agree with its changes.")
        }
        if chain.number < tip.number { try checkHeld(chain, request.origin) }
        if chain.number > tip.number { try checkWaiting(of: peer) }
        if store.domain.mischief.contains(.countsRepeats) {
            for change in request.changes where change.sequence <= tip.number { try countAgain(change) }
        }
        var taken = tip
        let hasBeyond = try store.holds(request.origin, beyond: tip.number)
        if hasBeyond && request.origin == peer.origin {
            try requireOneLife(request.changes.filter { $0.sequence > tip.number })
        }
        for change in request.changes where change.sequence > tip.number && !hasHadItsTurn {
            // Another may have brought it back already.
            if try !hasBeyond || !isHeld(change, from: peer, at: milliseconds) {
                try receive(change, from: peer, at: milliseconds)
            }
            bytesTaken += change.storedBody.count + ReplicationLimits.bytesBesideBody
            taken.append(change.hash)
            try store.keepCheckpoint(of: request.origin, taken)
        }
        if taken.number > tip.number { try store.advance(request.origin, to: taken) }
    }

    private func countAgain(_ change: Change) throws {
        guard let row = try store.row(change.entity) else { return }
        try database.run("UPDATE entity SET sum = ? WHERE number = ?", row.sum &+ change.hash, row.number)
    }

    /// What cannot be judged yet is kept, but not without end.
    private func checkWaiting(of peer: Peer) throws {
        let (count, bytes) =
            try database.first(
                """
                SELECT count(*), total(length(log.body)) FROM waiting JOIN log ON log.position = waiting.position
                WHERE waiting.site = ?
                """, peer.site.text
            ) { ($0.int64(0), $0.int64(1)) } ?? (0, 0)
        guard count < ReplicationLimits.changesWaiting, bytes < ReplicationLimits.bytesWaiting else {
            throw ReplicationError(
                .limited,
                "\(count) changes of \(peer.site) (\(bytes) bytes) cannot be judged here yet; beyond "
                    + "\(ReplicationLimits.changesWaiting), or \(ReplicationLimits.bytesWaiting) bytes, the hub takes "
                    + "no more of its changes.",
                remedy: "Upgrade the hub, or publish the standard that they need. The site keeps what it has and tries "
                    + "again by itself.")
        }
    }

    private func checkHeld(_ chain: Chain, _ origin: OriginID) throws {
        guard try store.chain(of: origin, at: chain.number) == chain else {
            throw ReplicationError(
                .forked, "The batch repeats numbers that are held here with other content.",
                remedy: "The site's database was restored or copied: join it again in a new folder.")
        }
    }

    /// - Returns: the entities whose history it now has whole.
    private mutating func takeAcknowledgements(_ request: ExchangeRequest, of peer: Peer) throws -> [Int64] {
        for item in request.withdrawn {
            let count = try database.run(
                "UPDATE withdrawal SET sequence = ? WHERE site = ? AND number = ? AND sequence IS NULL", item.sequence,
                peer.number, item.number)
            guard count > 0 else { continue }
            let entity = try database.first(
                "SELECT entity FROM withdrawal WHERE site = ? AND number = ?", peer.number, item.number
            ) { $0.int64(0) }
            if let entity { try noteLocked(entity, at: peer, sequence: item.sequence) }
        }
        return try request.whole.compactMap { try takeWhole($0, of: peer, origin: request.origin) }
    }

    /// The history is there; what was admitted while it travelled follows in the feed, and from now on the site is
    /// told.
    private mutating func takeWhole(
        _ item: ExchangeRequest.HistoryWhole, of peer: Peer, origin: OriginID
    ) throws -> Int64? {
        let entity = try database.first(
            "SELECT entity FROM member WHERE site = ? AND enter = ? AND is_whole = 0", peer.number, item.enter
        ) { $0.int64(0) }
        guard let entity else { return nil }
        try database.run("UPDATE member SET is_whole = 1 WHERE entity = ? AND site = ?", entity, peer.number)
        store.forgetMembers()
        var missing: [(position: Int64, id: EntityID)] = []
        try store.forEachAdmitted(of: entity, after: item.upTo) { entry, _ in
            if entry.change.origin != origin { missing.append((entry.position, entry.change.entity)) }
            return true
        }
        var last: UInt64 = 0
        for item in missing {
            last = nextNumber()
            try queueChange(of: item.id, at: item.position, number: last, for: peer.number, entity: entity)
        }
        try moveHearings(of: entity, at: peer.number, to: last)
        return entity
    }

    /// At most hub now, and held back by what waits to be judged. The hub itself stamps nothing up to it any more, even
    /// if its clock is set back a little: else something of its own would come from a time of which all had been heard.
    private mutating func takeWatermark(
        _ request: ExchangeRequest, tip: Chain, of peer: Peer, at milliseconds: Int64
    ) throws {
        guard let watermark = request.watermark, watermark.sequence <= tip.number else { return }
        let waiting = try database.first(
            """
            SELECT min(log.stamp) FROM waiting JOIN log ON log.position = waiting.position WHERE waiting.site = ?
            """, peer.site.text
        ) { $0.uint64OrNil(0).map { Stamp(raw: $0).milliseconds - 1 } }
        let time = min(watermark.time, milliseconds, (waiting ?? nil) ?? Int64.max)
        guard time > peer.watermark else { return }
        life.clock.observe(Stamp.end(of: time))
        try database.run("UPDATE peer SET watermark = ? WHERE number = ?", time, peer.number)
    }
}

extension SiteStore {
    /// The highest request of a lane that the hub has had of an origin.
    public func highestRequest(
        of origin: OriginID, _ lane: ExchangeRequest.Lane
    ) throws -> ExchangeRequest.Number {
        let sql: SQL =
            switch lane {
            case .hello: "SELECT hello_start, hello_count FROM origin WHERE id = ?"
            case .poll: "SELECT poll_start, poll_count FROM origin WHERE id = ?"
            case .push: "SELECT push_start, push_count FROM origin WHERE id = ?"
            case .compare: "SELECT compare_start, compare_count FROM origin WHERE id = ?"
            case .attachments: "SELECT attachments_start, attachments_count FROM origin WHERE id = ?"
            }
        return try database.first(sql, origin.raw) {
            ExchangeRequest.Number(start: UInt32(clamping: $0.int(0)), count: UInt32(clamping: $0.int(1)))
        } ?? ExchangeRequest.Number(start: 0, count: 0)
    }

    /// The answer to a request of which nothing was taken.
    public func refusal(
        of request: ExchangeRequest, because error: ReplicationError, in epoch: Epoch? = nil
    ) throws -> ExchangeAnswer {
        var answer = ExchangeAnswer(
            request: request.number, epoch: try epoch ?? life().cursor.epoch, stored: try tip(of: request.origin),
            feed: request.cursor.chain)
        answer.highest = try highestRequest(of: request.origin, request.lane)
        answer.refusal = .init(kind: error.kind, message: error.message, remedy: error.remedy)
        return answer
    }
}
