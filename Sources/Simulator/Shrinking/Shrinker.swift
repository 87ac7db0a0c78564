import Standards

/// Makes a failing scenario smaller by delta debugging on its data: fewer faults, less work, fewer branches, less time,
/// rounder numbers. A step is kept only if the same invariant still breaks under the same seed (Zeller and Hildebrandt,
/// 2002).
public struct Shrinker {
    /// Runs a scenario and gives the numbers of the invariants that broke; nil when it cannot be run.
    public typealias Run = (Scenario) -> Set<Int>?

    /// The smallest so far.
    public private(set) var scenario: Scenario
    /// How many runs it took.
    public private(set) var runs = 0
    private let invariant: Int
    private let topology: Topology
    private let run: Run
    private let isTimeUp: () -> Bool
    private let say: (String) -> Void

    /// - Parameters:
    ///   - invariant: the number of the one that must go on breaking.
    ///   - topology: the whole province.
    ///   - say: takes a line whenever the scenario has become smaller.
    public init(
        _ scenario: Scenario, invariant: Int, topology: Topology, run: @escaping Run, isTimeUp: @escaping () -> Bool,
        say: @escaping (String) -> Void
    ) {
        self.scenario = scenario
        self.invariant = invariant
        self.topology = topology
        self.run = run
        self.isTimeUp = isTimeUp
        self.say = say
    }

    /// Goes through all kinds of steps until none helps or the time is up.
    /// - Parameter breach: when it first broke: what is planned for later has no part in it.
    public mutating func shrink(breach: VirtualTime?) {
        if let breach { cutOff(after: breach) }
        var size = -1
        while !isTimeUp(), size != self.size {
            size = self.size
            dropFaults()
            dropSites()
            simplifyWork()
            dropBranches()
            shorten()
            roundNumbers()
        }
    }

    private var size: Int { scenario.json.bytes().count }

    /// - Returns: whether the smaller scenario still fails, and is the scenario now.
    private mutating func accept(_ smaller: Scenario, _ what: @autoclosure () -> String) -> Bool {
        guard smaller != scenario, !isTimeUp(), smaller.check(against: topology).isEmpty else { return false }
        runs += 1
        guard run(smaller)?.contains(invariant) ?? false else { return false }
        scenario = smaller
        say(what())
        return true
    }

    private mutating func cutOff(after breach: VirtualTime) {
        var smaller = scenario
        smaller.lasts = min(scenario.lasts, breach + .minutes(1))
        smaller.faults = scenario.faults.filter { $0.at < smaller.lasts }
        _ = accept(smaller, "nothing after \(DurationText.clock(breach))")
    }

    /// Halves first, then smaller parts, down to single faults.
    private mutating func dropFaults() {
        var part = max(1, scenario.faults.count / 2)
        while !scenario.faults.isEmpty {
            var start = 0
            while start < scenario.faults.count {
                var smaller = scenario
                let end = min(start + part, scenario.faults.count)
                smaller.faults.removeSubrange(start..<end)
                if !accept(smaller, "\(smaller.faults.count) faults left") { start += part }
                if isTimeUp() { return }
            }
            if part == 1 { return }
            part = max(1, part / 2)
        }
    }

    /// Fewer sites for each fault.
    private mutating func dropSites() {
        for index in scenario.faults.indices {
            let sites = scenario.faults[index].sites
            guard sites.count > 1 else { continue }
            for site in sites {
                var smaller = scenario
                smaller.faults[index].sites.removeAll { $0 == site }
                guard !smaller.faults[index].sites.isEmpty else { break }
                let kind = scenario.faults[index].kind.rawValue
                _ = accept(smaller, "\(kind) not at \(site)")
            }
        }
    }

    private mutating func simplifyWork() {
        let shares: [(WritableKeyPath<WorkloadSettings, Int64>, String)] = [
            (\.sameTicketTwoBranchesPerMille, "no ticket worked on at two sites"),
            (\.refundsAskedTwicePerMille, "no refund asked twice"), (\.refundsPerMille, "no refunds"),
            (\.transfersPerMille, "no transfers"), (\.provincePerMille, "the province looks on"),
            (\.closedAndEscalatedPerMille, "no step against another"), (\.attachmentsPerMille, "no files"),
            (\.allowanceFen, "no allowances"), (\.rosterChangesPerDay, "no rosters"),
        ]
        for (share, words) in shares where scenario.workload[keyPath: share] > 0 {
            var smaller = scenario
            smaller.workload[keyPath: share] = 0
            _ = accept(smaller, words)
        }
        var flat = scenario
        flat.workload.profile = .flat
        _ = accept(flat, "the same work at every hour")
        while let perDay = scenario.workload.ticketsPerDay, perDay > 1 {
            var smaller = scenario
            smaller.workload.ticketsPerDay = perDay / 2
            if !accept(smaller, "\(perDay / 2) tickets a day") { break }
        }
        while scenario.workload.changesPerTicket > 1 {
            var smaller = scenario
            smaller.workload.changesPerTicket /= 2
            if !accept(smaller, "\(smaller.workload.changesPerTicket) changes a ticket") { break }
        }
    }

    private mutating func dropBranches() {
        let all = topology.branches.map(\.id)
        let present = scenario.branches.isEmpty ? all : scenario.branches
        for branch in present where present.count > 1 {
            var smaller = scenario
            smaller.branches = (scenario.branches.isEmpty ? all : scenario.branches).filter { $0 != branch }
            guard !smaller.branches.isEmpty else { return }
            smaller.then.sites.removeAll { $0 == branch }
            for index in smaller.faults.indices where !smaller.faults[index].kind.isHubOnly {
                let named = smaller.faults[index].sites
                smaller.faults[index].sites = (named.isEmpty ? present : named).filter { $0 != branch }
            }
            smaller.faults.removeAll { $0.sites.isEmpty && !$0.kind.isHubOnly }
            _ = accept(smaller, "without \(branch)")
        }
    }

    private mutating func shorten() {
        while scenario.lasts > .minutes(10) {
            var smaller = scenario
            smaller.lasts = VirtualTime(microseconds: scenario.lasts.microseconds / 2)
            smaller.faults = scenario.faults.filter { $0.at < smaller.lasts }
            if !accept(smaller, "\(DurationText.text(smaller.lasts)) long") { return }
        }
    }

    /// Whole hours or minutes, and the usual value of each number.
    private mutating func roundNumbers() {
        for index in scenario.faults.indices {
            for unit in [VirtualTime.hours(1), .minutes(10), .minutes(1)] {
                var smaller = scenario
                let fault = scenario.faults[index]
                smaller.faults[index].at = Self.rounded(fault.at, to: unit)
                smaller.faults[index].lasts = fault.lasts.map { max(unit, Self.rounded($0, to: unit)) }
                if accept(smaller, "\(fault.kind.rawValue) at \(DurationText.text(smaller.faults[index].at))") { break }
            }
            var usual = scenario
            usual.faults[index].numbers = [:]
            let kind = scenario.faults[index].kind.rawValue
            _ = accept(usual, "\(kind) as usual")
        }
        var plain = scenario
        plain.exchange = ExchangeSettings()
        plain.hub = HubSettings()
        _ = accept(plain, "exchange and hub as usual")
    }

    private static func rounded(_ time: VirtualTime, to unit: VirtualTime) -> VirtualTime {
        VirtualTime(microseconds: time.microseconds / unit.microseconds * unit.microseconds)
    }
}
