import Hashing
import SQLite

/// 16: a database is whole after every loss of power and in the end; what has rotten at one site stays there.
final class IntegrityChecker: Checker {
    let number = 16
    let name = "databases stay whole"
    let tally = Tally()
    private var lostPower: Set<Int> = []

    func lostPower(_ site: SimulatedSite, in world: World) { lostPower.insert(site.number) }

    func started(_ site: SimulatedSite, in world: World) {
        guard lostPower.remove(site.number) != nil, !world.faults.damaged.contains(site.number) else { return }
        // A disk that cannot be read at the moment says nothing of what is on it.
        for finding in findings(at: site, in: world) ?? [] {
            tally.expect(finding == nil, world, [site], finding ?? "")
        }
    }

    func mended(at site: SimulatedSite, in world: World) {
        tally.expect(
            world.isDamaged(site), world, [site], "what is stored is not what its changes say, and no disk has rotted")
    }

    func ended(_ world: World) {
        for site in world.core where !world.faults.damaged.contains(site.number) {
            for finding in findings(at: site, in: world) ?? ["its database cannot be read"] {
                tally.expect(finding == nil, world, [site], finding ?? "")
            }
        }
        for site in world.faults.damaged.sorted() where site > 0 { lookForRot(of: world.sites[site], in: world) }
    }

    /// What is wrong; one nil if nothing is. Nil if it cannot be asked: a disk that fails to read says nothing of what
    /// is on it.
    private func findings(at site: SimulatedSite, in world: World) -> [String?]? {
        guard site.disk.faults.readErrorsPerMille == 0 else { return nil }
        return world.look(at: site) { database in
            var findings: [String] = []
            try database.forEach("PRAGMA integrity_check(3)") { row in
                if row.text(0) != "ok" { findings.append(row.text(0)) }
                return true
            }
            try database.forEach("PRAGMA foreign_key_check") { row in
                findings.append("a row of \(row.text(0)) refers to none of \(row.text(2))")
                return findings.count < 3
            }
            findings += try Self.damagedFiles(database)
            return findings.isEmpty ? [nil] : findings
        }
    }

    /// Files that count as whole and are not what their hashes say.
    private static func damagedFiles(_ database: Database) throws -> [String] {
        var sums: [Int64: (sum: SHA256, hash: [UInt8])] = [:]
        try database.forEach(
            """
            SELECT content.number, hash, bytes FROM content JOIN chunk ON chunk.place / 1024 = content.number
            WHERE is_whole = 1 ORDER BY chunk.place
            """
        ) { row in
            sums[row.int64(0), default: (SHA256(), row.blob(1))].sum.update(row.blob(2))
            return true
        }
        return sums.sorted { $0.key < $1.key }.compactMap { _, file in
            file.sum.finalize() == file.hash ? nil : "a file counts as whole and is not what its hash says"
        }
    }

    /// Everything that the hub holds of a damaged site is as somebody did it there.
    private func lookForRot(of site: SimulatedSite, in world: World) {
        let hub = world.sites[0]
        guard !world.staysBroken(0) else { return }
        _ = world.look(at: hub) { database in
            try database.forEach(
                """
                SELECT origin.id, log.sequence, log.stamp, log.condition, log.entity, entity.kind, entity.id,
                    log.hash, log.body
                FROM log JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
                WHERE origin.id = (SELECT origin FROM peer WHERE site = ?) AND log.sequence > 0 ORDER BY log.sequence
                """, site.id.text
            ) { row in
                let row = LogRow(row)
                self.tally.expect(
                    world.journal.wasIssued(row), world, [site, hub],
                    "change \(row.sequence) of \(site.id), whose disk is damaged, is at the hub, and nobody did it"
                )
                return true
            }
        }
    }
}
