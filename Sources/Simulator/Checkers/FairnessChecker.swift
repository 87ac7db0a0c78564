/// 23: at the hub no site has more than its share of turns while another one waits for one.
final class FairnessChecker: Checker {
    let number = 23
    let name = "sites take turns at the hub"
    let isLiveness = true
    let tally = Tally()

    /// A site that waits lets another go first three times for what came before, one lane each; once for what it had at
    /// the writer already; and once for each of its own two other lanes while it is at the writer itself.
    static let turnsMax: Int64 = 6

    private struct Waiting {
        let site: Int
        /// Turns that every site had had when it came.
        let before: [Int64]
        var isLate = false
    }

    private var turns: [Int64] = []
    private var waiting: [UInt64: Waiting] = [:]

    func started(_ site: SimulatedSite, in world: World) {
        // What waited died with the process.
        if site.isHub { waiting = [:] }
    }

    func queued(_ call: UInt64, from site: Int, in world: World) {
        if turns.isEmpty { turns = Array(repeating: 0, count: world.sites.count) }
        waiting[call] = Waiting(site: site, before: turns)
    }

    func dropped(_ call: UInt64, in world: World) { waiting[call] = nil }

    func hadItsTurn(_ call: UInt64, in world: World) {
        guard let turn = waiting.removeValue(forKey: call) else { return }
        turns[turn.site] += 1
        if !turn.isLate { tally.expect(true, world, [], "") }
        for other in waiting.keys.sorted() {
            guard let item = waiting[other], item.site != turn.site, !item.isLate else { continue }
            let passed = turns[turn.site] - item.before[turn.site]
            guard passed > Self.turnsMax else { continue }
            waiting[other]?.isLate = true
            tally.expect(
                false, world, [world.sites[item.site], world.sites[turn.site]],
                "\(world.sites[item.site].id) waits while \(world.sites[turn.site].id) has its turn \(passed) times")
        }
    }
}
