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
}
