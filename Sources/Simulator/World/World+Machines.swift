import Replication
import SQLite

/// What becomes of acknowledged work when a disk's contents are taken away.
extension World {
    /// A disk's contents are about to be taken away; nothing runs on it.
    func replacing(_ site: SimulatedSite) {
        for checker in checkers { checker.replacing(site, in: self) }
    }

    /// A disk's contents have been put in place of a site's own.
    /// - Parameter isGone: whether nobody has the old contents any longer.
    func replaced(_ site: SimulatedSite, isGone: Bool) {
        // A new machine has no database yet; one on which a backup is put back is new no longer.
        let isEmpty = (site.disk.size(of: "tributary.db") ?? 0) == 0
        site.waitsForEnrolment = isEmpty
        guard !isDamaged(site) else { return }
        let held = isEmpty ? Holdings() : inspect(site) { try Holdings(reading: $0) }
        missing[site.number] = Set(
            journal.acknowledgedAt[site.number].filter { !(held?.holds(journal.entries[$0].deed) ?? true) })
        if site.isHub { forgetAdmissions(beyond: held) }
        if isGone { countLosses() }
        if site.isHub { clocks.forget() }
        for checker in checkers { checker.replaced(site, in: self) }
    }

    /// What the hub no longer has is on its way to it once more.
    private func forgetAdmissions(beyond held: Holdings?) {
        guard let held else { return }
        for (place, entry) in journal.entries.enumerated() where entry.admitted != nil && !held.holds(entry.deed) {
            journal.forgetAdmission(at: place)
            if entry.acknowledged != nil { figures.returned(by: entry.deed.site) }
        }
    }

    /// What no disk holds any longer that may yet be heard is lost, and is counted as exactly that: whatever any of
    /// them holds must be everywhere in the end.
    /// - Parameter isOver: the time is up, so that what stays broken tells nobody anything any more.
    func countLosses(isOver: Bool = false) {
        let held =
            sites.filter { !$0.waitsForEnrolment && !isDamaged($0) && !(isOver && staysBroken($0.number)) }
            .compactMap { site in inspect(site) { try Holdings(reading: $0) } }
            + parked.compactMap { Self.survey($0.image) { try Holdings(reading: $0) } }
        for site in sites {
            for place in journal.acknowledgedAt[site.number] where !journal.entries[place].isLost {
                let deed = journal.entries[place].deed
                guard !held.contains(where: { $0.holds(deed) }) else { continue }
                journal.lose(at: place)
                mark(.lostWithDisk)
            }
        }
    }

    /// Reads a site's disk as it is at the moment, whether a process runs on it or not; nil where nothing can be read.
    func inspect<T>(_ site: SimulatedSite, _ body: (Database) throws -> T) -> T? {
        site.process == nil ? Self.survey(site.disk.image, body) : look(at: site, body)
    }

    /// Reads contents that are on no machine.
    static func survey<T>(_ image: DiskImage, _ body: (Database) throws -> T) -> T? {
        let name = "survey"
        let disk = SimulatedDisk(name: name, seed: 0)
        disk.replace(with: image)
        let files = SimulatedVFS.install(asDefault: false)
        files.attach(disk, as: name)
        defer { files.detach(name) }
        let path = SimulatedVFS.path("tributary.db", on: name)
        guard let database = try? Database(path: path, mode: .readWriteCreate, vfs: SimulatedVFS.name) else {
            return nil
        }
        defer { database.close() }
        return try? body(database)
    }
}
