import Node
import Replication

/// Lets a hub fill and encode one answer after the other for a site's polls.
struct FeedReader {
    private let site: SiteID
    private let hub: Site
    private var cursor: FeedCursor
    /// Whether the last answer held all that was left.
    private(set) var isCaughtUp = false

    /// Begins where the site was last known to be.
    init(_ site: SiteID, at hub: Site) throws {
        self.site = site
        self.hub = hub
        cursor = try hub.read { store in
            FeedCursor(epoch: try store.life().cursor.epoch, chain: try store.peer(site: site)?.feed ?? .start)
        }
    }

    /// The next answer.
    /// - Returns: how many entries are in it.
    mutating func next() throws -> Int {
        let (start, site) = (cursor, site)
        let answer = try hub.read { store in
            let number = ExchangeRequest.Number(start: 1, count: 1)
            let request = ExchangeRequest(
                lane: .poll, origin: OriginID(raw: 0), number: number, acknowledged: .start, cursor: start)
            var answer = ExchangeAnswer(request: number, epoch: start.epoch, stored: .start, feed: start.chain)
            try store.fill(&answer, for: request, of: site)
            return (
                frame: answer.encoded, feed: answer.feed, count: answer.entries.count, isLast: answer.isCaughtUp
            )
        }
        isCaughtUp = answer.isLast
        cursor = FeedCursor(epoch: start.epoch, chain: answer.feed)
        return answer.count
    }
}
