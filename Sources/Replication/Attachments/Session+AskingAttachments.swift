import SQLite

/// The branch's end of the lane of attachments: what it offers, sends and asks for.
extension Session {
    /// A file with something to be said about it.
    private struct OpenFile {
        let number: Int64
        let name: AttachmentName
        let size: Int
        let content: Int64?
        let isWhole: Bool
        let isWanted: Bool
        let hubMap: ChunkMap?
    }

    private static let openFiles: SQL = """
        SELECT attachment.number, kind, id, attachment.hash, attachment.size, content, ifnull(is_whole, 0), wanted,
            hub_map
        FROM attachment JOIN entity ON entity.number = attachment.entity
        LEFT JOIN content ON content.number = attachment.content
        WHERE is_open = 1 AND (is_withdrawn = 0 OR ifnull(is_whole, 0) = 1)
        ORDER BY asked, attachment.number LIMIT ?
        """

    /// Whether there is anything to offer, to send or to ask for.
    func hasAttachmentWork() throws -> Bool {
        guard !life.isHub, life.hubProtocol >= ProtocolRange.sections else { return false }
        if try isStandingOld() {
            return try database.first("SELECT EXISTS (SELECT 1 FROM attachment)") { $0.bool(0) } ?? false
        }
        return try !openFiles(atMost: 1).isEmpty
    }

    /// Of a copy that was withdrawn only what is whole is spoken of: it may be the last.
    private func openFiles(atMost limit: Int) throws -> [OpenFile] {
        try database.all(Self.openFiles, Int64(limit)) { row -> OpenFile? in
            guard let entity = row.entityID(kind: 1, id: 2), let hash = ContentHash(row.blob(3)) else { return nil }
            return OpenFile(
                number: row.int64(0), name: AttachmentName(entity: entity, hash: hash), size: row.int(4),
                content: row.int64OrNil(5), isWhole: row.bool(6), isWanted: row.int64(7) != SiteStore.Wish.none,
                hubMap: row.blobOrNil(8).flatMap { ChunkMap(encoded: $0) })
        }.compactMap(\.self)
    }

    /// What a hub has said holds for its epoch, and for this database's origin: another is told anew.
    private func isStandingOld() throws -> Bool {
        try database.first(
            "SELECT epoch = ? AND origin = ? FROM attachment_standing", Int64(life.cursor.epoch.number), life.origin.raw
        ) { !$0.bool(0) } ?? true
    }

    private func beginAnewIfOld() throws {
        guard try isStandingOld() else { return }
        try database.run("UPDATE attachment SET is_open = 1, hub_place = 0, hub_map = NULL")
        try database.run(
            "INSERT OR REPLACE INTO attachment_standing VALUES (1, ?, ?)", Int64(life.cursor.epoch.number),
            life.origin.raw)
    }

    /// Fills a request of the lane: those that have waited longest first.
    func fillAttachments(_ request: inout ExchangeRequest, at milliseconds: Int64) throws {
        guard life.hubProtocol >= ProtocolRange.sections else { return }
        try beginAnewIfOld()
        var asked = AttachmentRequest()
        var room = AttachmentLimits.bytesInRequest
        for file in try openFiles(atMost: AttachmentLimits.offersInRequest) {
            if file.isWhole, let content = file.content {
                guard let proof = try store.proof(of: content, for: file.name.entity) else { continue }
                asked.offers.append(.init(name: file.name, proof: proof))
                try addParts(of: file, content, to: &asked, room: &room)
            } else {
                asked.wants.append(.init(name: file.name, held: file.isWanted ? try held(of: file) : nil))
            }
            try database.run("UPDATE attachment SET asked = ? WHERE number = ?", milliseconds, file.number)
        }
        request.attachments = asked
    }

    private func held(of file: OpenFile) throws -> ChunkMap {
        guard let content = file.content else { return ChunkMap(count: AttachmentLimits.chunks(size: file.size)) }
        return try store.chunkMap(of: content, size: file.size)
    }

    /// Nothing is sent before the hub has said what it lacks.
    private func addParts(
        of file: OpenFile, _ content: Int64, to asked: inout AttachmentRequest, room: inout Int
    ) throws {
        for number in file.hubMap?.missing ?? [] {
            guard room >= AttachmentLimits.bytes(ofChunk: number, size: file.size) else { return }
            guard let bytes = try store.chunk(number, of: content) else { return }
            asked.parts.append(AttachmentPart(name: file.name, number: number, bytes: bytes))
            room -= bytes.count
        }
    }

    /// Somebody asks for a file of an entity that is held here.
    /// - Returns: false if the entity names no such file; true also when it is here already. One that was put in anew
    ///   because it was lost everywhere is the entity's again.
    public mutating func demandAttachment(_ hash: ContentHash, of row: EntityRow) throws -> Bool {
        let found = try database.first(
            """
            SELECT ifnull(is_whole, 0), content FROM attachment LEFT JOIN content ON content.number = attachment.content
            WHERE entity = ? AND attachment.hash = ?
            """, row.number, hash.bytes
        ) { (isWhole: $0.bool(0), content: $0.int64OrNil(1)) }
        guard let found else { return false }
        guard !found.isWhole else { return true }
        if let whole = try store.wholeContent(hash) {
            try database.run(
                "UPDATE attachment SET content = ?, wanted = ?, is_open = ? WHERE entity = ? AND hash = ?", whole,
                SiteStore.Wish.none, !life.isHub, row.number, hash.bytes)
            try database.run("UPDATE content SET is_loose = 0 WHERE number = ?", whole)
            if let begun = found.content { try store.release(begun) }
            hasDemanded = true
            return true
        }
        guard !life.isHub else { return true }
        try database.run(
            "UPDATE attachment SET wanted = ?, is_open = 1, asked = 0 WHERE entity = ? AND hash = ?",
            SiteStore.Wish.demand, row.number, hash.bytes)
        hasDemanded = true
        return true
    }
}
