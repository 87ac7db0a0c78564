import SQLite

/// 2: whatever a site holds was done by somebody: of a branch's changes each was tried there under its number, and of
/// the hub's a branch holds only what the hub holds, with the same bytes.
final class PhantomChecker: Checker, LogVisitor {
    let number = 2
    let name = "nothing is stored that nobody did"
    let tally = Tally()
    private let walk: LogWalk
    private var places: [UInt64: Int] = [:]
    private var hubs: [UInt64: Held] = [:]

    private struct Held: Equatable {
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

    func begins(at site: SimulatedSite, in world: World) {
        guard places.count < world.sites.count else { return }
        for site in world.sites {
            let origin = world.look(at: site) { try $0.first("SELECT origin FROM life") { $0.uint64(0) } } ?? nil
            if let origin { places[origin] = site.number }
        }
    }

    func sees(_ row: LogRow, at site: SimulatedSite, in world: World) {
        guard row.body != nil else { return }
        guard let author = places[row.origin] else {
            // A site that has not run since the first look cannot have said who it is.
            guard places.count == world.sites.count else { return }
            return tally.expect(false, world, [site], "change \(row.sequence) is of an origin that no site has")
        }
        guard author == 0 else {
            return tally.expect(
                world.journal.wasIssued(row.key, fingerprint: row.fingerprint), world, [world.sites[author], site],
                about: .change(row.key),
                "change \(row.sequence) of \(world.sites[author].id), held at \(site.id), is not what anybody did")
        }
        let held = Held(stamp: row.stamp, fingerprint: row.fingerprint)
        if site.isHub {
            hubs[row.sequence] = held
        } else if hubs[row.sequence] == nil, !askHub(row.sequence, in: world) {
            // The hub is down.
        } else {
            tally.expect(
                hubs[row.sequence] == held, world, [world.sites[0], site],
                "the hub's change \(row.sequence), held at \(site.id), is not in the hub's log as it is there")
        }
    }

    func ends(at site: SimulatedSite, in world: World) {}

    /// - Returns: whether the hub could be asked.
    private func askHub(_ sequence: UInt64, in world: World) -> Bool {
        let found = world.look(at: world.sites[0]) { database in
            try database.first(
                "SELECT stamp, body FROM log WHERE origin = (SELECT number FROM origin, life WHERE id = life.origin) "
                    + "AND sequence = ?", sequence
            ) { Held(stamp: $0.uint64(0), fingerprint: Fingerprint.of(body: $0.blob(1))) }
        }
        guard let found else { return false }
        hubs[sequence] = found
        return true
    }
}
