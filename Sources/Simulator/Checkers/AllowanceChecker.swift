import SQLite

/// 27: out of an allowance no more is paid than was granted, and no charge is paid twice: neither out of two of them,
/// nor out of one and by the province as well.
///
/// Reckoned from the changes in each site's log, by what people did and not by what the desk makes of it. Every
/// allowance of a rehearsal is of one amount, that of its scenario.
final class AllowanceChecker: Checker {
    let number = 27
    let name = "allowances are not overspent, and pay once"
    let tally = Tally()

    private static let allowance: Int64 = 21
    private static let hoursBetween: Int64 = 6

    func hour(_ world: World) {
        guard world.kernel.now.seconds / 3_600 % Self.hoursBetween == 0 else { return }
        ended(world)
    }

    func ended(_ world: World) {
        guard world.scenario.workload.allowanceFen > 0 else { return }
        for site in world.sites where !world.isDamaged(site) { look(at: site, world) }
    }

    private func look(at site: SimulatedSite, _ world: World) {
        // What was refused, and what was emptied, is no payment.
        let deeds = world.look(at: site) { database in
            try database.all(
                """
                SELECT origin.id, log.sequence, entity.kind, entity.id, log.body FROM log
                JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
                WHERE entity.kind = ? AND log.condition IN (0, 1) AND log.sequence > 0
                ORDER BY log.origin, log.sequence
                """, Self.allowance
            ) { row in
                world.journal.deed(
                    Journal.Key(origin: row.uint64(0), sequence: row.uint64(1)),
                    kind: UInt8(truncatingIfNeeded: row.int64(2)), entity: row.blob(3), body: row.blob(4))
            }
        }
        guard let deeds else { return }
        var spent: [String: Int64] = [:]
        var times: [String: Int] = [:]
        for deed in deeds.compactMap({ $0 }) {
            for case .asked(let charge, let fen) in deed.kinds {
                spent[deed.entity, default: 0] += fen
                times[charge, default: 0] += 1
            }
        }
        let most = world.scenario.workload.allowanceFen
        for (entity, fen) in spent.sorted(by: { $0.key < $1.key }) {
            tally.expect(
                fen <= most, world, [site], "\(fen) fen were paid out of allowance \(entity), which is of \(most)")
        }
        let byProvince = Set(site.isHub ? payments(world) : [])
        for (charge, count) in times.sorted(by: { $0.key < $1.key }) {
            tally.expect(
                count == 1, world, [site], about: .charge(charge),
                "\(charge) was paid \(count) times out of allowances")
            tally.expect(
                !byProvince.contains(charge), world, [site], about: .charge(charge),
                "\(charge) was paid out of an allowance and by the province")
        }
    }

    /// The charges that the province has paid.
    private func payments(_ world: World) -> [String] {
        let asked = world.look(at: world.sites[0]) { database in
            try database.all(
                """
                SELECT origin.id, log.sequence, entity.kind, entity.id, log.body FROM request
                JOIN origin ON origin.id = request.origin
                JOIN log ON log.origin = origin.number AND log.sequence = request.sequence
                JOIN entity ON entity.number = log.entity WHERE request.outcome = 1 ORDER BY log.position
                """
            ) { row in
                world.journal.deed(
                    Journal.Key(origin: row.uint64(0), sequence: row.uint64(1)),
                    kind: UInt8(truncatingIfNeeded: row.int64(2)), entity: row.blob(3), body: row.blob(4))
            }
        }
        return (asked ?? []).compactMap { $0 }.flatMap(\.kinds).compactMap { kind in
            if case .asked(let charge, _) = kind { charge } else { nil }
        }
    }
}
