import Dispatch
import Foundation
import Standards
import Synchronization

/// A province under load and faults for a known time, watched for what grows, and checked at the end for what it
/// promised.
final class Soak: Sendable {
    /// How long each branch is given to send all it has and to agree with the hub, in seconds.
    static let agreementSeconds = 180.0
    /// How long connections and threads are given to go when nobody calls any more, in seconds.
    static let quietSeconds = 90.0

    let province: Province
    let settings: SoakSettings
    let tally = LoadTally()
    let ledger = Ledger()
    let sampler: Sampler
    let driver: FaultDriver
    private let say: @Sendable (String) -> Void
    private let isLoaded = Mutex(false)
    private let dead = Mutex<Set<String>>([])

    /// - Parameter say: where a line of progress goes.
    init(_ province: Province, _ settings: SoakSettings, say: @escaping @Sendable (String) -> Void) {
        self.province = province
        self.settings = settings
        self.say = say
        sampler = Sampler(province)
        driver = FaultDriver(province)
    }

    /// Sites whose process ended by itself.
    var died: [String] { dead.withLock { $0.sorted() } }

    /// Runs everything. What breaks a promise is in the outcome; what keeps the soak from running is thrown.
    func run() throws -> SoakOutcome {
        try province.start()
        let pack = try province.pack()
        idle()
        load(pack)
        let ending = SoakEnding(self)
        ending.settle()
        sampler.phase = .quiet
        noteDeaths()
        waitForQuiet()
        return try ending.outcome()
    }

    private func idle() {
        let end = Environment.steadySeconds() + settings.idle
        repeat {
            sampler.look()
            Thread.sleep(forTimeInterval: settings.sampleGap)
        } while Environment.steadySeconds() < end
    }

    /// Clerks, faults and the watch at once; returns when the clerks have ended and every fault is mended.
    private func load(_ pack: StandardPack) {
        sampler.phase = .load
        let start = Environment.steadySeconds()
        let plan = FaultPlan(seed: settings.seed, seconds: settings.seconds, branches: province.branches.count)
        let workers = DispatchGroup()
        for (clerk, plan) in clerks(pack) {
            run("clerk", workers) { [settings] in clerk.work(plan, from: start, seconds: settings.seconds) }
        }
        run("faults", workers) { [driver] in driver.carryOut(plan, from: start) }
        isLoaded.withLock { $0 = true }
        let watch = DispatchGroup()
        run("watch", watch) { self.watch(from: start) }
        workers.wait()
        isLoaded.withLock { $0 = false }
        watch.wait()
    }

    /// A thread of its own: every one of them waits, and would block a pool.
    private func run(_ name: String, _ group: DispatchGroup, _ work: @escaping @Sendable () -> Void) {
        group.enter()
        let thread = Thread {
            work()
            group.leave()
        }
        thread.name = "tributary.soak.\(name)"
        thread.start()
    }

    private func clerks(_ pack: StandardPack) -> [(Clerk, ClerkPlan)] {
        let sites = province.sites
        let pool = TicketPool()
        let rate = settings.rate / Double(sites.count * SoakSettings.clerksPerSite)
        return sites.indices.flatMap { index in
            (0..<SoakSettings.clerksPerSite).map { place in
                let (site, number) = (sites[index], index * SoakSettings.clerksPerSite + place)
                let isAtHub = site === province.hub
                let orders = ClerkOrders(
                    isAtHub: isAtHub, branches: province.branches.map(\.id), pack: pack, pool: pool, run: settings.run,
                    maker: TicketMaker(
                        seed: settings.seed &* 1_000 &+ UInt64(number), place: "\(site.place.name.zh)\(place + 1)台"))
                let clerk = Clerk(
                    counter: Counter(site: site, ledger: ledger), orders: orders, tally: tally,
                    keys: "\(settings.run)-\(number)")
                let plan = ClerkPlan(seed: settings.seed, clerk: number, isAtHub: isAtHub, rate: rate)
                return (clerk, plan)
            }
        }
    }

    private func watch(from start: Double) {
        var shown = start
        while isLoaded.withLock({ $0 }) {
            sampler.look()
            noteDeaths()
            let now = Environment.steadySeconds()
            if now - shown >= SoakSettings.progressSeconds {
                shown = now
                say(progress(now - start))
            }
            Thread.sleep(forTimeInterval: settings.sampleGap)
        }
    }

    private func noteDeaths() {
        let gone = province.sites.filter(\.hasDied).map(\.id)
        dead.withLock { $0.formUnion(gone) }
    }

    private func progress(_ seconds: Double) -> String {
        let counts = tally.counts
        let latest = sampler.latest
        let memory = latest.map(\.memoryBytes)
        let present = driver.present
        return [
            "\(DisplayWidth.padded("\(Int(seconds)) s", to: 7))\(counts.steps) steps, \(counts.unanswered) unanswered",
            "\(latest.map(\.tickets).max() ?? 0) tickets",
            "rss \(Bytes.text(memory.min() ?? 0)) to \(Bytes.text(memory.max() ?? 0))",
            "fds \(latest.map(\.descriptors).max() ?? 0)",
            "wal \(Bytes.text(latest.map(\.logAheadBytes).max() ?? 0))",
            "db \(Bytes.text(latest.map(\.databaseBytes).max() ?? 0))",
            present.isEmpty ? "all whole" : present.joined(separator: ", "),
        ].joined(separator: "; ")
    }

    /// Looks until every node has come down to what it had idle, or the time is up: the judge sees the last look.
    private func waitForQuiet() {
        let limits = GrowthLimits()
        let end = Environment.steadySeconds() + Self.quietSeconds
        repeat {
            sampler.look()
            let isQuiet = sampler.growth.allSatisfy { site in
                guard let idle = site.idleDescriptors, let last = site.lastQuiet else { return false }
                return last.descriptors <= idle + limits.descriptorsRise
                    && last.logAheadBytes <= limits.logAheadQuietMax
            }
            if isQuiet { return }
            Thread.sleep(forTimeInterval: 0.5)
        } while Environment.steadySeconds() < end
    }
}
