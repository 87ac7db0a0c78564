import SQLite

/// 1: no acknowledged write is lost. Each is in its own site's log after every start, and at the hub in the end.
final class DurableChecker: Checker {
    let number = 1
    let name = "acknowledged writes survive"
    let tally = Tally()

    func started(_ site: SimulatedSite, in world: World) {
        // A disk that rots keeps nothing for sure; what has left it is elsewhere.
        if !world.isDamaged(site) { look(at: site, for: site, in: world) }
    }

    func ended(_ world: World) {
        for site in world.core {
            look(at: site, for: site, in: world)
            if world.isSettled { look(at: world.sites[0], for: site, in: world) }
        }
    }

    private func look(at place: SimulatedSite, for author: SimulatedSite, in world: World) {
        let acknowledged = world.journal.acknowledgedAt[author.number]
        guard !acknowledged.isEmpty, let held = fingerprints(at: place, in: world) else { return }
        for index in acknowledged {
            let deed = world.journal.entries[index].deed
            let found = held[Journal.Key(origin: deed.origin, sequence: deed.sequence)]
            tally.expect(
                found == deed.fingerprint, world, [author, place],
                about: .change(.init(origin: deed.origin, sequence: deed.sequence)),
                "change \(deed.sequence) of \(author.id), acknowledged at "
                    + "\(world.clockText(world.journal.entries[index].acknowledged)), is "
                    + (found == nil ? "not in the log of \(place.id)" : "another in the log of \(place.id)"))
        }
    }

    private func fingerprints(at site: SimulatedSite, in world: World) -> [Journal.Key: UInt64]? {
        world.look(at: site) { database in
            var held: [Journal.Key: UInt64] = [:]
            try database.forEach(
                "SELECT origin.id, log.sequence, log.body FROM log JOIN origin ON origin.number = log.origin"
            ) { row in
                held[Journal.Key(origin: row.uint64(0), sequence: row.uint64(1))] = Fingerprint.of(body: row.blob(2))
                return true
            }
            return held
        }
    }
}
