import SQLite

/// Feeds are kept within budgets, so that a site that is away for ever does not fill the hub's disk: one over its
/// budget is compared when it comes back.
extension Session {
    /// Drops the feeds of sites that are over their budget of days or entries. The hub's shell asks now and then.
    /// - Returns: the sites whose feed was dropped.
    public mutating func boundFeeds(
        at milliseconds: Int64, days: Int64 = ReplicationLimits.feedDays, entries: Int = ReplicationLimits.feedEntries
    ) throws -> [SiteID] {
        // A clock that is not believed says nothing of how long anybody was away.
        guard life.isHub, try store.clockRecord().standing == .believed else { return [] }
        var dropped: [SiteID] = []
        for peer in try store.peers() where !peer.isDropped && peer.joined != nil {
            let unread =
                try store.database.first(
                    "SELECT count(*) FROM (SELECT 1 FROM feed WHERE site = ? LIMIT ?)", peer.number, Int64(entries) + 1
                ) { $0.int(0) } ?? 0
            let isAway = peer.heard > 0 && milliseconds - peer.heard > days * 86_400_000
            guard unread > entries || (isAway && unread > 0) else { continue }
            try dropFeed(of: peer)
            try store.database.run("UPDATE peer SET is_dropped = 1, is_counting = 0 WHERE number = ?", peer.number)
            try record(
                "feed dropped", of: peer.site,
                isAway
                    ? "\(peer.site) has not been heard for \(days) days; it compares when it comes back."
                    : "\(peer.site) had more than \(entries) entries to read; it compares at its next exchange.",
                at: milliseconds)
            dropped.append(peer.site)
        }
        return dropped
    }
}
