/// A rehearsal as its file describes it: a province, a workload, what goes wrong, and what is expected.
public struct Scenario: Hashable, Sendable {
    public static let format = 1

    public var name: String
    /// The question that it answers.
    public var asks: String
    /// The topology's path as the file writes it, relative to the project's folder or to the file's.
    public var topology: String
    /// The branches that take part, by their identifiers; empty for all of the topology.
    public var branches: [String]
    /// A site among them that is the hub's standby: it holds everything, and nobody works there.
    public var standby: String?
    /// The path of the standard that the province works by, a file or a folder; nil for the project's first one, which
    /// has forms and states and nothing else.
    public var standard: String?
    public var seed: UInt64
    /// Milliseconds since 1970.
    public var starts: Int64
    /// After so long all faults that heal have ceased and the province is left to become level.
    public var lasts: VirtualTime
    public var workload: WorkloadSettings
    public var exchange: ExchangeSettings
    public var hub: HubSettings
    public var storage: StorageTier
    public var faults: [ScheduledFault]
    /// Kinds still to be drawn when the run begins; nil when everything is scheduled.
    public var swarm: SwarmSettings?
    public var then: Healing
    public var expect: Expectations
    /// A bug that is switched on for this run, to see it caught; nil in any rehearsal.
    public var plantedBug: PlantedBug?

    public init(name: String, asks: String, topology: String, seed: UInt64, starts: Int64, lasts: VirtualTime) {
        self.name = name
        self.asks = asks
        self.topology = topology
        branches = []
        self.seed = seed
        self.starts = starts
        self.lasts = lasts
        workload = WorkloadSettings()
        exchange = ExchangeSettings()
        hub = HubSettings()
        storage = .exact
        faults = []
        then = Healing()
        expect = Expectations()
    }
}

/// What keeps the sites' data.
public enum StorageTier: String, CaseIterable, Sendable {
    /// Real SQLite on a simulated disk.
    case exact
}

/// What people do.
public struct WorkloadSettings: Hashable, Sendable {
    public enum Profile: String, CaseIterable, Sendable {
        /// Busy from Monday to Friday, with peaks in the morning and the afternoon; quiet at night and on Sundays.
        case weekday
        /// The same at every hour.
        case flat
        /// Busiest in the evening, as for faults at home.
        case evening
    }

    public var profile = Profile.weekday
    /// New tickets for a thousand lines of a branch a day; a branch serves as many thousand lines as it has clerks.
    public var ticketsPerThousandLinesPerDay: Int64 = 9
    /// New tickets a day in the whole province, shared out by lines; takes the place of the former.
    public var ticketsPerDay: Int64?
    /// Changes of a ticket in all, its creation among them.
    public var changesPerTicket: Int64 = 6
    /// Of a thousand tickets, how many are worked on at two sites at once.
    public var sameTicketTwoBranchesPerMille: Int64 = 10
    public var refundsPerMille: Int64 = 20
    /// Of a thousand refunds, how many are asked for at a second counter too.
    public var refundsAskedTwicePerMille: Int64 = 100
    public var transfersPerMille: Int64 = 20
    /// Of a thousand changes, how many the province makes on a branch's tickets.
    public var provincePerMille: Int64 = 20
    /// Of a thousand tickets, how many are closed at one site while another escalates them.
    public var closedAndEscalatedPerMille: Int64 = 0
    /// Of a thousand tickets, how many have a file attached.
    public var attachmentsPerMille: Int64 = 0
    /// What every branch may pay out at its counters before it has to ask for more, in fen; 0 for no allowances.
    public var allowanceFen: Int64 = 0
    /// How often a day the province takes a role from somebody; 0 for no rosters: everybody may do everything.
    public var rosterChangesPerDay: Int64 = 0

    public init() {}
}

/// How branches and hub talk, where a rehearsal may choose.
public struct ExchangeSettings: Hashable, Sendable {
    /// How long the hub holds a poll without news; a node's own value is 20.
    public var pollHoldSeconds: Int64 = 20
    /// Bytes of changes in a push; a node's own value is `ReplicationLimits.bytesInBatch`.
    public var batchBytes: Int64?
    /// Jobs that may wait for a site's writer; a node's own value is `GroupWriter.Limits().waitingJobs`.
    public var queueJobs: Int64?

    public init() {}
}

public struct HubSettings: Hashable, Sendable {
    /// A calibration written by `tributary bench --calibration`; nil for the one that comes with the program.
    public var calibration: String?
    /// How fast the hub is, of the machine that was measured: 500 takes twice as long.
    public var speedPerMille: Int64 = 1_000

    public init() {}
}

/// What ceases when the scenario's time is over, and until when the province must be level again.
public struct Healing: Hashable, Sendable {
    public enum Extent: String, CaseIterable, Sendable {
        case all
        /// All but the sites named, which stay broken for ever.
        case allBut
    }

    public var heal = Extent.all
    public var sites: [String] = []
    /// Nil: computed from what waits and how fast the links are.
    public var within: VirtualTime?

    public init() {}
}

/// What an administrator expects; missed, the verdict is `expectationMissed`. Nil is not asked.
public struct Expectations: Hashable, Sendable {
    public var syncLagP99Seconds: Int64?
    public var backlogPeakOperations: Int64?
    public var hubCPUPerMilleP95: Int64?
    /// Every site level again so long after its own fault ended.
    public var levelAgainSeconds: Int64?

    public init() {}
}

/// Faults that a run draws for itself: first which kinds there are, then when and where.
public struct SwarmSettings: Hashable, Sendable {
    public enum Intensity: String, CaseIterable, Sendable {
        case calm, ordinary, fierce
    }

    public var intensity = Intensity.ordinary
    public var omitting: [FaultKind] = []
    /// How many faults stand before it in the file's list, so that a finding names the right place; nil for all.
    public var place: Int?

    public init() {}
}
