import SQLite

/// Contents are held against their hashes again: in rounds, because a disk may let rot what nobody reads, and when
/// there is reason to doubt one.
extension Session {
    /// Takes note of a part of the round.
    /// - Returns: how many contents were not what their hash says; these are dropped and asked for where they are held.
    public mutating func take(_ part: ContentRound, at milliseconds: Int64) throws -> Int {
        try store.askAgain(at: milliseconds)
        try database.run("UPDATE recheck SET content = ?", part.checked.last ?? 0)
        for content in part.checked where !part.damaged.contains(content) {
            try store.noteVerified(content, at: milliseconds)
        }
        // Not believed without another look: it may have come anew meanwhile.
        return try part.damaged.count { try !verifyContent($0, at: milliseconds) }
    }

    /// Holds a whole content against its hash. One that is something else is dropped: a branch asks the hub for it, the
    /// hub those of its sites that have shown that they hold it.
    /// - Returns: whether it is what it should be.
    @discardableResult
    public mutating func verifyContent(_ content: Int64, at milliseconds: Int64) throws -> Bool {
        let hash = try database.first("SELECT hash FROM content WHERE number = ? AND is_whole = 1", content) {
            ContentHash($0.blob(0))
        }
        guard let hash = hash ?? nil, try !store.isSound(content, hash) else {
            try store.noteVerified(content, at: milliseconds)
            return true
        }
        let names = try database.all(
            """
            SELECT kind, id, EXISTS (SELECT 1 FROM attachment_holder WHERE attachment = attachment.number), hub_place
            FROM attachment JOIN entity ON entity.number = attachment.entity WHERE content = ?
            ORDER BY attachment.number
            """, content
        ) { (entity: $0.entityID(kind: 0, id: 1), isHeld: $0.bool(2), hubPlace: $0.int64(3)) }
        try database.run(
            "UPDATE attachment SET content = NULL, wanted = ?, is_open = 1, asked = 0 WHERE content = ?",
            life.isHub ? SiteStore.Wish.none : SiteStore.Wish.demand, content)
        try store.dropContent(content)
        for name in names {
            guard let entity = name.entity else { continue }
            try record(
                "damage", of: life.site,
                "File \(hash.text.prefix(12)) of entity \(entity.text) was not what its hash says and is dropped; "
                    + remedy(isHeld: name.isHeld, hubPlace: name.hubPlace), at: milliseconds)
        }
        return false
    }

    private func remedy(isHeld: Bool, hubPlace: Int64) -> String {
        if life.isHub {
            return isHeld ? "the sites that hold it are asked for it." : "no site has shown that it holds another."
        }
        return hubPlace >= SiteStore.HubPlace.here
            ? "the hub is asked for it." : "the hub has not said that it holds it: it is asked all the same."
    }
}

/// A part of the round over whole contents, as a reader has looked at it.
public struct ContentRound: Equatable, Sendable {
    /// The numbers of the contents, in their order; none at the end of a round.
    let checked: [Int64]
    let damaged: [Int64]
}

extension SiteStore {
    /// Checks the next whole contents of the round, those that are being put in among them. It only reads, so that
    /// nobody who writes waits for it.
    /// - Parameter bytes: a content is begun while fewer than these have been read.
    public func nextContents(bytes: Int = AttachmentLimits.bytesVerified) throws -> ContentRound {
        var found: [(number: Int64, hash: ContentHash?)] = []
        var room = bytes
        try database.forEach(
            """
            SELECT number, size, hash FROM content
            WHERE number > (SELECT content FROM recheck) AND is_whole = 1 ORDER BY number
            """
        ) { row in
            found.append((row.int64(0), ContentHash(row.blob(2))))
            room -= row.int(1)
            return room > 0
        }
        let damaged = try found.filter { item in try item.hash.map { try !isSound(item.number, $0) } ?? false }
        return ContentRound(checked: found.map(\.number), damaged: damaged.map(\.number))
    }

    /// The time of one that waits to be asked for again is that of its last failure, and of one that nobody has
    /// attached that of its coming in.
    fileprivate func noteVerified(_ content: Int64, at milliseconds: Int64) throws {
        try database.run(
            "UPDATE content SET touched = ? WHERE number = ? AND failures = 0 AND is_loose = 0", milliseconds, content)
    }

    /// Whether a content was held against its hash within the hour. A clock that was put back proves nothing.
    func isVerified(_ content: Int64, lately milliseconds: Int64) throws -> Bool {
        try database.first("SELECT touched FROM content WHERE number = ?", content) {
            (0..<AttachmentLimits.damagedMilliseconds).contains(milliseconds - $0.int64(0))
        } ?? false
    }

    /// Nothing is said of a content until ``askAgain(at:)`` finds that it has waited long enough.
    func leaveAlone(_ content: Int64, at milliseconds: Int64) throws {
        try database.run("UPDATE attachment SET is_open = 0 WHERE content = ?", content)
        try database.run("UPDATE content SET touched = ? WHERE number = ?", milliseconds, content)
    }

    /// The hub holds a content that it could not make whole before. Other entities that name it were left alone along
    /// with the one whose copies came damaged, and have nothing to wait for any more: the hub needs only the proof.
    func speakAgain(of content: Int64?) throws {
        let hasFailed = try database.first("SELECT 1 FROM content WHERE number = ? AND failures > 0", content) { _ in
            true
        }
        guard hasFailed != nil else { return }
        try database.run("UPDATE content SET failures = 0 WHERE number = ?", content)
        try database.run(
            "UPDATE attachment SET is_open = 1, asked = 0 WHERE content = ? AND hub_place < ?", content,
            HubPlace.hereAndElsewhere)
    }

    /// What came damaged too often is spoken of again after its hour. At a hub nothing waits.
    fileprivate func askAgain(at milliseconds: Int64) throws {
        let due = try database.all(
            "SELECT number FROM content WHERE failures > 0 AND (touched <= ? OR touched > ?) ORDER BY number",
            milliseconds - AttachmentLimits.damagedMilliseconds, milliseconds
        ) { $0.int64(0) }
        for content in due {
            try database.run("UPDATE content SET touched = ? WHERE number = ?", milliseconds, content)
            try database.run(
                """
                UPDATE attachment SET is_open = 1, asked = 0
                WHERE content = ? AND EXISTS (SELECT 1 FROM life WHERE is_hub = 0)
                """, content)
        }
    }

    /// Files whose copy at this hub was damaged, and which a site has shown that it holds: it is asked for them by
    /// being told what is lacking, as if it had offered them.
    func askBack(_ answer: inout ExchangeAnswer, of peer: Peer) throws {
        guard let origin = peer.origin else { return }
        let lacking = try database.all(
            """
            SELECT kind, id, attachment.hash, attachment.size, content FROM attachment
            JOIN entity ON entity.number = attachment.entity
            WHERE is_open = 1 AND EXISTS (
                SELECT 1 FROM attachment_holder AS holder
                WHERE holder.attachment = attachment.number AND holder.origin = ?)
            ORDER BY asked, attachment.number LIMIT ?
            """, origin.raw, Int64(AttachmentLimits.filesAskedBack)
        ) { row in
            (
                entity: row.entityID(kind: 0, id: 1), hash: ContentHash(row.blob(2)), size: row.int(3),
                content: row.int64OrNil(4)
            )
        }
        guard !lacking.isEmpty else { return }
        var attachments = answer.attachments ?? AttachmentAnswer()
        for file in lacking {
            guard let entity = file.entity, let hash = file.hash else { continue }
            let map =
                try file.content.map { try chunkMap(of: $0, size: file.size) }
                ?? ChunkMap(count: AttachmentLimits.chunks(size: file.size))
            attachments.offered.append((AttachmentName(entity: entity, hash: hash), .lacking(map)))
        }
        answer.attachments = attachments
    }
}
