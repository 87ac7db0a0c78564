import Hashing
import SQLite

/// A copy that was withdrawn is removed, bytes and all, as soon as another place is sure to have everything of it.
extension Session {
    /// The site has locked its copy: from now on it may be erased when nothing is lost by it.
    mutating func noteLocked(_ entity: Int64, at peer: Peer, sequence: UInt64) throws {
        try database.run(
            "INSERT OR REPLACE INTO erasing VALUES (?, ?, ?, ?)", peer.number, entity,
            try store.originNumber(peer.origin ?? OriginID(raw: 0)), sequence)
        store.memo?.hasErasing = nil
    }

    /// Queues what may be erased now, after a request of a site: its own locked copies, and others' copies of what it
    /// now holds whole or has read.
    mutating func eraseWhatMayGo(_ peer: Peer, holding entities: [Int64]) throws {
        guard try store.hasErasing() else { return }
        let own = try database.all(
            "SELECT entity, site FROM erasing WHERE site = ? LIMIT ?", peer.number,
            Int64(ReplicationLimits.erasesInTurn), map: { (entity: $0.int64(0), site: $0.int64(1)) })
        let others = try entities.prefix(ReplicationLimits.erasesInTurn).flatMap { entity in
            try database.all("SELECT entity, site FROM erasing WHERE entity = ?", entity) {
                (entity: $0.int64(0), site: $0.int64(1))
            }
        }
        for item in own + others { try eraseIfSafe(item.entity, at: item.site) }
    }

    private mutating func eraseIfSafe(_ entity: Int64, at site: Int64) throws {
        // One of protocol 1 cannot erase: it keeps its locked copy until it has been upgraded.
        guard try store.peer(number: site).map({ $0.speaks >= ProtocolRange.sections }) ?? false else { return }
        let row = try store.row(number: entity)
        let isEarly = store.domain.mischief.contains(.erasesEarly)
        guard try isHeardOut(row, site),
            try isEarly || hasSecondHolder(row, besides: site) || store.isInBackup(row),
            try store.hasAllAttachmentsTwice(of: entity, besides: site)
        else { return }
        try database.run("DELETE FROM erasing WHERE site = ? AND entity = ?", site, entity)
        store.memo?.hasErasing = nil
        try flushVerdicts()
        try queue(FeedEntry(number: nextNumber(), content: .erase(row.id)), for: site, entity: nil)
        try store.forgetHolder(site, of: entity)
    }

    private static let refusedThere: SQL =
        SiteStore.positionsOfEntity + """
            SELECT 1 FROM mine CROSS JOIN log ON log.position = mine.position JOIN origin ON origin.number = log.origin
            WHERE condition = 3 AND origin.site = ?2
            """

    /// Whether the hub has every change that the site made before it locked its copy, and has judged them.
    private func isHeardOut(_ row: EntityRow, _ site: Int64) throws -> Bool {
        try store.settle()
        let isHeard = try database.first(
            """
            SELECT origin.position >= erasing.sequence FROM erasing JOIN origin ON origin.number = erasing.origin
            WHERE erasing.site = ? AND erasing.entity = ?
            """, site, row.number
        ) { $0.bool(0) }
        guard isHeard ?? false else { return false }
        // What was refused is told to those who wrote it, and no other place has it.
        let isRefused = try database.first(
            Self.refusedThere, row.number, try store.peer(number: site)?.site.text ?? ""
        ) { _ in true }
        guard isRefused == nil else { return false }
        let waits = try database.first(
            """
            SELECT EXISTS (SELECT 1 FROM waiting JOIN peer ON peer.site = waiting.site
                WHERE waiting.entity = ? AND peer.number = ?)
            """, row.number, site
        ) { $0.bool(0) }
        return !(waits ?? false)
    }

    /// Another site of the audience that holds the whole history and has read everything since.
    private func hasSecondHolder(_ row: EntityRow, besides site: Int64) throws -> Bool {
        for member in try store.members(of: row.number) where member.site != site && member.isWhole {
            let unread = try database.first(
                "SELECT EXISTS (SELECT 1 FROM feed WHERE entity = ? AND site = ?)", row.number, member.site
            ) { $0.bool(0) }
            if !(unread ?? false) { return true }
        }
        return false
    }

    /// Which entities a site is about to have read everything of, among those that wait to be erased elsewhere.
    func readNow(by peer: Peer, upTo number: UInt64) throws -> [Int64] {
        guard try store.hasErasing() else { return [] }
        return try database.all(
            """
            SELECT DISTINCT feed.entity FROM feed JOIN erasing ON erasing.entity = feed.entity
            WHERE feed.site = ? AND feed.number <= ?
            """, peer.number, number
        ) { $0.int64(0) }
    }

    /// Removes this site's copy of an entity. Of its own changes number and hash stay, so that its stream proves
    /// itself.
    mutating func erase(_ entity: EntityID) throws {
        guard let row = try store.row(entity) else { return }
        guard row.isWithdrawn else {
            throw ReplicationError(
                .inconsistent, "The hub asks to erase entity \(entity.text), which it has not withdrawn.",
                remedy: "Run `tributary verify` at both ends.")
        }
        if store.domain.mischief.contains(.keepsErased) { return }
        let pending = try store.entries(of: row.number).contains { !$0.isAdmitted }
        guard !pending else {
            throw ReplicationError(
                .inconsistent, "The hub asks to erase entity \(entity.text), of which it has not everything yet.",
                remedy: "Run `tributary verify` at both ends.")
        }
        try store.eraseCopy(row, of: life.site)
        hasErased = true
    }
}

extension SiteStore {
    /// Whether any copy waits to be erased.
    func hasErasing() throws -> Bool {
        let memo = memo
        if let known = memo?.hasErasing { return known }
        let found = try database.first("SELECT EXISTS (SELECT 1 FROM erasing)") { $0.bool(0) } ?? false
        memo?.hasErasing = found
        return found
    }

    /// Whether a copy was ever erased here.
    public func hasErasedCopies() throws -> Bool {
        try database.first("SELECT EXISTS (SELECT 1 FROM entity WHERE id = ? AND kind = 0)", Self.erasedEntity.bytes) {
            $0.bool(0)
        } ?? false
    }

    fileprivate func eraseCopy(_ row: EntityRow, of site: SiteID) throws {
        try domain.project(row, isVisible: false, in: database)
        try domain.forget(row, in: database)
        changed?.insert(row)
        let placeholder = try placeholderNumber()
        // Of an earlier life that came back from the hub only the directory says whose it was.
        let rows = try database.all(
            Self.positionsOfEntity + """
                SELECT log.position, origin.site = ?2 OR EXISTS (
                    SELECT 1 FROM site_origin WHERE site_origin.origin = origin.id AND site_origin.site = ?2)
                FROM mine CROSS JOIN log ON log.position = mine.position JOIN origin ON origin.number = log.origin
                """, row.number, site.text
        ) { (position: $0.int64(0), isOwn: $0.boolOrNil(1) ?? false) }
        for item in rows {
            for table in ["DELETE FROM verdict WHERE position = ?", "DELETE FROM to_return WHERE position = ?"] as [SQL]
            { try database.run(table, item.position) }
            if item.isOwn {
                // Of a client's request its name, and what it was about, stay: made again, it is not carried out again.
                try database.run(
                    """
                    INSERT OR REPLACE INTO erased_request SELECT position, ?, ? FROM idempotency WHERE position = ?
                    """, Int64(row.id.kind.rawValue), row.id.bytes, item.position)
                try database.run(
                    """
                    UPDATE log SET body = NULL, entity = ?, previous = 0, condition = 4, admission = NULL, stamp = 0
                    WHERE position = ?
                    """, placeholder, item.position)
            } else {
                try database.run("DELETE FROM idempotency WHERE position = ?", item.position)
                try database.run("DELETE FROM log WHERE position = ?", item.position)
            }
        }
        memo?.lastPosition = nil
        try forgetAttachments(of: row.number)
        for table in [
            "DELETE FROM wanted WHERE entity = ?", "DELETE FROM bucket WHERE entity = ?",
            "DELETE FROM not_understood WHERE entity = ?",
            "DELETE FROM entity WHERE number = ?",
        ] as [SQL] { try database.run(table, row.number) }
    }
}
