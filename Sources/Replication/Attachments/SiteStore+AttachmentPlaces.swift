import SQLite

/// Where files are.
extension SiteStore {
    private struct Standing {
        let size: Int
        let content: Int64?
        let isWhole: Bool
        let hubPlace: Int64
        let isWanted: Bool
        let isHeldElsewhere: Bool
    }

    /// The files that an entity names, in the order in which they were attached, and where each is.
    public func attachments(of row: EntityRow) throws -> [HeldAttachment] {
        guard !row.state.attachments.isEmpty else { return [] }
        let isHub = try isHub()
        return try row.state.attachments.compactMap { item in
            guard let hash = ContentHash(item.attachment.hash), let standing = try standing(of: hash, in: row.number)
            else { return nil }
            let content = standing.isWhole ? standing.content : nil
            return HeldAttachment(
                attachment: item.attachment, by: item.by, place: Self.place(standing, isHub: isHub),
                isHere: standing.isWhole, bytesHere: try bytesHere(standing), isWanted: standing.isWanted,
                content: content)
        }
    }

    private func isHub() throws -> Bool { try database.first("SELECT is_hub FROM life") { $0.bool(0) } ?? false }

    private func bytesHere(_ standing: Standing) throws -> Int {
        guard let content = standing.content else { return 0 }
        if standing.isWhole { return standing.size }
        let map = try chunkMap(of: content, size: standing.size)
        return (0..<map.count).reduce(0) {
            $0 + (map[$1] ? AttachmentLimits.bytes(ofChunk: $1, size: standing.size) : 0)
        }
    }

    private func standing(of hash: ContentHash, in entity: Int64) throws -> Standing? {
        try database.first(
            """
            SELECT attachment.size, content, ifnull(is_whole, 0), hub_place, wanted, EXISTS (
                SELECT 1 FROM attachment_holder AS holder JOIN peer ON peer.origin = holder.origin
                WHERE holder.attachment = attachment.number)
            FROM attachment LEFT JOIN content ON content.number = attachment.content
            WHERE entity = ? AND attachment.hash = ?
            """, entity, hash.bytes
        ) {
            Standing(
                size: $0.int(0), content: $0.int64OrNil(1), isWhole: $0.bool(2), hubPlace: $0.int64(3),
                isWanted: $0.int64(4) != Wish.none, isHeldElsewhere: $0.bool(5))
        }
    }

    private static func place(_ standing: Standing, isHub: Bool) -> AttachmentPlace {
        if isHub {
            guard standing.isWhole else { return .onlyAtAuthor }
            return standing.isHeldElsewhere ? .atTwoPlaces : .atHub
        }
        if standing.isWhole { return standing.hubPlace >= HubPlace.here ? .atTwoPlaces : .onlyHere }
        switch standing.hubPlace {
        case HubPlace.hereAndElsewhere: return .atTwoPlaces
        case HubPlace.here: return .atHub
        default: return .onlyAtAuthor
        }
    }

    /// At the hub: the files that exist at one place only, the oldest first.
    public func lonelyAttachments(limit: Int) throws -> [LonelyAttachment] {
        let found = try database.all(
            """
            SELECT entity, attachment.hash, since FROM attachment
            LEFT JOIN content ON content.number = attachment.content
            WHERE ifnull(is_whole, 0) = 0 OR NOT EXISTS (
                SELECT 1 FROM attachment_holder AS holder JOIN peer ON peer.origin = holder.origin
                WHERE holder.attachment = attachment.number)
            ORDER BY since, attachment.number LIMIT ?
            """, Int64(limit)
        ) { (entity: $0.int64(0), hash: $0.blob(1), since: $0.int64(2)) }
        return try found.compactMap { item in
            let row = try row(number: item.entity)
            guard let held = try attachments(of: row).first(where: { $0.attachment.hash == item.hash }) else {
                return nil
            }
            return LonelyAttachment(
                entity: row.id, label: row.state.creation?.label ?? "", attachment: held.attachment, by: held.by,
                place: held.place, since: item.since)
        }
    }
}
