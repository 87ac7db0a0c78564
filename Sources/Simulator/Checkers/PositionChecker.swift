import Replication
import SQLite

/// 15: what a branch believes that the hub holds, the hub holds, or it knows that it was put back and says so; and what
/// was put back goes on under a name that it never had.
final class PositionChecker: Checker {
    let number = 15
    let name = "hub and branch agree after a restore"
    let tally = Tally()
    /// By site: the origin that a database had when it was put back beside a count of starts that gives it away.
    private var toldOn: [Int: UInt64] = [:]

    private struct Standing: Equatable {
        let origin: UInt64
        let written: UInt64
        let acknowledged: UInt64
        let epoch: UInt64
    }

    // MARK: A database put back

    func replaced(_ site: SimulatedSite, in world: World) {
        toldOn[site.number] = nil
        guard !site.isHub,
            let counted = site.disk.read("starts").flatMap({ Int64(String(decoding: $0, as: UTF8.self)) })
        else { return }
        let life = world.inspect(site) { database in
            try database.first("SELECT origin, start FROM life") { (origin: $0.uint64(0), start: $0.int64(1)) }
        }
        // One ahead is what a crash leaves behind.
        guard let life = life ?? nil, counted != life.start, counted != life.start + 1 else { return }
        toldOn[site.number] = life.origin
    }

    func started(_ site: SimulatedSite, in world: World) {
        guard let old = toldOn.removeValue(forKey: site.number), !world.isDamaged(site) else { return }
        guard let now = standing(of: site, in: world) else { return }
        tally.expect(
            now.origin != old, world, [site],
            "the database of \(site.id) was put back, its count of starts says so, and it goes on under the same origin"
        )
    }

    // MARK: A hub that has lost what it said it held

    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int, in world: World) {
        // A hello is taken from whoever has still to be compared.
        guard turn.answer.refusal == nil, [.poll, .push].contains(request.lane),
            request.cursor.epoch == turn.answer.epoch
        else { return }
        tally.expect(
            request.acknowledged.number <= turn.answer.stored.number, world, [world.sites[0], world.sites[site]],
            "\(world.sites[site].id) was told that \(request.acknowledged.number) of its changes are held; the hub has "
                + "\(turn.answer.stored.number), and takes its requests as if nothing had been")
    }

    func gotOn(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {
        guard lane == .push else { return }
        compare(site, in: world)
    }

    /// What a branch counts as held is at the hub: as many changes, and the last of them the same.
    private func compare(_ site: SimulatedSite, in world: World) {
        guard !world.isDamaged(site), !world.faults.isEpochDue, let own = standing(of: site, in: world),
            let hub = standing(of: world.sites[0], in: world), hub.epoch == own.epoch, own.acknowledged > 0,
            let here = hash(own.acknowledged, of: own.origin, at: site, in: world),
            let there = hash(own.acknowledged, of: own.origin, at: world.sites[0], in: world)
        else { return }
        tally.expect(
            here == there, world, [site, world.sites[0]],
            "\(site.id) counts \(own.acknowledged) of its changes as held, and the hub "
                + (there == nil ? "has not so many" : "has another as its \(own.acknowledged)th"))
    }

    /// A proof is asked for when nothing is on its way in either direction, so only what a disk damaged can differ.
    func proved(_ isEqual: Bool, at site: SimulatedSite, in world: World) {
        guard !world.isDamaged(site), !world.isDamaged(world.sites[0]) else { return }
        tally.expect(
            isEqual, world, [site, world.sites[0]],
            "\(site.id) has read everything, and does not hold what the hub has for it")
    }

    func ended(_ world: World) {
        guard world.isSettled else { return }
        for site in world.core where !site.isHub && !world.isDamaged(site) {
            compare(site, in: world)
            compareVerdicts(site, in: world)
        }
    }

    /// Of every change of its own that a site holds, under whichever origin, hub and site say the same.
    private func compareVerdicts(_ site: SimulatedSite, in world: World) {
        guard let here = verdicts(of: site.id.text, at: site, in: world),
            let there = verdicts(of: site.id.text, at: world.sites[0], in: world)
        else { return }
        for (key, verdict) in here.sorted(by: { $0.key < $1.key }) where verdict.condition != 4 {
            tally.expect(
                there[key] == verdict, world, [site, world.sites[0]], about: .change(key),
                "change \(key.sequence) of \(site.id) is \(verdict.words) there and "
                    + "\(there[key]?.words ?? "unknown") at the hub")
        }
    }

    private struct Verdict: Equatable {
        let condition: Int64
        let hash: Sum128

        var words: String {
            switch condition {
            case 0: "on its way"
            case 1: "admitted"
            case 2: "waiting"
            case 3: "refused"
            default: "erased"
            }
        }
    }

    private func verdicts(
        of site: String, at place: SimulatedSite, in world: World
    ) -> [Journal.Key: Verdict]? {
        world.look(at: place) { database in
            var found: [Journal.Key: Verdict] = [:]
            try database.forEach(
                """
                SELECT origin.id, log.sequence, log.condition, log.hash
                FROM log JOIN origin ON origin.number = log.origin WHERE log.sequence > 0
                """
            ) { row in
                let key = Journal.Key(origin: row.uint64(0), sequence: row.uint64(1))
                guard let home = world.journal.homes[key.origin], world.sites[home].id.text == site else { return true }
                found[key] = Verdict(condition: row.int64(2), hash: Sum128(row.blob(3)))
                return true
            }
            return found
        }
    }

    private func standing(of site: SimulatedSite, in world: World) -> Standing? {
        world.look(at: site) { database in
            try database.first("SELECT origin, sequence, acknowledged, epoch_random FROM life") {
                Standing(
                    origin: $0.uint64(0), written: $0.uint64(1), acknowledged: $0.uint64(2), epoch: $0.uint64(3))
            }
        } ?? nil
    }

    /// - Returns: nil if nothing can be read; a nil within if no such change is there.
    private func hash(_ sequence: UInt64, of origin: UInt64, at site: SimulatedSite, in world: World) -> Sum128?? {
        world.look(at: site) { database in
            try database.first(
                "SELECT hash FROM log WHERE origin = (SELECT number FROM origin WHERE id = ?) AND sequence = ?",
                origin, sequence
            ) { Sum128($0.blob(0)) }
        }
    }
}
