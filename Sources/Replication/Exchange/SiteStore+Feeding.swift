import SQLite

/// Reading a feed: one range of the site's own list and one of the shared list, merged by number. Reads only, so that
/// any snapshot may serve it while the writer goes on.
extension SiteStore {
    /// Puts the next part of a site's feed, and the histories it wishes for, into an answer.
    /// - Parameter budget: bytes of changes, of which histories get at least a quarter.
    public func fill(
        _ answer: inout ExchangeAnswer, for request: ExchangeRequest, of site: SiteID,
        budget: Int = ReplicationLimits.bytesInAnswer
    ) throws {
        // A poll that is held may outlive the right to be answered.
        guard let peer = try peer(site: site), try !(credential(of: site)?.isRevoked ?? false) else { return }
        var bytes = 0
        var changes = 0
        let entryBudget = request.wishes.isEmpty ? budget : budget / 4 * 3
        answer.isCaughtUp = true
        try forEachFeedEntry(of: peer, after: request.cursor.chain.number) { entry, body in
            if case .stored = entry.content {
                bytes += body.count + ReplicationLimits.bytesBesideBody
                changes += 1
            } else {
                bytes += 32
            }
            let isFull =
                answer.entries.count >= ReplicationLimits.entriesInAnswer
                || changes > ReplicationLimits.changesInBatch / 2 || (bytes > entryBudget && !answer.entries.isEmpty)
            guard !isFull else {
                answer.isCaughtUp = false
                return false
            }
            if case .stored(let change) = entry.content { try answer.passedOn.append(change, body: body) }
            if answer.entries.count == Self.sample {
                let full = entryBudget * Self.sample / bytes
                answer.entries.reserveCapacity(min(full, ReplicationLimits.entriesInAnswer))
            }
            answer.entries.append(entry)
            answer.feed.append(entry.hash, number: entry.number)
            return true
        }
        try fillHistories(&answer, request.wishes, peer, budget: max(budget - bytes, budget / 4))
        if request.wantsProof, answer.isCaughtUp, try isWhole(peer) { answer.proof = try bucketSums(of: peer) }
    }

    /// Entries after which an answer is likely to become a full one.
    private static let sample = 16

    /// Whether no history is on its way to a site.
    private func isWhole(_ peer: Peer) throws -> Bool {
        let isPending = try database.first(
            "SELECT EXISTS (SELECT 1 FROM member WHERE site = ? AND is_whole = 0)", peer.number
        ) { $0.bool(0) }
        return !(isPending ?? false)
    }

    private func fillHistories(
        _ answer: inout ExchangeAnswer, _ wishes: [ExchangeRequest.HistoryWish], _ peer: Peer, budget: Int
    ) throws {
        var bytes = 0
        var count = 0
        // Read before the changes: what is admitted meanwhile must not count as brought.
        let admission = try life().admission
        for wish in wishes {
            guard bytes < budget, let row = try row(wish.entity) else { break }
            // What a comparison has found whole since its enter was queued is hidden there until this has come.
            let isMember = try database.first(
                "SELECT 1 FROM member WHERE entity = ? AND site = ? AND (enter = ? OR is_whole = 1)", row.number,
                peer.number, wish.enter
            ) { _ in true }
            guard isMember ?? isForEveryone(row.id.kind) else { continue }
            var changes: [Change] = []
            var upTo = wish.after
            var isLast = true
            try forEachAdmitted(of: row.number, after: wish.after) { entry, admission in
                guard changes.isEmpty || bytes < budget, count < ReplicationLimits.changesInBatch / 2 else {
                    isLast = false
                    return false
                }
                bytes += entry.change.storedBody.count + ReplicationLimits.bytesBesideBody
                count += 1
                changes.append(entry.change)
                upTo = admission
                return true
            }
            // The number that a whole history reaches must be above the one it was asked from.
            let reached = isLast ? max(upTo, admission) : upTo
            answer.histories.append(
                .init(enter: wish.enter, entity: wish.entity, upTo: reached, isLast: isLast, changes: changes))
        }
    }

    /// The chain of a site's feed at `number`, computed on from where the site was last known to be.
    func feedChain(of peer: Peer, at number: UInt64) throws -> Chain {
        var chain = peer.feed
        // The hash of a change stands in the log: no body is read for it.
        try database.forEach(
            """
            SELECT feed.number, tag, log.hash, feed.body FROM feed LEFT JOIN log ON log.position = feed.position
            WHERE feed.site = ?1 AND feed.number > ?2 AND feed.number <= ?3
            UNION ALL
            SELECT feed.number, tag, log.hash, feed.body FROM feed LEFT JOIN log ON log.position = feed.position
            WHERE feed.site = 0 AND feed.number > ?2 AND feed.number <= ?3
            ORDER BY 1
            """, peer.number, chain.number, number
        ) { row in
            let hash =
                row.isNull(2)
                ? try FeedEntry(number: row.uint64(0), tag: UInt8(clamping: row.int(1)), body: row.blobOrNil(3) ?? [])
                    .hash
                : try row.digest(2)
            chain.append(hash, number: row.uint64(0))
            return true
        }
        return chain
    }

    /// What is read of a feed: an entry and, of a change, its body, gone when this returns.
    typealias FeedReading = (_ entry: FeedEntry, _ body: UnsafeRawBufferPointer) throws -> Bool

    /// A site's feed from after a number on, until `read` has had enough.
    ///
    /// The shared list is short and often empty, so its part is read first and put in where it belongs; of one that
    /// holds large changes no more than a frame could carry.
    func forEachFeedEntry(of peer: Peer, after number: UInt64, _ read: FeedReading) throws {
        var origins = OriginNames()
        var shared: [(entry: FeedEntry, body: [UInt8])] = []
        var bytes = 0
        var isCut = false
        try forEachEntry(of: Peer.everyone, after: number, &origins) { entry, body in
            shared.append((entry, [UInt8](body)))
            bytes += body.count
            isCut = shared.count > ReplicationLimits.entriesInAnswer || bytes > ReplicationLimits.bytesInFrame
            return !isCut
        }
        guard !shared.isEmpty else { return try forEachEntry(of: peer.number, after: number, &origins, read) }
        var next = 0
        var isFull = false
        func readShared() throws {
            isFull = try !shared[next].body.withUnsafeBytes { try read(shared[next].entry, $0) }
            next += 1
        }
        try forEachEntry(of: peer.number, after: number, &origins) { entry, body in
            while !isFull, next < shared.count, shared[next].entry.number < entry.number { try readShared() }
            // What follows in the shared list has not been read, and may come before.
            if isCut, next == shared.count { isFull = true }
            if !isFull { isFull = try !read(entry, body) }
            return !isFull
        }
        while !isFull, next < shared.count { try readShared() }
    }

    /// Costs what it gives, however much lies in the log and in other lists.
    static let entriesOfList: SQL = """
        SELECT feed.number, tag, feed.body, feed.position, log.origin, sequence, stamp, log.body, hash
        FROM feed LEFT JOIN log ON log.position = feed.position
        WHERE feed.site = ? AND feed.number > ? ORDER BY feed.number
        """

    /// Origins whose numbers have been looked up.
    private struct OriginNames {
        private var known: [Int64: OriginID] = [:]
        /// Most changes of a feed are of the origin of the one before.
        private var last: (number: Int64, id: OriginID)?

        mutating func id(of number: Int64, in store: SiteStore) throws -> OriginID {
            if let last, last.number == number { return last.id }
            let id = try known[number] ?? store.originID(number)
            known[number] = id
            last = (number, id)
            return id
        }
    }

    private func forEachEntry(
        of list: Int64, after number: UInt64, _ origins: inout OriginNames, _ read: FeedReading
    ) throws {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        try database.forEach(Self.entriesOfList, list, number) { row in
            let number = row.uint64(0)
            guard let hash = row.digest128(8), let entity = row.withBlob(2, FeedTag.entity(named:)) else {
                guard row.isNull(3) else {
                    throw ReplicationError(
                        .inconsistent, "A feed names a change that is not in the log.",
                        remedy: "Run `tributary verify`.")
                }
                let entry = try FeedEntry(number: number, tag: UInt8(clamping: row.int(1)), body: row.blob(2))
                return try read(entry, nothing)
            }
            let change = ChangeHead(
                origin: try origins.id(of: row.int64(4), in: self), sequence: row.uint64(5),
                stamp: Stamp(raw: row.uint64(6)), entity: entity, hash: hash)
            let entry = FeedEntry(number: number, content: .stored(change))
            return try row.withBlob(7) { try read(entry, $0) }
        }
    }
}

extension SiteStore {
    /// Whether a site's feed has anything after a number.
    public func hasFeed(for site: SiteID, after number: UInt64) throws -> Bool {
        guard let peer = try peer(site: site) else { return false }
        return try database.first(
            """
            SELECT EXISTS (SELECT 1 FROM feed WHERE site = ? AND number > ?)
                OR EXISTS (SELECT 1 FROM feed WHERE site = 0 AND number > ?)
            """, peer.number, number, number
        ) { $0.bool(0) } ?? false
    }
}
