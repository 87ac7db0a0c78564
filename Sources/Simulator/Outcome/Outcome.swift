/// Everything that a rehearsal found out: what the JSON, the report and the terminal show. Equal runs give equal ones.
public struct Outcome: Hashable, Sendable {
    public var scenario: String
    public var asks: String
    /// The scenario's file as the command line named it.
    public var file: String
    public var province: Words
    public var seed: UInt64
    /// What the program calls itself.
    public var build: String
    public var scenarioDigest: String
    public var digest: String
    public var events: UInt64
    public var simulated: VirtualTime
    /// When the scenario starts, in milliseconds since 1970, and the province's offset from UTC in minutes.
    public var starts: Int64
    public var zoneMinutes: Int
    public var verdict: Verdict
    public var promises: [PromiseResult]
    public var invariants: [InvariantResult]
    /// How often good things that must be rare happened: a suite in which one stays at 0 has not tried it.
    public var marks: [Mark]
    /// The hub first, then the branches in the topology's order.
    public var sites: [SiteOutcome]
    public var faults: [FaultBand]
    public var heals: [Heal]
    public var conflicts: ConflictFigures
    public var refunds: RefundFigures
    public var service: ServiceFigures
    public var hub: HubFigures
    public var expectations: [ExpectationResult]
    /// Of a province that did not become level: what is missing where, a line each.
    public var missing: [String]
    /// What was done in all.
    public var changes: Int64
    public var tickets: Int64
    /// One line a moment for the terminal: see ``Moment``.
    public var moments: [Moment]
}

/// A text in both languages.
public struct Words: Hashable, Sendable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

public struct PromiseResult: Hashable, Sendable {
    public var name: String
    public var finding: Finding
    public var checked: Int64
}

public struct InvariantResult: Hashable, Sendable {
    /// As in the specification, 1 to 25.
    public var number: Int
    public var name: String
    public var isLiveness: Bool
    public var finding: Finding
    /// How many times something was compared.
    public var checked: Int64
    /// What broke, at most a few; no customer's data.
    public var breaches: [Breach]
    /// What an invariant waits for that cannot be exercised yet.
    public var waitsFor: String?
}

/// One promise broken, once.
public struct Breach: Hashable, Sendable {
    public var at: VirtualTime
    /// Site identifiers.
    public var sites: [String]
    public var text: String
    /// Who did what to it, in the order in which it was done: the last few.
    public var deeds: [String] = []
}

public struct Mark: Hashable, Sendable {
    public var name: String
    public var count: Int64
}

public struct SiteOutcome: Hashable, Sendable {
    public var id: String
    public var name: Words
    public var isHub: Bool
    /// From the writing of a change here to its admission at the hub, in milliseconds, of the whole run; nil without
    /// any.
    public var lag: LagFigures?
    /// The same by hours since the start, for hours with changes.
    public var lagByHour: [HourLag]
    /// The changes not yet at the hub, sampled every ``sampleMinutes``.
    public var backlog: [Int64]
    public var sampleMinutes: Int
    /// To the hub and from it, by days since the start.
    public var bytesUp: [Int64]
    public var bytesDown: [Int64]
    /// What the link could have carried a day, at its own rate.
    public var linkBytesPerDay: Int64
    public var databaseBytes: Int64
    public var changes: Int64
    public var crashes: Int64
    /// The longest that a local write waited, in milliseconds.
    public var slowestWriteMilliseconds: Int64
}

public struct LagFigures: Hashable, Sendable {
    public var count: Int64
    public var p50: Int64
    public var p95: Int64
    public var p99: Int64
    public var max: Int64
}

public struct HourLag: Hashable, Sendable {
    public var hour: Int
    public var figures: LagFigures
}

public struct FaultBand: Hashable, Sendable {
    public var kind: FaultKind
    public var sites: [String]
    public var from: VirtualTime
    public var to: VirtualTime
}

/// The end of a fault at a site, and how long the site then took to be level with the hub.
public struct Heal: Hashable, Sendable {
    public var site: String
    public var kind: FaultKind
    public var at: VirtualTime
    /// Nil if it never was.
    public var levelAfter: VirtualTime?
}

public struct ConflictFigures: Hashable, Sendable {
    public var edits: Int64
    public var byField: [ConflictCount]
}

public struct ConflictCount: Hashable, Sendable {
    /// The field, or `stage` for a step that was overtaken.
    public var field: String
    /// What decided: `laterWins` or `overtaken`.
    public var rule: String
    public var count: Int64
    /// The two sites it was between most often, sorted, and how often.
    public var pair: [String]
    public var pairCount: Int64
}

public struct RefundFigures: Hashable, Sendable {
    public var asked: Int64
    public var granted: Int64
    public var refused: Int64
    public var refusedAsDuplicates: Int64
    public var waiting: Int64
    public var paid: Int64
    public var paidFen: Int64
}

/// The clocks of tickets, and what became of those whose time the hub called over: one row a clock of a ticket.
public struct ServiceFigures: Hashable, Sendable {
    /// The clocks that had a limit.
    public var clocks: Int64 = 0
    /// Those of which the hub once said that their time is over.
    public var seen: Int64 = 0
    /// It was, now that all has come.
    public var real: Int64 = 0
    /// Of those: what could still be on its way leaves it in doubt.
    public var unconfirmed: Int64 = 0
    /// It was not: what had been done in time had not come to the hub yet.
    public var byLag: Int64 = 0
    /// It is not any more, for what was done since.
    public var revised: Int64 = 0

    public init() {}
}

public struct HubFigures: Hashable, Sendable {
    /// By hours since the start.
    public var busyPerMille: [Int64]
    public var requests: [Int64]
    public var bytesIn: [Int64]
    public var bytesOut: [Int64]
    public var databaseBytes: Int64
    public var busyPerMilleP95: Int64
}

public struct ExpectationResult: Hashable, Sendable {
    /// The scenario's key.
    public var name: String
    public var most: Int64
    /// Nil if there was nothing to measure.
    public var was: Int64?
    public var isMet: Bool { was.map { $0 <= most } ?? true }
}

/// What happened at one site in one stretch of time, for the terminal's column.
public struct Moment: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case crashed, started, pushed, pulled, conflict, cut, joined, refused, wrote, powerLost, diskFailed, clockSet
    }

    public var at: VirtualTime
    public var site: String
    public var kind: Kind
}
