import Replication

/// 24: whatever fails, a branch asks no oftener than its pauses allow, and a quiet one no oftener than the hub holds
/// its polls.
final class StormChecker: Checker {
    let number = 24
    let name = "no storm of retries"
    let isLiveness = true
    let tally = Tally()

    /// What one branch did in one minute.
    private struct Minute {
        var number: Int64 = 0
        var hellos = 0
        var polls = 0
        var pushes = 0
        /// Polls that brought something.
        var fruitful = 0
        /// After a success the pauses begin with the shortest again.
        var successes = 0
        var starts = 0

        var isQuiet: Bool { hellos == 0 && pushes == 0 && fruitful == 0 && starts == 0 }
    }

    private var minutes: [Minute] = []
    private var wasQuiet: [Bool] = []

    /// A clock may run so much faster that a minute has more room, in thousandths.
    private static let drift: Int64 = 1_101

    /// How often a branch may begin anew in a minute in which its pauses begin anew so often: the shortest pauses are
    /// used up first.
    static func openings(_ chains: Int) -> Int {
        var left = 60_000 * drift / 1_000
        var count: Int64 = 0
        var pause = BranchExchange.pauseMillisecondsMin
        while pause < BranchExchange.pauseMillisecondsMax, left > 0 {
            let part = min(Int64(chains), left / pause)
            count += part
            left -= part * pause
            pause *= 2
        }
        return Int(count + left / BranchExchange.pauseMillisecondsMax)
    }

    func asked(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {
        note(site, world) { minute in
            switch lane {
            case .hello: minute.hellos += 1
            case .poll: minute.polls += 1
            case .push: minute.pushes += 1
            // A comparison is as long as what differs.
            case .compare, .attachments: break
            }
        }
    }

    func applied(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {
        note(site, world) { $0.successes += 1 }
    }

    func gotOn(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {
        if lane == .poll { note(site, world) { $0.fruitful += 1 } }
    }

    func started(_ site: SimulatedSite, in world: World) { note(site, world) { $0.starts += 1 } }

    /// A new origin opens anew at once.
    func renewed(_ site: SimulatedSite, in world: World) { note(site, world) { $0.starts += 1 } }

    func ended(_ world: World) {
        for site in world.sites where !site.isHub { judge(site, world) }
    }

    private func note(_ site: SimulatedSite, _ world: World, _ change: (inout Minute) -> Void) {
        guard !site.isHub else { return }
        if minutes.isEmpty {
            minutes = Array(repeating: Minute(), count: world.sites.count)
            wasQuiet = Array(repeating: false, count: world.sites.count)
        }
        let now = world.kernel.now.seconds / 60
        if minutes[site.number].number != now {
            judge(site, world)
            wasQuiet[site.number] = minutes[site.number].number == now - 1 && minutes[site.number].isQuiet
            minutes[site.number] = Minute(number: now)
        }
        change(&minutes[site.number])
    }

    private func judge(_ site: SimulatedSite, _ world: World) {
        guard !minutes.isEmpty else { return }
        let minute = minutes[site.number]
        guard minute.hellos + minute.polls > 0 else { return }
        let openings = minute.starts + 1 + Self.openings(minute.successes + minute.starts + 1)
        tally.expect(
            minute.hellos <= openings, world, [site],
            "begins an exchange \(minute.hellos) times in a minute, \(openings) at most by its pauses")
        let idle = Int(60_000 * Self.drift / 1_000 / BranchExchange.idlePollMilliseconds) + minute.hellos + 2
        tally.expect(
            minute.polls - minute.fruitful <= idle, world, [site],
            "\(minute.polls - minute.fruitful) polls in a minute bring nothing")
        guard minute.isQuiet, wasQuiet[site.number] else { return }
        let held = Int(60 / world.scenario.exchange.pollHoldSeconds) + 4
        tally.expect(
            minute.polls <= held, world, [site],
            "\(minute.polls) polls in a minute in which nothing happens, where \(held) are enough")
    }
}
