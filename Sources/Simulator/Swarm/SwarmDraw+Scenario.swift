import Standards

extension SwarmDraw {
    /// What a swarm of runs has in common.
    public struct Frame: Hashable, Sendable {
        /// The topology's path, as the scenarios are to write it.
        public var topology: String
        /// Nil: drawn for each run.
        public var intensity: SwarmSettings.Intensity?
        public var omitting: [FaultKind] = []
        /// The path of a standard with procedures, as the scenarios are to write it; nil to draw none.
        public var procedures: String?
        /// So many times the usual work. What happens in a day of a branch costs time in every run; ten times the
        /// tickets in it cost less than ten runs, and batches, queues and comparisons are large for once.
        public var work: Int64 = 1
        /// Of ``work``.
        public static let workRange = 1...100

        public init(topology: String) { self.topology = topology }
    }

    /// The run of a number: some branches of a province, a workload of about 2,000 changes in about three days (or
    /// ``Frame/work`` times as much), and what goes wrong, all of it scheduled.
    ///
    /// - Parameters:
    ///   - index: the run's number within its swarm.
    ///   - seed: the swarm's.
    ///   - topology: the province at ``Frame/topology``.
    /// - Returns: a scenario that `check(against:)` finds nothing wrong with.
    public static func scenario(_ index: Int, seed: UInt64, in topology: Topology, _ frame: Frame) -> Scenario {
        var stream = RandomStream(seed: seed, entity: "swarm \(index)", purpose: "scenario")
        let midnight = -Int64(topology.province.timeZone.minutes) * 60_000
        var scenario = Scenario(
            name: "Swarm \(SeedText.text(seed)), run \(index)", asks: "Does every promise hold?",
            topology: frame.topology, seed: stream.next(), starts: newYear + midnight + stream.below(365) * 86_400_000,
            lasts: .hours(stream.within(48...96)))
        scenario.branches = branches(of: topology, &stream)
        let cast = scenario.cast(of: topology).branches.map(\.id)
        scenario.workload = workload(lasting: scenario.lasts, &stream)
        scenario.workload.ticketsPerDay = scenario.workload.ticketsPerDay.map { $0 * frame.work }
        scenario.exchange = exchange(&stream)
        scenario.hub.speedPerMille = stream.pick([200, 500, 1_000, 1_000, 2_000])
        scenario.then = healing(cast, &stream)
        var settings = SwarmSettings()
        settings.intensity = frame.intensity ?? stream.pick(SwarmSettings.Intensity.allCases)
        settings.omitting = frame.omitting
        scenario.faults = schedule(settings, for: scenario, in: topology, &stream)
        if scenario.then.heal == .allBut { scenario.faults.append(lasting(scenario)) }
        scenario.standard = standard(index, seed: seed, frame)
        if scenario.standard != nil {
            // A ticket is worked to its end there, whatever it takes; the run stays as large as others.
            let share = scenario.workload.changesPerTicket
            scenario.workload.ticketsPerDay = scenario.workload.ticketsPerDay.map {
                max(1, $0 * share / changesByProcedure)
            }
            scenario.workload.rosterChangesPerDay = rosterChanges(index, seed: seed)
        }
        return scenario
    }

    /// One run in three works by procedures. Drawn by itself, so that everything else stays as it was drawn before.
    private static func standard(_ index: Int, seed: UInt64, _ frame: Frame) -> String? {
        var stream = RandomStream(seed: seed, entity: "swarm \(index)", purpose: "standard")
        return stream.happens(perMille: 333) ? frame.procedures : nil
    }

    /// Half of those have rosters.
    private static func rosterChanges(_ index: Int, seed: UInt64) -> Int64 {
        var stream = RandomStream(seed: seed, entity: "swarm \(index)", purpose: "rosters")
        return stream.happens(perMille: 500) ? stream.within(2...40) : 0
    }

    /// Of a ticket from its opening to its end, about.
    private static let changesByProcedure: Int64 = 20

    /// 2026-01-01, in milliseconds since 1970.
    private static let newYear: Int64 = 1_767_225_600_000

    /// About five branches mostly, and every number of them now and then.
    private static func branches(of topology: Topology, _ stream: inout RandomStream) -> [String] {
        let all = topology.branches.map(\.id)
        guard !all.isEmpty else { return [] }
        let usual = stream.within(3...7)
        let any = stream.within(1...Int64(all.count))
        let count = stream.happens(perMille: 700) ? min(usual, Int64(all.count)) : any
        let chosen = stream.shuffled(all).prefix(Int(count))
        return chosen.count == all.count ? [] : all.filter(chosen.contains)
    }

    private static func workload(lasting: VirtualTime, _ stream: inout RandomStream) -> WorkloadSettings {
        var workload = WorkloadSettings()
        workload.profile = stream.pick(WorkloadSettings.Profile.allCases)
        workload.changesPerTicket = stream.within(2...10)
        let tickets = stream.within(1_000...3_000) / workload.changesPerTicket
        workload.ticketsPerDay = max(1, tickets * 86_400 / lasting.seconds)
        // Here too: first what there is at all, then how much of it.
        func share(_ most: Int64) -> Int64 {
            let much = stream.within(1...most)
            return stream.happens(perMille: 667) ? much : 0
        }
        workload.sameTicketTwoBranchesPerMille = share(200)
        workload.refundsPerMille = share(200)
        workload.refundsAskedTwicePerMille = share(500)
        workload.transfersPerMille = share(100)
        workload.provincePerMille = share(100)
        workload.closedAndEscalatedPerMille = share(50)
        workload.attachmentsPerMille = share(200)
        return workload
    }

    private static func exchange(_ stream: inout RandomStream) -> ExchangeSettings {
        var exchange = ExchangeSettings()
        // A short hold makes a run long: every poll without news costs three commits. One run in ten has it all the
        // same, for not too long a time.
        exchange.pollHoldSeconds = stream.pick([20, 300, 600, 600, 900, 900, 900, 1_800, 1_800, 3_600])
        exchange.batchBytes = stream.pick([nil, nil, 1_000, 10_000, 100_000])
        exchange.queueJobs = stream.pick([nil, nil, 16, 64, 1_024])
        return exchange
    }

    /// Mostly all is healed; else some branches, never all, stay cut off for ever.
    private static func healing(_ branches: [String], _ stream: inout RandomStream) -> Healing {
        var healing = Healing()
        guard stream.happens(perMille: 300), branches.count > 1 else { return healing }
        let count = stream.within(1...max(1, Int64(branches.count) / 2))
        let chosen = stream.shuffled(branches).prefix(Int(count))
        healing.heal = .allBut
        healing.sites = branches.filter(chosen.contains)
        return healing
    }

    /// What stays broken: the lines of the sites that are not healed, from the moment on at which all else is over.
    private static func lasting(_ scenario: Scenario) -> ScheduledFault {
        ScheduledFault(.linkCut, at: .seconds(scenario.lasts.seconds / 8 * 7), sites: scenario.then.sites)
    }
}
