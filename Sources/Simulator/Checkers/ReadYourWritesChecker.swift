import SQLite

/// 20: whoever was told that something is kept finds it when reading at the same site in the next moment: the change,
/// and its ticket unless that has been withdrawn in the same group of writes.
final class ReadYourWritesChecker: Checker {
    let number = 20
    let name = "whoever wrote reads it at once"
    let tally = Tally()

    func acknowledged(_ entry: Journal.Entry, at site: SimulatedSite, took: VirtualTime, in world: World) {
        guard !world.faults.damaged.contains(site.number) else { return }
        let shown = world.look(at: site) { database in
            try database.first(
                """
                SELECT body, EXISTS (SELECT 1 FROM ticket WHERE ticket.entity = log.entity)
                    OR EXISTS (SELECT 1 FROM entity WHERE entity.number = log.entity AND is_withdrawn = 1)
                FROM log
                WHERE origin = (SELECT number FROM origin WHERE id = ?) AND sequence = ?
                """, entry.deed.origin, entry.deed.sequence
            ) { (fingerprint: Fingerprint.of(body: $0.blob(0)), isTicket: $0.bool(1)) }
        }
        // Nil where the disk cannot be read at the moment: then nobody reads anything wrong either.
        guard let shown else { return }
        let isFound = shown?.fingerprint == entry.deed.fingerprint && (shown?.isTicket ?? false || !entry.deed.isTicket)
        tally.expect(
            isFound || isIssuedAgain(entry.deed, at: site, in: world), world, [site],
            "change \(entry.deed.sequence) of \(site.id) was acknowledged, and a reader does not find it")
    }

    /// In the same group of writes a database that was put back may have gone on under another origin.
    private func isIssuedAgain(_ deed: Deed, at site: SimulatedSite, in world: World) -> Bool {
        let origin = world.look(at: site) { try $0.first("SELECT origin FROM life") { $0.uint64(0) } } ?? nil
        guard let origin, origin != deed.origin else { return false }
        return world.look(at: site) { try Holdings(reading: $0).holds(deed) } ?? false
    }
}
