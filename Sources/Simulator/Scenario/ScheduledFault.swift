/// One thing that goes wrong: what, where, from when on and for how long.
public struct ScheduledFault: Hashable, Sendable {
    public var kind: FaultKind
    public var at: VirtualTime
    /// Nil for what happens in a moment, and for what lasts until the faults cease. What would outlast the scenario
    /// ceases with all the others.
    public var lasts: VirtualTime?
    /// Sites by their identifiers; empty for all branches, or the hub where the kind is the hub's own.
    public var sites: [String]
    /// By the keys of ``FaultKind/parameters``; what is left out has the parameter's usual value.
    public var numbers: [String: Int64]
    /// Measured values, for a link that is driven by a trace; nil for every other kind.
    public var trace: TraceSource?

    public init(
        _ kind: FaultKind, at: VirtualTime, lasts: VirtualTime? = nil, sites: [String] = [],
        numbers: [String: Int64] = [:]
    ) {
        self.kind = kind
        self.at = at
        self.lasts = lasts
        self.sites = sites
        self.numbers = numbers
    }

    /// A parameter's value, or its usual one.
    public func number(_ key: String) -> Int64 {
        numbers[key] ?? kind.parameters.first { $0.key == key }?.usual ?? 0
    }

    public var ends: VirtualTime? { lasts.map { at + $0 } }

    /// From when until when it holds in a scenario that lasts until `end`: at least a moment. Of a crash, until the
    /// site is up again.
    public func span(until end: VirtualTime) -> Range<VirtualTime> {
        let moment = VirtualTime(microseconds: 1)
        let last = kind.isMomentary ? at + takes : min(ends ?? end, end)
        return at..<max(last, at + moment)
    }

    /// How long what begins in a moment keeps the site from its work.
    var takes: VirtualTime {
        .seconds(number("downSeconds")) + .minutes(number("turnMinutes") * number("turns"))
            + .minutes(number("actsAfterMinutes"))
    }
}

/// Where the values of a traced link are read.
public struct TraceSource: Hashable, Sendable {
    /// The file of loss, or of loss and round trips; its path relative to the project's folder or to the scenario's.
    public var file: String
    /// A second file of round trips, where the first holds loss alone.
    public var roundTripFile: String?
    /// The columns of a wide file that stand for the fault's sites, in their order; empty where they are named alike.
    public var columns: [String] = []
    /// How much of the trace is passed over: the fault begins so far into it.
    public var from = VirtualTime.zero

    public init(file: String) { self.file = file }
}
