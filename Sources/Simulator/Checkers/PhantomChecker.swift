import SQLite

/// 2: whatever a site holds was done by somebody: of a branch's changes each was tried there, under its number or under
/// one that the branch had before, and of the hub's a branch holds only what a hub has held, with the same bytes.
final class PhantomChecker: Checker, LogVisitor {
    let number = 2
    let name = "nothing is stored that nobody did"
    let tally = Tally()
    private let walk: LogWalk
    /// What a hub has been seen to hold of its own changes: more than one under a number after it was put back.
    private var hubs: [Journal.Key: Set<Held>] = [:]

    private struct Held: Hashable {
        let stamp: UInt64
        let fingerprint: UInt64
    }

    init(_ walk: LogWalk) {
        self.walk = walk
        walk.add(self)
    }

    func lostPower(_ site: SimulatedSite, in world: World) { walk.noteLostPower(site) }
    func started(_ site: SimulatedSite, in world: World) { walk.started(site, in: world) }
    func hour(_ world: World) { walk.hour(world) }
    func ended(_ world: World) { walk.ended(world) }

    /// What it held of its own goes with a disk, and branches may have it still.
    func replacing(_ site: SimulatedSite, in world: World) {
        guard site.isHub else { return }
        _ = world.inspect(site) { database in
            try database.forEach(
                """
                SELECT origin.id, log.sequence, log.stamp, log.body
                FROM log JOIN origin ON origin.number = log.origin WHERE log.body IS NOT NULL AND log.sequence > 0
                """
            ) { row in
                let key = Journal.Key(origin: row.uint64(0), sequence: row.uint64(1))
                if world.journal.homes[key.origin] == 0 {
                    let held = Held(stamp: row.uint64(2), fingerprint: Fingerprint.of(body: row.blob(3)))
                    self.hubs[key, default: []].insert(held)
                }
                return true
            }
        }
    }

    func begins(at site: SimulatedSite, in world: World) {}

    func sees(_ row: LogRow, at site: SimulatedSite, in world: World) {
        guard row.body != nil else { return }
        guard let author = world.journal.homes[row.origin] else {
            return tally.expect(false, world, [site], "change \(row.sequence) is of an origin that no site has")
        }
        guard author == 0 else {
            return tally.expect(
                world.journal.wasIssued(row), world, [world.sites[author], site], about: .change(row.key),
                "change \(row.sequence) of \(world.sites[author].id), held at \(site.id), is not what anybody did")
        }
        let held = Held(stamp: row.stamp, fingerprint: row.fingerprint)
        if site.isHub {
            hubs[row.key, default: []].insert(held)
        } else if hubs[row.key]?.contains(held) != true, !askHub(row.key, in: world) {
            // The hub is down.
        } else {
            tally.expect(
                hubs[row.key]?.contains(held) ?? false, world, [world.sites[0], site],
                "the hub's change \(row.sequence), held at \(site.id), is not in the hub's log as it is there")
        }
    }

    func ends(at site: SimulatedSite, in world: World) {}

    /// - Returns: whether the hub could be asked.
    private func askHub(_ key: Journal.Key, in world: World) -> Bool {
        let found = world.look(at: world.sites[0]) { database in
            try database.first(
                """
                SELECT stamp, body FROM log WHERE origin = (SELECT number FROM origin WHERE id = ?) AND sequence = ?
                """, key.origin, key.sequence
            ) { Held(stamp: $0.uint64(0), fingerprint: Fingerprint.of(body: $0.blob(1))) }
        }
        guard let found else { return false }
        guard let found else { return true }
        hubs[key, default: []].insert(found)
        return true
    }
}
