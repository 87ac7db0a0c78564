import SQLite

extension SiteStore {
    /// How many entries of its feed a site has not read yet, counted no further than `limit`.
    public func unread(by peer: Peer, atMost limit: Int) throws -> Int {
        try database.first(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM feed WHERE site = ?1 AND number > ?2
                UNION ALL SELECT 1 FROM feed WHERE site = 0 AND number > ?2 LIMIT ?3)
            """, peer.number, peer.feed.number, Int64(limit)
        ) { $0.int(0) } ?? 0
    }

    /// Whether a site has read what everybody is sent of an entity: at the hub, of a directory entry or a standard.
    public func hasRead(_ entity: EntityID, _ peer: Peer) throws -> Bool {
        guard let known = try self.number(of: entity) else { return false }
        let last = try database.first(Self.lastAdmission, known) { $0.int64OrNil(0) }
        guard let number = last ?? nil else { return false }
        return peer.feed.number >= UInt64(number)
    }

    private static let lastAdmission: SQL =
        positionsOfEntity + "SELECT max(admission) FROM mine CROSS JOIN log ON log.position = mine.position"
}
