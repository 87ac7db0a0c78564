import Replication
import SQLite

/// 14: what a branch counts as read of its feed is in its tables: each change in its log, each verdict on its row.
final class CursorChecker: Checker {
    let number = 14
    let name = "a cursor passes nothing that is not applied"
    let tally = Tally()
    /// By site: up to which number its feed was looked at.
    private var seen: [Int: Int64] = [:]

    private struct Entry {
        let number: Int64
        let origin: UInt64
        let sequence: UInt64
    }

    func gotOn(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {
        guard lane != .push else { return }
        look(at: site, after: seen[site.number] ?? 0, in: world)
    }

    func replaced(_ site: SimulatedSite, in world: World) { forget(site) }
    func renewed(_ site: SimulatedSite, in world: World) { forget(site) }

    /// Another database reads another feed; another hub gives everybody another.
    private func forget(_ site: SimulatedSite) {
        if site.isHub { seen = [:] } else { seen[site.number] = nil }
    }

    /// From the beginning, as far as the hub still has it.
    func started(_ site: SimulatedSite, in world: World) {
        if !site.isHub { look(at: site, after: 0, in: world) }
    }

    func ended(_ world: World) {
        for site in world.core where !site.isHub { look(at: site, after: 0, in: world) }
    }

    private func look(at site: SimulatedSite, after first: Int64, in world: World) {
        // A hub that was put back has another feed, and says so when it is asked.
        guard !world.staysBroken(site.number), !world.staysBroken(0), !world.faults.isEpochDue,
            epoch(of: site, in: world) == epoch(of: world.sites[0], in: world)
        else { return }
        let feed = world.look(at: site) { try $0.first("SELECT feed FROM life") { $0.int64(0) } } ?? nil
        guard let feed, feed > first, let entries = entries(of: site, first, feed, in: world) else { return }
        _ = world.look(at: site) { database in
            for entry in entries {
                let isHeld = try database.first(
                    "SELECT 1 FROM log WHERE origin = (SELECT number FROM origin WHERE id = ?) AND sequence = ?",
                    entry.origin, entry.sequence
                ) { _ in true }
                self.tally.expect(
                    isHeld ?? false, world, [site],
                    "entry \(entry.number) of its feed counts as read, and its change \(entry.sequence) is not there"
                )
            }
        }
        look(at: site, hasVerdictsUpTo: feed, in: world)
        seen[site.number] = feed
    }

    private func epoch(of site: SimulatedSite, in world: World) -> UInt64? {
        world.look(at: site) { try $0.first("SELECT epoch_random FROM life") { $0.uint64(0) } } ?? nil
    }

    /// The changes that its feed names, those emptied since left out.
    private func entries(
        of site: SimulatedSite, _ first: Int64, _ last: Int64, in world: World
    ) -> [Entry]? {
        world.look(at: world.sites[0]) { database in
            try database.all(
                """
                SELECT feed.number, origin.id, log.sequence
                FROM feed JOIN log ON log.position = feed.position JOIN origin ON origin.number = log.origin
                WHERE feed.site IN (0, (SELECT number FROM peer WHERE site = ?)) AND feed.number > ?
                    AND feed.number <= ? AND feed.tag = 1
                ORDER BY feed.number
                """, site.id.text, first, last
            ) { Entry(number: $0.int64(0), origin: $0.uint64(1), sequence: $0.uint64(2)) }
        }
    }

    /// Of the site's own changes none is still on its way that the hub admitted under a number the cursor has passed.
    private func look(at site: SimulatedSite, hasVerdictsUpTo feed: Int64, in world: World) {
        let open =
            world.look(at: site) { database in
                try database.first(
                    "SELECT id, min(log.sequence) FROM log JOIN origin ON origin.number = log.origin "
                        + "WHERE log.condition = 0 "
                        + "AND log.origin = (SELECT number FROM origin, life WHERE id = life.origin) "
                        + "AND log.sequence > (SELECT max(0, acknowledged - 64) FROM life)"
                ) { (origin: $0.uint64(0), sequence: $0.isNull(1) ? nil : $0.uint64(1)) }
            } ?? nil
        guard let open, let sequence = open.sequence else { return }
        // A verdict has a number of its own after those of the changes that it is on, in the same transaction.
        let admitted =
            world.look(at: world.sites[0]) { database in
                try database.first(
                    """
                    SELECT admission FROM log WHERE origin = (SELECT number FROM origin WHERE id = ?) AND sequence = ?
                        AND condition = 1
                    """, open.origin, sequence
                ) { $0.int64(0) }
            } ?? nil
        guard let admitted else { return }
        guard let verdict = verdict(on: sequence, of: open.origin, at: site, after: admitted, in: world) else { return }
        tally.expect(
            feed < verdict, world, [site],
            "the verdict on its change \(sequence) is counted as read, and the change is still on its way")
    }

    /// The number of the entry that tells a site of its change, if it is still in its feed.
    private func verdict(
        on sequence: UInt64, of origin: UInt64, at site: SimulatedSite, after admitted: Int64, in world: World
    ) -> Int64? {
        world.look(at: world.sites[0]) { database in
            try database.all(
                """
                SELECT number, body FROM feed WHERE site = (SELECT number FROM peer WHERE site = ?) AND tag = 2
                    AND number > ? ORDER BY number
                """, site.id.text, admitted
            ) { (number: $0.int64(0), body: $0.blob(1)) }
            .first { Self.run($0.body, holds: sequence, of: origin) }?.number
        } ?? nil
    }

    /// Whether an entry's content, an origin and the first and last of a run of its changes, is about a change.
    private static func run(_ body: [UInt8], holds sequence: UInt64, of origin: UInt64) -> Bool {
        guard body.count > 8, body[..<8].reduce(UInt64(0), { $0 << 8 | UInt64($1) }) == origin else { return false }
        var place = 8
        let first = StoredBody.groups(body, &place)
        return (first...max(first, StoredBody.groups(body, &place))).contains(sequence)
    }
}
