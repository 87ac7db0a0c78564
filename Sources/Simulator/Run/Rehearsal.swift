import Replication
import Standards

/// Runs a scenario from its first event to its verdict.
public final class Rehearsal {
    /// How far a run has come.
    public struct Progress: Sendable {
        public let now: VirtualTime
        public let end: VirtualTime
        public let events: UInt64
        public let changes: Int64
    }

    /// The most events of a run: more is no rehearsal but a storm that feeds itself.
    public static let eventsMax: UInt64 = 200_000_000
    /// So many events pass between two looks at the clock of whoever watches.
    private static let eventsBetweenReports: UInt64 = 4_096

    private let input: RehearsalInput
    private let world: World
    private let progress: (Progress) -> Void
    /// Nothing happens after this moment: for a replay that is to stop.
    private let stop: VirtualTime?

    /// - Parameters:
    ///   - seed: in place of the scenario's own.
    ///   - stop: nothing happens after this moment.
    ///   - ticket: the number or identifier of a ticket to follow.
    ///   - log: takes every line that a site logs.
    public init(
        _ input: RehearsalInput, seed: UInt64? = nil, until stop: VirtualTime? = nil, following ticket: String? = nil,
        log: ((VirtualTime, String, String) -> Void)? = nil, progress: @escaping (Progress) -> Void = { _ in }
    ) throws {
        self.input = input
        self.stop = stop
        self.progress = progress
        let seed = seed ?? input.scenario.seed
        SimulatedVFS.install(asDefault: false).reseed(seed)
        SimulatedVFS.install(asDefault: false).unixMilliseconds = input.scenario.starts
        world = try World(input, seed: seed, checkers: Checkers.all())
        world.logLine = log
        guard let ticket else { return }
        let names = world.sites.map(\.id.text)
        let trace = TicketTrace(
            ticket, places: world.sites.map { ($0.id.text, Words(zh: $0.place.name.zh, en: $0.place.name.en)) })
        world.trace = trace
        world.network.observe = { site, isUp, sent, arrived, body in
            trace.carried(body, isUp: isUp, by: names[site], sent: sent, arrived: arrived)
        }
    }

    /// What became of the ticket that was followed.
    public var trace: TicketTrace? { world.trace }

    /// The digest after every ``RunDigest/stride`` events, to find where two runs part.
    public var checkpoints: [UInt64] { world.kernel.digest.checkpoints }

    /// A digest over all that arrived on the lines, and nothing of what is planned: what a fault by itself has changed.
    public var travelled: String { world.network.travelled.text }

    /// The database files on every site's disk, after a run, as programs would see them.
    public var disks: [(site: String, file: String, bytes: [UInt8])] {
        world.sites.flatMap { site in
            site.disk.fileNames.filter { !$0.hasSuffix("-shm") }.compactMap { name in
                site.disk.bytes(of: name).map { (site.id.text, name, $0) }
            }
        }
    }

    public func run() throws -> Outcome {
        try world.found()
        for site in world.sites { site.start() }
        world.people.begin()
        world.faults.schedule(world.scenario.faults)
        sampleNext()
        hourNext()
        let end = world.scenario.lasts
        advance(until: min(end, stop ?? end))
        if stop.map({ $0 > end }) ?? true {
            world.faults.cease()
            settle(until: end + allowed())
        }
        // What the next day's round does is done now, or what was erased would still be in pages.
        for site in world.core { site.process?.rewrite() }
        world.clocks.look(at: world, isLast: true)
        for checker in world.checkers { checker.ended(world) }
        let outcome = OutcomeMaker(world).outcome()
        letGo()
        return outcome
    }

    private func letGo() {
        for site in world.sites {
            if site.process != nil { site.crash() }
            SimulatedVFS.install(asDefault: false).detach(site.id.text)
        }
        world.kernel.forgetAll()
    }

    private func advance(until end: VirtualTime) {
        while world.kernel.step(until: end) {
            if world.kernel.digest.events % Self.eventsBetweenReports == 0 { report(end) }
            guard world.kernel.digest.events < Self.eventsMax else { return }
        }
    }

    private func report(_ end: VirtualTime) {
        progress(
            Progress(
                now: world.kernel.now, end: end, events: world.kernel.digest.events,
                changes: world.figures.written.reduce(0, +)))
    }

    /// Lets the province become level, and notes whether it has.
    private func settle(until deadline: VirtualTime) {
        let limit = min(deadline, stop ?? deadline)
        while world.kernel.now < limit {
            advance(until: min(limit, world.kernel.now + .seconds(30)))
            if world.isAtRest { break }
        }
        world.isSettled = world.isAtRest
    }

    /// How long the core may take to become level: what waits over each line at its own rate, in both directions, the
    /// hub's own time for it all, twenty round trips, and ten minutes for the longest pauses between tries.
    func allowed() -> VirtualTime {
        if let within = world.scenario.then.within { return within }
        var longest: Int64 = 0
        let waiting = world.figures.written.indices.reduce(Int64(0)) { $0 + max(0, world.figures.backlog(of: $1)) }
        for site in world.core where !site.isHub {
            let line = world.network.condition(of: site.number)
            let unread = world.unread(by: site)
            let files = world.lackedFiles(between: site).reduce(0) { $0 + $1.size }
            let bits = ((world.figures.backlog(of: site.number) + unread) * Self.bytesInChange + files) * 8
            let trips = line.delay.microseconds * 2 * 20
            longest = max(longest, bits * 1_000 / max(1, line.kilobitsPerSecond) + trips)
        }
        let hub = waiting * (input.calibration.changeNanoseconds + input.calibration.entryNanoseconds) / 1_000
        let hold = world.scenario.exchange.pollHoldSeconds + 25
        return VirtualTime(microseconds: 3 * (longest + hub)) + .minutes(20) + .seconds(hold * 2)
    }

    /// Bytes of a change on the line, at most, as `bench` measures a new ticket with room to spare.
    private static let bytesInChange: Int64 = 400

    private func sampleNext() {
        let world = world
        world.kernel.after(.minutes(Int64(world.figures.sampleMinutes)), "sample") { [unowned self] in
            world.figures.sample(world.sites.map { world.network.bytes(of: $0.number) }, at: world.kernel.now)
            sampleNext()
        }
        world.kernel.after(.minutes(1), "watch") { [unowned self] in watchNext() }
    }

    private var isWatching = false

    private func watchNext() {
        guard !isWatching else { return }
        isWatching = true
        watch()
    }

    private func watch() {
        let world = world
        world.figures.watch(world.sites.map(\.id.text), at: world.kernel.now) { world.isLevel(world.sites[$0]) }
        // A province that is quick to become level is level within seconds.
        let isFresh = world.figures.lastHeal.map { world.kernel.now - $0 < .minutes(2) } ?? false
        let pause: VirtualTime = world.figures.isWatching && isFresh ? .seconds(1) : .minutes(1)
        world.kernel.after(pause, "watch") { [unowned self] in watch() }
    }

    private func hourNext() {
        let world = world
        world.kernel.after(.hours(1), "hour") { [unowned self] in
            world.clocks.look(at: world)
            for checker in world.checkers { checker.hour(world) }
            hourNext()
        }
    }
}

extension World {
    /// Whether everything that was begun is done at every site of the core.
    var isAtRest: Bool {
        guard core.allSatisfy({ isLevel($0) && lackedFiles(between: $0).isEmpty && isWiped($0) }) else { return false }
        let open = look(at: sites[0]) { database in
            try database.first(
                """
                SELECT (SELECT count(*) FROM once WHERE is_answered = 0),
                    (SELECT count(*) FROM outbox WHERE state <> 2),
                    (SELECT count(*) FROM notice WHERE state IN (0, 1, 6))
                        + (SELECT count(*) FROM notice_basis WHERE looked IS NOT NULL)
                """
            ) { (decisions: $0.int64(0), effects: $0.int64(1), notices: $0.int64(2)) }
        }
        guard let open = open ?? nil else { return false }
        return open.effects == 0 && open.notices == 0 && (open.decisions == 0 || !canDecide)
    }

    /// Whether of the sites that the hub counts as witnesses enough are in the core. With fewer a decision waits, as it
    /// must, for those that are broken; and a site that was put back counts again only when enough hold that it joined.
    var canDecide: Bool {
        let counting = look(at: sites[0]) { database in
            try database.all("SELECT site FROM peer WHERE is_counting = 1 AND is_lost = 0 ORDER BY site") { $0.text(0) }
        }
        guard let counting else { return true }
        let reached = counting.count { name in number(of: name).map { !staysBroken($0) } ?? false }
        return reached >= min(Self.witnesses, counting.count)
    }

    /// Branches that must have passed a marker, as the design has it.
    private static let witnesses = 3

    /// How many entries of its feed a site has not read.
    func unread(by site: SimulatedSite) -> Int64 {
        let feed = look(at: site) { try $0.first("SELECT feed FROM life") { $0.int64(0) } }
        guard let feed = feed ?? nil else { return 0 }
        let unread = look(at: sites[0]) { database in
            try database.first(
                """
                SELECT count(*) FROM feed WHERE site IN (0, (SELECT number FROM peer WHERE site = ?)) AND number > ?
                """, site.id.text, feed
            ) { $0.int64(0) }
        }
        return (unread ?? nil) ?? 0
    }
}
