import Hashing
import SQLite

/// The hub's end of the lane of attachments: chunks are kept, verified whole, and only then counted as held.
extension Session {
    /// A file as the hub has it for one entity.
    private struct Named {
        let number: Int64
        let size: Int
        let content: Int64?
        let isWhole: Bool
        let failures: Int
        /// Whether the asker may see the entity now; else it once could, and may return what it holds.
        let isMember: Bool
    }

    /// - Returns: the answer but for what the site asks for, and the entities of which it holds a file from now on.
    mutating func takeAttachments(
        _ asked: AttachmentRequest?, from peer: Peer, at milliseconds: Int64
    ) throws -> (answer: AttachmentAnswer?, held: [Int64]) {
        guard let asked else { return (nil, []) }
        var damaged: Set<AttachmentName> = []
        for part in asked.parts where try take(part, from: peer, at: milliseconds) { damaged.insert(part.name) }
        try verify(asked.wants, of: peer, at: milliseconds)
        var answer = AttachmentAnswer()
        var held: [Int64] = []
        for offer in asked.offers {
            // One whose damaged copy came may be here all the same, for another entity.
            let here = try self.standing(of: offer, from: peer)
            let standing = here != .held && damaged.contains(offer.name) ? .damaged : here
            answer.offered.append((offer.name, standing))
            if standing == .held, let row = try store.row(offer.name.entity) { held.append(row.number) }
        }
        return (answer, held)
    }

    /// Nil when there is no such file that the site may speak of. Not told apart: whether the entity exists, whether it
    /// names the file, and whether it is the site's.
    private func named(_ name: AttachmentName, by peer: Peer) throws -> Named? {
        try database.first(
            """
            SELECT attachment.number, attachment.size, content, ifnull(is_whole, 0), ifnull(failures, 0),
                EXISTS (SELECT 1 FROM member WHERE member.entity = attachment.entity AND site = ?1),
                EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.entity = attachment.entity AND site = ?1)
            FROM entity JOIN attachment ON attachment.entity = entity.number
            LEFT JOIN content ON content.number = attachment.content
            WHERE entity.id = ?2 AND entity.kind = ?3 AND attachment.hash = ?4
            """, peer.number, name.entity.bytes, Int64(name.entity.kind.rawValue), name.hash.bytes
        ) { row -> Named? in
            guard row.bool(5) || row.bool(6) else { return nil }
            return Named(
                number: row.int64(0), size: row.int(1), content: row.int64OrNil(2), isWhole: row.bool(3),
                failures: row.int(4), isMember: row.bool(5))
        } ?? nil
    }

    /// - Returns: whether copies of the site's have come whole and damaged too often.
    private mutating func take(_ part: AttachmentPart, from peer: Peer, at milliseconds: Int64) throws -> Bool {
        guard let file = try named(part.name, by: peer), !file.isWhole, part.isSound(size: file.size) else {
            return false
        }
        let content: Int64
        if let begun = file.content {
            content = begun
        } else {
            content = try store.beginContent(part.name.hash, size: file.size, isLoose: false, at: milliseconds)
            try database.run("UPDATE attachment SET content = ? WHERE number = ?", content, file.number)
        }
        try store.keepChunk(part.bytes, number: part.number, of: content)
        switch try store.settle(content, part.name.hash, size: file.size) {
        case .lacking: return false
        case .whole(let whole):
            try name(whole, by: file.number)
            return false
        case .damaged(let times):
            try noteDamaged(part.name, times: times, from: peer.site.text, at: milliseconds)
            return times % AttachmentLimits.damagedCopies == 0
        }
    }

    /// What a site is about to be sent from its beginning is held against its hash first, unless that was done lately:
    /// a thin line does not carry a file for nothing.
    private mutating func verify(
        _ wants: [AttachmentRequest.Want], of peer: Peer, at milliseconds: Int64
    ) throws {
        var bytes = 0
        for want in wants where want.held?.held == 0 && bytes < AttachmentLimits.bytesVerified {
            guard let file = try named(want.name, by: peer), file.isWhole, let content = file.content,
                try !store.isVerified(content, lately: milliseconds)
            else { continue }
            bytes += file.size
            try verifyContent(content, at: milliseconds)
        }
    }

    private func standing(of offer: AttachmentRequest.Offer, from peer: Peer) throws -> AttachmentAnswer.Offered {
        guard let file = try named(offer.name, by: peer), let origin = peer.origin else { return .unknown }
        if file.isWhole, let content = file.content {
            // Who may see the entity may know that the file is here; who may not has to show that it holds it.
            let isShown = try store.proof(of: content, for: offer.name.entity) == offer.proof
            guard isShown else { return file.isMember ? .damaged : .unknown }
            try count(origin, among: file.number)
            return .held
        }
        if let whole = try store.wholeContent(offer.name.hash),
            try store.proof(of: whole, for: offer.name.entity) == offer.proof
        {
            try name(whole, by: file.number)
            if let begun = file.content { try store.release(begun) }
            try count(origin, among: file.number)
            return .held
        }
        guard let content = file.content else {
            return .lacking(ChunkMap(count: AttachmentLimits.chunks(size: file.size)))
        }
        return .lacking(try store.chunkMap(of: content, size: file.size))
    }

    /// A content that somebody has put in here and not attached is no longer to be forgotten.
    private func name(_ whole: Int64, by attachment: Int64) throws {
        try database.run("UPDATE attachment SET content = ?, is_open = 0 WHERE number = ?", whole, attachment)
        try database.run("UPDATE content SET is_loose = 0 WHERE number = ?", whole)
    }

    private func count(_ origin: OriginID, among attachment: Int64) throws {
        try database.run("INSERT OR IGNORE INTO attachment_holder VALUES (?, ?)", attachment, origin.raw)
    }
}
