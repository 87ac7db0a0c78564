import SQLite

/// 1: no acknowledged write is lost. Each is in its own site's log after every start, and at the hub in the end; what a
/// disk took with it comes back from any other that holds it, and only what none holds is excused.
final class DurableChecker: Checker {
    let number = 1
    let name = "acknowledged writes survive"
    let tally = Tally()

    func started(_ site: SimulatedSite, in world: World) {
        // A disk that rots keeps nothing for sure; what has left it is elsewhere.
        guard !world.isDamaged(site) else { return }
        let missing = world.missing[site.number] ?? []
        look(at: site, for: site, in: world) { place, _ in missing.contains(place) }
    }

    func ended(_ world: World) {
        for site in world.core {
            let missing = world.missing[site.number] ?? []
            let mine = tickets(of: site, in: world)
            let refused = refused(in: world)
            look(at: site, for: site, in: world) { place, entry in
                guard missing.contains(place) else { return false }
                // What went with the old disk has come back if it is part of the ticket and the site may see it. What
                // was refused is kept at the hub, which has to list it.
                return !world.isSettled || entry.admitted == nil || !mine.contains(entry.deed.entity)
                    || world.journal.keys(of: place).contains(where: refused.contains)
            }
            if world.isSettled {
                look(at: world.sites[0], for: site, in: world) { _, entry in entry.isLost && entry.admitted == nil }
            }
        }
    }

    private func look(
        at place: SimulatedSite, for author: SimulatedSite, in world: World,
        isExcused: (Int, Journal.Entry) -> Bool
    ) {
        let acknowledged = world.journal.acknowledgedAt[author.number]
        guard !acknowledged.isEmpty,
            let held = world.look(at: place, { try Holdings(reading: $0, knowsAgain: world.hasRenewed) })
        else { return }
        for index in acknowledged {
            let entry = world.journal.entries[index]
            let deed = entry.deed
            // A copy that was withdrawn is erased where it was; the hub has it.
            let isErased = !place.isHub && world.journal.keys(of: index).contains { held.erased.contains($0) }
            tally.expect(
                held.holds(deed) || isErased || isExcused(index, entry), world, [author, place],
                about: .change(.init(origin: deed.origin, sequence: deed.sequence)),
                "change \(deed.sequence) of \(author.id), acknowledged at \(world.clockText(entry.acknowledged)), is "
                    + (held.hasOther(deed) ? "another in the log of \(place.id)" : "not in the log of \(place.id)"))
        }
    }

    /// What the hub has refused, and tells why.
    private func refused(in world: World) -> Set<Journal.Key> {
        let keys = world.look(at: world.sites[0]) { database in
            try database.all(
                """
                SELECT origin.id, log.sequence FROM log JOIN origin ON origin.number = log.origin
                    JOIN verdict ON verdict.position = log.position
                WHERE log.condition = 3 AND log.sequence > 0 AND verdict.reason <> ''
                """
            ) { Journal.Key(origin: $0.uint64(0), sequence: $0.uint64(1)) }
        }
        return Set(keys ?? [])
    }

    /// The tickets that the hub holds for a site now.
    private func tickets(of site: SimulatedSite, in world: World) -> Set<String> {
        let names = world.look(at: world.sites[0]) { database in
            try database.all(
                """
                SELECT lower(hex(entity.id)) FROM ticket JOIN entity ON entity.number = ticket.entity
                WHERE home = ?1 OR transfer_to = ?1
                """, site.id.text
            ) { $0.text(0) }
        }
        return Set(names ?? [])
    }
}
