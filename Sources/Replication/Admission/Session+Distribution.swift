import Hashing
import SQLite

/// Who is told what: the audience is compared before and after every fold, in the admission transaction, and the
/// difference is queued.
extension Session {
    /// - Parameter isBroughtBack: a site that is being compared brings it back, and may have more of the entity to
    ///   bring: whoever was compared already and held nothing of it waits until all have told what they know.
    mutating func distribute(
        _ change: Change, at position: Int64, number: UInt64, row: EntityRow, before: EntityState, author: Peer?,
        isBroughtBack: Bool = false
    ) throws {
        guard case .sites(let sites) = try store.audience(of: row) else {
            try queueChange(of: row.id, at: position, number: number, for: Peer.everyone, entity: nil)
            return
        }
        let isFirst = before.vector.isEmpty
        // Nobody holds what has just come into being, and nobody has been told to lock it.
        let members = isFirst ? [] : try store.members(of: row.number)
        let audience = try sites.compactMap { try store.peerNumber(of: $0) ?? unheardPeer($0) }
        // What an earlier database of the author's site wrote is news to the one that has taken its place.
        let holder = author.flatMap { $0.origin == change.origin ? $0.number : nil }
        for member in members where audience.contains(member.site) {
            // While a history is on its way it will bring this change along.
            if member.isWhole && member.site != holder {
                try queueChange(of: row.id, at: position, number: number, for: member.site, entity: row.number)
            }
        }
        let isPartial =
            try isBroughtBack && store.hasUncompared() && !store.domain.mischief.contains(.sendsDownEarly)
        for site in audience where !members.contains(where: { $0.site == site }) {
            let hasAll = try site == holder && (isFirst || holdsAll(of: row, site, from: change.origin))
            if try !hasAll && (isPartial || !mayEnter(site, row)) {
                // It is told when it has been compared, or those have that may know better.
                let isDoubtful = try isPartial && store.peer(number: site)?.isCompared ?? false
                try join(site, to: row, enter: isDoubtful ? -1 : 0, isWhole: false)
                continue
            }
            if isFirst && !hasAll {
                try queueChange(of: row.id, at: position, number: number, for: site, entity: row.number)
            }
            if isFirst {
                try database.run("INSERT INTO member VALUES (?, ?, 0, 1)") { parameters in
                    parameters.add(row.number)
                    parameters.add(site)
                }
                store.forgetMembers()
            } else if hasAll {
                try join(site, to: row, enter: 0, isWhole: true)
            } else {
                try enter(site, to: row)
            }
        }
        for member in members where !audience.contains(member.site) { try withdraw(member.site, from: row) }
        if !row.state.holdings.isEmpty, change.revokes {
            for site in audience where site != holder {
                try awaitHearing(of: position, at: site, number: number)
            }
        }
        if let author, !audience.contains(author.number), !members.contains(where: { $0.site == author.number }),
            change.creation != nil
        {
            try withdraw(author.number, from: row)
        }
    }

    /// In a hub that was built anew a ticket may come back before the directory that names all who see it: whoever has
    /// not called yet is kept a place, or its copy would be taken for none of its own when it does.
    private func unheardPeer(_ site: SiteID) throws -> Int64? {
        guard life.isGathering, site != life.site else { return nil }
        try enrolAgain(site)
        return try store.peerNumber(of: site)
    }

    /// Whether a site has written all there is of an entity and has never been told to lock its copy.
    private func holdsAll(of row: EntityRow, _ site: Int64, from origin: OriginID) throws -> Bool {
        guard row.state.vector.entries.allSatisfy({ $0.origin == origin }) else { return false }
        let isLocked = try database.first(
            "SELECT 1 FROM withdrawal WHERE entity = ? AND site = ?", row.number, site, map: { _ in true })
        return !(isLocked ?? false)
    }

    func mayEnter(_ site: Int64, _ row: EntityRow) throws -> Bool {
        guard try store.hasUncompared() else { return true }
        return try store.peer(number: site)?.isCompared ?? true && !isPostponed(row)
    }

    /// - Parameter enter: the number of the entry that tells the site; 0 while it is not told, -1 until all are
    ///   compared.
    func join(_ site: Int64, to row: EntityRow, enter: Int64, isWhole: Bool) throws {
        try database.run("INSERT INTO member VALUES (?, ?, ?, ?)", row.number, site, enter, isWhole)
        store.forgetMembers()
        if !row.state.holdings.isEmpty { try awaitHearings(in: row, at: site) }
        try database.run("DELETE FROM withdrawal WHERE entity = ? AND site = ?", row.number, site)
        if try store.hasErasing(), !store.domain.mischief.contains(.erasesReturned) {
            try database.run("DELETE FROM erasing WHERE site = ? AND entity = ?", site, row.number)
        }
    }

    /// Verdicts go first: a site compares the sum with that of its changes which it knows to be admitted.
    mutating func enter(_ site: Int64, to row: EntityRow) throws {
        if admitted.contains(where: { $0.peer == site }) { try flushVerdicts() }
        let number = nextNumber()
        try queue(FeedEntry(number: number, content: .enter(row.id, sum: row.sum)), for: site, entity: row.number)
        try join(site, to: row, enter: Int64(clamping: number), isWhole: false)
    }

    /// Entries still queued are emptied in the same transaction: number and hash stay, so that the chain agrees.
    ///
    /// So it is done while the site is being compared, too: it may have said what it holds already.
    mutating func withdraw(_ site: Int64, from row: EntityRow) throws {
        let queued = try database.all(
            "SELECT number, tag, position, body FROM feed WHERE entity = ? AND site = ?", row.number, site
        ) { (number: $0.uint64(0), tag: UInt8(clamping: $0.int(1)), position: $0.int64OrNil(2), body: $0.blobOrNil(3)) }
        for item in queued where item.tag != FeedTag.emptied && item.tag != FeedTag.withdraw {
            if store.domain.mischief.contains(.sendsWithdrawn) { continue }
            let hash =
                try item.position.map { try store.hash(at: $0) }
                ?? FeedEntry(number: item.number, tag: item.tag, body: item.body ?? []).hash
            try database.run(
                "UPDATE feed SET tag = ?, entity = NULL, position = NULL, body = ? WHERE site = ? AND number = ?",
                Int64(FeedTag.emptied), hash.bytes, site, item.number)
        }
        try database.run("DELETE FROM member WHERE entity = ? AND site = ?", row.number, site)
        store.forgetMembers()
        let number = nextNumber()
        try queue(FeedEntry(number: number, content: .withdraw(row.id)), for: site, entity: row.number)
        try database.run(
            "INSERT OR REPLACE INTO withdrawal VALUES (?, ?, ?, NULL)", row.number, site, number)
    }

    /// - Parameters:
    ///   - id: stands in the feed too, so that whoever reads it reads no entity's row for it: those are large.
    ///   - entity: its number; nil in the shared list.
    mutating func queueChange(
        of id: EntityID, at position: Int64, number: UInt64, for site: Int64, entity: Int64?
    ) throws {
        if store.domain.mischief.contains(.forgetsEntries), number % 10 == 0 { return }
        try database.run("INSERT INTO feed VALUES (?, ?, ?, ?, ?, ?)") { parameters in
            parameters.add(site)
            parameters.add(number)
            parameters.add(Int64(FeedTag.change))
            parameters.add(entity)
            parameters.add(position)
            parameters.add(FeedTag.name(of: id))
        }
        news.insert(site)
    }

    mutating func queue(_ entry: FeedEntry, for site: Int64, entity: Int64?) throws {
        try database.run(
            "INSERT INTO feed VALUES (?, ?, ?, ?, NULL, ?)", site, entry.number, Int64(entry.tag), entity, entry.body)
        news.insert(site)
    }

    /// An author is told of its admitted changes in runs, so that a batch costs it one entry.
    mutating func noteAdmitted(_ reference: ChangeReference, of peer: Peer) {
        if let last = admitted.indices.last, admitted[last].origin == reference.origin,
            admitted[last].last + 1 == reference.sequence
        {
            admitted[last].last = reference.sequence
        } else {
            admitted.append((peer.number, reference.origin, reference.sequence, reference.sequence))
        }
    }

    mutating func flushVerdicts() throws {
        let runs = admitted
        admitted = []
        for run in runs {
            let content = FeedEntry.Content.admitted(origin: run.origin, first: run.first, last: run.last)
            try queue(FeedEntry(number: nextNumber(), content: content), for: run.peer, entity: nil)
        }
    }
}

extension SiteStore {
    func hash(at position: Int64) throws -> Digest128 {
        guard
            let hash = try database.first(
                "SELECT hash FROM log WHERE position = ?", position, map: { try $0.digest(0) })
        else {
            throw ReplicationError(
                .inconsistent, "A feed names a change that is not in the log.", remedy: "Run `tributary verify`.")
        }
        return hash
    }
}
