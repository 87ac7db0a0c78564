import SQLite

/// Which entity names which file, kept beside the folded states so that a file can be found, counted and let go of.
extension SiteStore {
    /// What a branch has heard of a file from its hub, as the database keeps it.
    enum HubPlace {
        static let notYet: Int64 = 1
        static let here: Int64 = 2
        static let hereAndElsewhere: Int64 = 3
    }

    /// Why a branch fetches a file.
    enum Wish {
        static let none: Int64 = 0
        static let policy: Int64 = 1
        static let demand: Int64 = 2
    }

    /// Brings the files of an entity in line with its state, after it was saved.
    func noteAttachments(of row: EntityRow) throws {
        if let change = row.grownBy, !change.edits.contains(where: \.isOfFile) { return try lookAgain(row) }
        var named: [ContentHash: EntityState.Attached] = [:]
        var order: [ContentHash] = []
        for item in row.state.attachments {
            guard let hash = ContentHash(item.attachment.hash), named[hash] == nil,
                AttachmentProblem.size(item.attachment.size) == nil
            else { continue }
            named[hash] = item
            order.append(hash)
        }
        let held = try database.all("SELECT number, hash FROM attachment WHERE entity = ? ORDER BY number", row.number)
        {
            (number: $0.int64(0), hash: ContentHash($0.blob(1)))
        }
        for item in held where item.hash.map({ named[$0] == nil }) ?? true { try forget(item.number) }
        let known = Set(held.compactMap(\.hash))
        for hash in order where !known.contains(hash) {
            if let item = named[hash] { try note(item, hash, of: row) }
        }
    }

    /// A change may have moved the entity: those that are left ask anew whether its files are at two places.
    private func lookAgain(_ row: EntityRow) throws {
        guard !row.state.attachments.isEmpty else { return }
        try database.run(
            """
            UPDATE attachment SET is_open = 1
            WHERE entity = ? AND content IS NULL AND is_open = 0 AND EXISTS (SELECT 1 FROM life WHERE is_hub = 0)
            """, row.number)
    }

    private func note(_ item: EntityState.Attached, _ hash: ContentHash, of row: EntityRow) throws {
        let own = try database.first("SELECT is_hub, origin, is_standby FROM life") {
            (isHub: $0.bool(0), origin: $0.uint64(1), isStandby: $0.bool(2))
        }
        guard let own else { return }
        let size = Int(item.attachment.size)
        var content: Int64?
        // A hub does not take a branch's word for it that a file which somebody else brought is the branch's too.
        if !own.isHub || item.by.origin.raw == own.origin { content = try wholeContent(hash) }
        let isSmall = size <= AttachmentLimits.bytesFetchedUnasked
        let isWanted = !own.isHub && content == nil && (isSmall || own.isStandby)
        try database.run(
            """
            INSERT INTO attachment (entity, hash, size, since, content, wanted, is_open) VALUES (?, ?, ?, ?, ?, ?, ?)
            """, row.number, hash.bytes, size, try entry(of: item.by)?.change.stamp.milliseconds ?? 0, content,
            isWanted ? Wish.policy : Wish.none, !own.isHub)
        if let content { try database.run("UPDATE content SET is_loose = 0 WHERE number = ?", content) }
    }

    private func forget(_ attachment: Int64) throws {
        let content = try database.first("SELECT content FROM attachment WHERE number = ?", attachment) {
            $0.int64OrNil(0)
        }
        try database.run("DELETE FROM attachment_holder WHERE attachment = ?", attachment)
        try database.run("DELETE FROM attachment WHERE number = ?", attachment)
        if let content = content ?? nil { try release(content) }
    }

    /// Drops a content that nothing names any more.
    func release(_ content: Int64) throws {
        let isNamed = try database.first("SELECT 1 FROM attachment WHERE content = ? LIMIT 1", content) { _ in true }
        if isNamed == nil { try dropContent(content) }
    }

    /// Lets go of the files of an entity that is being erased here: content goes with the last entity that names it.
    /// To be called inside the transaction that erases.
    public func forgetAttachments(of entityNumber: Int64) throws {
        let numbers = try database.all("SELECT number FROM attachment WHERE entity = ? ORDER BY number", entityNumber) {
            $0.int64(0)
        }
        for number in numbers { try forget(number) }
    }

    /// At the hub: a site, by its number in the feeds, is told to erase its copy of an entity, and holds none of its
    /// files any more.
    public func forgetHolder(_ site: Int64, of entityNumber: Int64) throws {
        try database.run(
            """
            DELETE FROM attachment_holder WHERE origin = (SELECT origin FROM peer WHERE number = ?)
                AND attachment IN (SELECT number FROM attachment WHERE entity = ?)
            """, site, entityNumber)
    }

    /// Whether every file of an entity is held here whole: at the hub, what must be so before a site erases its copy.
    public func hasAllAttachments(of entityNumber: Int64) throws -> Bool {
        let lacking = try database.first(
            """
            SELECT 1 FROM attachment LEFT JOIN content ON content.number = attachment.content
            WHERE entity = ? AND ifnull(is_whole, 0) = 0 LIMIT 1
            """, entityNumber
        ) { _ in true }
        return lacking == nil
    }

    /// The same, and each file is held by a site that may see the entity, other than `site` (its number in the feeds),
    /// or by a backup. What lies at others is to be erased too, and counts for none of them.
    public func hasAllAttachmentsTwice(of entityNumber: Int64, besides site: Int64) throws -> Bool {
        guard try hasAllAttachments(of: entityNumber) else { return false }
        let lonely = try database.first(
            """
            SELECT 1 FROM attachment WHERE entity = ?1 AND NOT EXISTS (
                SELECT 1 FROM attachment_holder AS holder JOIN peer ON peer.origin = holder.origin
                JOIN member ON member.entity = attachment.entity AND member.site = peer.number
                WHERE holder.attachment = attachment.number AND peer.number <> ?2) AND NOT EXISTS (
                SELECT 1 FROM content JOIN backup ON content.whole_since < backup.admission
                WHERE content.number = attachment.content) LIMIT 1
            """, entityNumber, site
        ) { _ in true }
        return lonely == nil
    }

    /// Whether a content is here whole, whoever names it: to be asked before a change names it.
    public func holdsWhole(_ hash: ContentHash, size: UInt64) throws -> Bool {
        try database.first("SELECT size FROM content WHERE hash = ? AND is_whole = 1", hash.bytes) {
            UInt64(clamping: $0.int64(0)) == size
        } ?? false
    }
}

extension Edit {
    /// Whether it names a file.
    var isOfFile: Bool { if case .attach = self { true } else { false } }
}
