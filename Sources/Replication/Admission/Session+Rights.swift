import SQLite

/// Rights that were taken away. What people did at a site before it acknowledged that is judged under the old rights;
/// so the hub notes what each site had written when it first spoke with the revocation read.
extension Session {
    /// - Parameter number: of the entry that tells the site.
    func awaitHearing(of position: Int64, at site: Int64, number: UInt64) throws {
        try database.run(
            "INSERT OR IGNORE INTO taken_right (position, site, number) VALUES (?, ?, ?)", position, site, number)
    }

    /// A site that is told of an entity from the beginning hears of all that was revoked in it.
    func awaitHearings(in row: EntityRow, at site: Int64) throws {
        for (_, holding) in row.state.holdings.entries {
            for reference in holding.revocations {
                guard let entry = try store.entry(of: reference) else { continue }
                try awaitHearing(of: entry.position, at: site, number: 0)
            }
        }
    }

    /// What was admitted while a history travelled follows it in the feed, under numbers of its own.
    func moveHearings(of entity: Int64, at site: Int64, to number: UInt64) throws {
        try database.run(
            """
            UPDATE taken_right SET number = ? WHERE site = ? AND sequence IS NULL
                AND EXISTS (SELECT 1 FROM log WHERE log.position = taken_right.position AND entity = ?)
            """, number, site, entity)
    }

    /// The site has read its feed up to here, and had written so much when it said so.
    func takeHearings(_ request: ExchangeRequest, of peer: Peer) throws {
        let written = (request.changes.last?.sequence ?? request.acknowledged.number) &+ request.backlog
        try database.run(
            """
            UPDATE taken_right SET origin = ?, sequence = ?
            WHERE site = ? AND sequence IS NULL AND number <= ? AND EXISTS (
                SELECT 1 FROM log JOIN member ON member.entity = log.entity
                WHERE log.position = taken_right.position AND member.site = taken_right.site AND is_whole = 1)
            """, request.origin.raw, Int64(clamping: written), peer.number, request.cursor.chain.number)
    }

    /// Another database of the site begins, or its feed does: what it has heard it says again.
    func forgetHearings(of peer: Peer) throws {
        try database.run(
            "UPDATE taken_right SET number = 0, origin = NULL, sequence = NULL WHERE site = ?", peer.number)
    }
}

extension SiteStore {
    /// At the hub: whether a site had heard of a revocation when it wrote a change. What is not known to be on its way
    /// to it has been heard.
    public func hadHeard(
        of revocation: ChangeReference, _ site: SiteID, before change: ChangeReference
    ) throws -> Bool {
        guard !domain.mischief.contains(.revokesBackwards), let peer = try peer(site: site),
            let position = try entry(of: revocation)?.position
        else { return true }
        let found = try database.first(
            "SELECT origin, sequence FROM taken_right WHERE position = ? AND site = ?", position, peer.number
        ) { (origin: $0.uint64OrNil(0), sequence: $0.uint64OrNil(1)) }
        guard let found else { return true }
        guard let sequence = found.sequence, found.origin == change.origin.raw else { return false }
        return change.sequence > sequence
    }
}
