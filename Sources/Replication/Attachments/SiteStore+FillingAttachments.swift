import SQLite

/// Reading files for a site that asks. Reads only, so that any snapshot may serve it while the writer goes on.
extension SiteStore {
    private struct Kept {
        let size: Int
        let content: Int64?
        let isHeldElsewhere: Bool
    }

    /// Puts what a site asks for into an answer, a few chunks at a time.
    func fillAttachments(_ answer: inout ExchangeAnswer, for request: ExchangeRequest, of site: SiteID) throws {
        guard let wants = request.attachments?.wants, !wants.isEmpty, let peer = try peer(site: site),
            try !(credential(of: site)?.isRevoked ?? false)
        else { return }
        var filled = answer.attachments ?? AttachmentAnswer()
        var room = AttachmentLimits.bytesInRequest
        for want in wants {
            guard let file = try kept(want.name, for: peer) else {
                filled.wanted.append((want.name, .unknown))
                continue
            }
            guard let content = file.content else {
                filled.wanted.append((want.name, .notYet))
                continue
            }
            filled.wanted.append((want.name, .here(isElsewhere: file.isHeldElsewhere)))
            guard let held = want.held, held.count == AttachmentLimits.chunks(size: file.size) else { continue }
            for number in held.missing {
                guard room >= AttachmentLimits.bytes(ofChunk: number, size: file.size) else { break }
                guard let bytes = try chunk(number, of: content) else { break }
                filled.parts.append(AttachmentPart(name: want.name, number: number, bytes: bytes))
                room -= bytes.count
            }
        }
        answer.attachments = filled
    }

    /// Asked anew for each answer: whoever has lost an entity since, or has not got its history whole, gets none of its
    /// files.
    private func kept(_ name: AttachmentName, for peer: Peer) throws -> Kept? {
        try database.first(
            """
            SELECT attachment.size, CASE WHEN content.is_whole = 1 THEN attachment.content END, EXISTS (
                SELECT 1 FROM attachment_holder AS holder JOIN peer ON peer.origin = holder.origin
                JOIN member AS other ON other.entity = attachment.entity AND other.site = peer.number
                WHERE holder.attachment = attachment.number)
            FROM entity JOIN member ON member.entity = entity.number AND member.site = ? AND member.is_whole = 1
            JOIN attachment ON attachment.entity = entity.number
            LEFT JOIN content ON content.number = attachment.content
            WHERE entity.id = ? AND entity.kind = ? AND attachment.hash = ?
            """, peer.number, name.entity.bytes, Int64(name.entity.kind.rawValue), name.hash.bytes
        ) { Kept(size: $0.int(0), content: $0.int64OrNil(1), isHeldElsewhere: $0.bool(2)) }
    }
}
