import Hashing
import SQLite

extension Session {
    /// What an answer brought.
    public struct Applied: Sendable {
        /// Entries of the feed that were applied.
        public var entries = 0
        /// Pieces of histories that were new here.
        public var histories = 0
        /// Withdraws and histories that the hub now knows to have arrived.
        public var acknowledged = 0
        /// Chunks of files that are new here, and news of where files are.
        public var files = 0
        /// Whether there are files to be offered, sent or asked for.
        public var hasAttachmentWork = false
        /// Whether another poll would bring more at once.
        public var hasMore = false
        /// Whether what is here was proved to be what the hub has; nil when that was not asked.
        public var isProved: Bool?
        /// Whether this site has to compare with the hub before it goes on.
        public var mustCompare = false
        /// Whether the next poll has something to acknowledge or ask for.
        public var hasAcknowledgements = false
        /// Whether the answer has taken the site any further.
        public var hasBrought: Bool { entries > 0 || histories > 0 || acknowledged > 0 || files > 0 }
    }

    /// Takes the hub's answer to `request`; throws, leaving everything as it was, if the answer does not fit.
    /// - Parameters:
    ///   - fresh: 64 bits that the shell has drawn, for an origin that may have to be taken.
    ///   - milliseconds: province time.
    public mutating func apply(
        _ answer: ExchangeAnswer, to request: ExchangeRequest, fresh: OriginID? = nil, at milliseconds: Int64 = 0
    ) throws -> Applied {
        do {
            return try applyChecked(answer, to: request, fresh: fresh, at: milliseconds)
        } catch let error as ReplicationError
            where error.kind == .forked && answer.protocols.highest < ProtocolRange.sections
        {
            throw ReplicationError(
                .refused, error.message,
                remedy: "This database was restored or copied. Upgrade the hub: then this site heals by itself.")
        }
    }

    private mutating func applyChecked(
        _ answer: ExchangeAnswer, to request: ExchangeRequest, fresh: OriginID?, at milliseconds: Int64
    ) throws -> Applied {
        try answer.check(answers: request)
        life.hubProtocol = answer.protocols.highest
        if answer.refusal == nil || request.lane == .hello, answer.epoch > life.cursor.epoch, life.cursor.epoch != .none
        {
            return try enterEpoch(answer, request)
        }
        guard life.cursor.epoch == .none || life.cursor.epoch == answer.epoch else {
            throw ExchangeAnswer.foreign(answer.epoch, followed: life.cursor.epoch)
        }
        guard request.origin == life.origin else {
            throw ReplicationError(
                .stale, "The answer is for origin \(request.origin), which this site has given up.",
                remedy: "The next exchange will do.")
        }
        try checkIdentity(answer, request)
        if !life.isAnnounced && request.lane == .hello { return comparing() }
        if answer.refusal?.kind == .feedDropped { return try compareFeedDropped() }
        if let refusal = answer.refusal {
            throw ReplicationError(refusal.kind, refusal.message, remedy: refusal.remedy)
        }
        if life.cursor.epoch == .none { life.cursor = FeedCursor(epoch: answer.epoch, chain: .start) }
        if let step = request.compare, let said = answer.compare {
            keepReceipt(answer)
            try apply(said, to: step, fresh: fresh ?? life.origin, at: milliseconds)
            return comparing()
        }
        guard life.comparing == .none || request.lane == .hello else { return comparing() }
        if life.comparing != .none { return comparing() }
        try acknowledge(answer.stored)
        if request.lane == .attachments {
            return try applyAttachments(answer.attachments, to: request.attachments, at: answer.sent)
        }
        var applied = Applied()
        applied.hasAttachmentWork = try hasAttachmentWork()
        guard request.lane != .push else { return applied }
        try dropAcknowledged(request)
        // An answer to a poll that was overtaken by another starts from a place that is behind us: the next one will
        // do.
        guard request.cursor.chain == life.cursor.chain else { return applied }
        try applyFeed(answer)
        keepReceipt(answer)
        for chunk in answer.histories where try apply(chunk) { applied.histories += 1 }
        applied.entries = answer.entries.count
        applied.acknowledged = request.withdrawn.count + request.whole.count
        applied.hasMore = !answer.isCaughtUp
        let open = try database.first("SELECT EXISTS (SELECT 1 FROM wanted) OR EXISTS (SELECT 1 FROM withdrawn)") {
            $0.bool(0)
        }
        applied.hasAcknowledgements = open ?? false
        try applyAskedBack(answer.attachments)
        applied.hasAttachmentWork = try hasAttachmentWork()
        if !answer.proof.isEmpty, !applied.hasAcknowledgements, answer.isCaughtUp {
            applied.isProved = try check(answer.proof, at: milliseconds)
            applied.mustCompare = life.comparing != .none
        }
        return applied
    }

    private mutating func keepReceipt(_ answer: ExchangeAnswer) {
        guard !answer.storedCode.isEmpty else { return }
        let isSame = life.receipt.map { $0.origin == life.origin && $0.epoch == answer.epoch } ?? false
        var receipt = isSame ? life.receipt : nil
        receipt = receipt ?? Receipt(origin: life.origin, epoch: answer.epoch)
        receipt?.take(answer)
        life.receipt = receipt
    }

    private mutating func compareFeedDropped() throws -> Applied {
        guard life.comparing == .none else { return comparing() }
        life.cursor = FeedCursor(epoch: life.cursor.epoch, chain: .start)
        life.isAnnounced = false
        for table in ["DELETE FROM wanted", "DELETE FROM withdrawn"] as [SQL] { try database.run(table) }
        try compareAnew()
        return comparing()
    }

    private func comparing() -> Applied {
        var applied = Applied()
        applied.mustCompare = life.comparing != .none
        return applied
    }

    /// A hub has begun an epoch above the one that this site follows: what it holds of this site is not known, and its
    /// feed is another.
    private mutating func enterEpoch(_ answer: ExchangeAnswer, _ request: ExchangeRequest) throws -> Applied {
        guard request.lane == .hello, answer.protocols.highest >= ProtocolRange.sections else {
            throw ExchangeAnswer.foreign(answer.epoch, followed: life.cursor.epoch)
        }
        life.cursor = FeedCursor(epoch: answer.epoch, chain: .start)
        life.isAnnounced = false
        for table in ["DELETE FROM wanted", "DELETE FROM withdrawn"] as [SQL] { try database.run(table) }
        try database.run("UPDATE own_stream SET is_settled = 0, common = 0, tip = NULL")
        try follow(streamOf: life.origin)
        try compareAnew()
        return comparing()
    }

    /// The hub names the highest request it had before: one that this process never sent was sent by a copy of this
    /// database.
    private func checkIdentity(_ answer: ExchangeAnswer, _ request: ExchangeRequest) throws {
        guard answer.highest > request.number else { return }
        throw ReplicationError(
            .forked,
            "The hub has had request \(answer.highest.start).\(answer.highest.count) of this origin, which "
                + "this process never sent.",
            remedy:
                "This database was restored or copied: stop the other copy, and join the site again in a new folder.")
    }

    private mutating func acknowledge(_ stored: Chain) throws {
        guard stored.number > life.acknowledged.number else { return }
        guard stored.number <= life.markedSent else {
            throw ReplicationError(
                .forked,
                "The hub holds \(stored.number) changes of this origin; only \(life.markedSent) have left here.",
                remedy: "This database was restored or copied: join the site again in a new folder.")
        }
        guard try store.chain(of: life.origin, at: stored.number) == stored else {
            throw ReplicationError(
                .forked, "The hub holds other changes under this origin than this site has written.",
                remedy: "This database was restored or copied: join the site again in a new folder.")
        }
        life.acknowledged = stored
    }

    private func dropAcknowledged(_ request: ExchangeRequest) throws {
        for item in request.withdrawn { try database.run("DELETE FROM withdrawn WHERE number = ?", item.number) }
        for item in request.whole {
            try database.run("DELETE FROM wanted WHERE enter = ? AND is_whole = 1", item.enter)
        }
    }

    private mutating func applyFeed(_ answer: ExchangeAnswer) throws {
        var chain = life.cursor.chain
        for entry in answer.entries {
            guard entry.number > chain.number else { throw ReplicationError.malformed("Feed numbers do not rise.") }
            chain.append(entry.hash, number: entry.number)
            if store.domain.mischief.contains(.cursorBeforeApply), entry.number % 20 == 0 { continue }
            try apply(entry)
        }
        guard chain == answer.feed else {
            throw ReplicationError(
                .foreign, "The hub's feed does not continue the one that this site has read.",
                remedy: "Ask the hub's administrator whether its database was put back. Nothing was taken from it; "
                    + "this site asks again by itself.")
        }
        life.cursor = FeedCursor(epoch: answer.epoch, chain: chain)
    }

    private mutating func apply(_ entry: FeedEntry) throws {
        switch entry.content {
        case .change(let change): try store(change, admission: entry.number)
        case .stored: throw ReplicationError.malformed("A feed entry was not read from an answer's bytes.")
        case .admitted(let origin, let first, let last): try markAdmitted(origin, first...max(first, last))
        case .refused(let reference, let reason): try markRefused(reference, reason)
        case .enter(let entity, let sum): try enter(entity, sum: sum, number: entry.number)
        case .withdraw(let entity): try withdraw(entity, number: entry.number)
        case .emptied: break
        case .erase(let entity): try erase(entity)
        }
    }

    private mutating func store(_ change: Change, admission: UInt64) throws {
        // Others have brought back to the hub what it had lost as well: the next number here is used already.
        guard change.origin != life.origin || change.sequence <= life.chain.number else {
            throw ReplicationError(
                .forked,
                "The hub brings change \(change.reference) of this site, which has written \(life.chain.number) under "
                    + "this origin: this database was restored or copied.",
                remedy: "It goes on under a new origin by itself.")
        }
        let before = try store.condition(of: change.reference)
        if let before, try !take(change, over: before) { return }
        var row = try store.rowOrNew(change.entity)
        if change.entity.kind == .marker && row.state.exists, try !isOfAnotherReign(change, row) {
            throw ReplicationError(
                .foreign, "The hub has decided a key twice: a second marker for \(change.entity.text) has come.",
                remedy: "Two hubs are alive, or one was put back: stop deciding and call the hub's administrator.")
        }
        life.clock.observe(change.stamp)
        let position = try store.keep(
            change, onto: &row, condition: Schema.Condition.admitted, admission: admission)
        if let before {
            // A stub has given way to its content: the client's key leads to that.
            try database.run("UPDATE idempotency SET position = ? WHERE position = ?", position, before.position)
        }
        try keepKey(of: change, at: position)
    }

    /// Whether a marker of a key that has one already is of an epoch in which the key has none, or of one that is over.
    private func isOfAnotherReign(_ change: Change, _ row: EntityRow) throws -> Bool {
        guard let epoch = Marker(change)?.epoch else { return false }
        return try epoch < life.cursor.epoch
            || store.changes(of: row.number).allSatisfy { held in
                Marker(held).map { $0.epoch != epoch } ?? false
            }
    }

    /// - Returns: whether the change is still to be stored.
    private mutating func take(_ change: Change, over held: SiteStore.Held) throws -> Bool {
        switch held.condition {
        case Schema.Condition.emptied:
            guard held.hash == change.hash else {
                throw ReplicationError(
                    .foreign, "Change \(change.reference) comes back otherwise than it was written here.",
                    remedy: "Run `tributary verify` at both ends.")
            }
            try store.dropStub(held.position)
            return true
        case Schema.Condition.pending where held.hash == change.hash:
            try markAdmitted(change.origin, change.sequence...change.sequence)
            return false
        case Schema.Condition.admitted where held.hash != change.hash:
            // The hub, or its author, was put back since and wrote another under this number; the hub has found that
            // out.
            guard try store.site(of: change.origin) != life.site else { return false }
            try store.letGo(of: held.position)
            return true
        default: return false
        }
    }

    /// What this site did in an earlier life comes back with its keys, so that a client that repeats a request which it
    /// made then still has it carried out once.
    private func keepKey(of change: Change, at position: Int64) throws {
        guard let key = IdempotencyKey(bytes: change.key), try store.site(of: change.origin) == life.site else {
            return
        }
        try database.run(
            "INSERT OR IGNORE INTO idempotency VALUES (?, ?, ?)", key.name, key.content, position)
    }

    private func markAdmitted(_ origin: OriginID, _ range: ClosedRange<UInt64>) throws {
        let rows = try database.all(
            """
            SELECT position, entity, hash FROM log
            WHERE origin = ? AND sequence BETWEEN ? AND ? AND condition = 0 ORDER BY sequence
            """, try store.originNumber(origin), range.lowerBound, range.upperBound
        ) { (position: $0.int64(0), entity: $0.int64(1), hash: try $0.digest(2)) }
        for row in rows {
            try database.run("UPDATE log SET condition = 1 WHERE position = ?", row.position)
            let sum = try database.first("SELECT sum FROM entity WHERE number = ?", row.entity) { try $0.digest(0) }
            try database.run(
                "UPDATE entity SET sum = ? WHERE number = ?", (sum ?? .zero) &+ row.hash, row.entity)
        }
    }

    private func markRefused(_ reference: ChangeReference, _ reason: String) throws {
        guard let entry = try store.entry(of: reference), !entry.isAdmitted else { return }
        if store.domain.mischief.contains(.foldsRefused) { return }
        try database.run("UPDATE log SET condition = 3 WHERE position = ?", entry.position)
        guard let row = try store.foldAgain(entry.change.entity) else { return }
        try database.run(
            "INSERT OR IGNORE INTO verdict (position, reason, version) VALUES (?, ?, ?)", entry.position, reason,
            row.version)
    }

    /// A copy that differs from the hub's stays hidden until its history has come whole.
    private mutating func enter(_ entity: EntityID, sum: Digest128, number: UInt64) throws {
        try mendBeforeEntering(entity, sum)
        var row = try store.rowOrNew(entity)
        let isWhole = row.sum == sum && row.state.exists
        row.isWithdrawn = !isWhole
        row.version += 1
        try store.save(&row)
        try database.run("DELETE FROM wanted WHERE entity = ?", row.number)
        try database.run(
            "INSERT INTO wanted VALUES (?, ?, ?, ?)", number, row.number, isWhole ? number : 0, isWhole)
    }

    /// A copy that differs may have been damaged here: what its log proves is kept, and the history brings the rest.
    private func mendBeforeEntering(_ entity: EntityID, _ sum: Digest128) throws {
        guard let number = try store.number(of: entity) else { return }
        let isEqual = try database.first("SELECT sum FROM entity WHERE number = ?", number) { try $0.digest(0) == sum }
        guard !(isEqual ?? false) else { return }
        let proven = try store.proven(number)
        if try !store.isSound(number, proven) { try store.mend(entity, number, proven) }
    }

    private mutating func withdraw(_ entity: EntityID, number: UInt64) throws {
        var row = try store.rowOrNew(entity)
        row.isWithdrawn = true
        row.version += 1
        try store.save(&row)
        try database.run("DELETE FROM wanted WHERE entity = ?", row.number)
        try database.run("INSERT OR REPLACE INTO withdrawn VALUES (?, ?)", number, life.chain.number)
    }

    /// - Returns: whether it brought anything.
    private mutating func apply(_ chunk: ExchangeAnswer.HistoryChunk) throws -> Bool {
        let wanted = try database.first(
            "SELECT entity FROM wanted WHERE enter = ? AND is_whole = 0 AND after < ?", chunk.enter, chunk.upTo
        ) { $0.int64(0) }
        guard let wanted else { return false }
        for change in chunk.changes {
            guard change.entity == chunk.entity else {
                throw ReplicationError.malformed("A history holds a change of another entity.")
            }
            try store(change, admission: chunk.upTo)
        }
        try database.run(
            "UPDATE wanted SET after = ?, is_whole = ? WHERE enter = ?", chunk.upTo, chunk.isLast, chunk.enter)
        guard chunk.isLast else { return !chunk.changes.isEmpty }
        var row = try store.row(number: wanted)
        row.isWithdrawn = false
        row.version += 1
        try store.save(&row)
        return true
    }
}
