/// One thing that goes wrong: what, where, from when on and for how long.
public struct ScheduledFault: Hashable, Sendable {
    public var kind: FaultKind
    public var at: VirtualTime
    /// Nil for what happens in a moment, and for what lasts until the faults cease.
    public var lasts: VirtualTime?
    /// Sites by their identifiers; empty for all branches, or the hub where the kind is the hub's own.
    public var sites: [String]
    /// By the keys of ``FaultKind/parameters``; what is left out has the parameter's usual value.
    public var numbers: [String: Int64]

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

    /// A path of measured values, for a link that is driven by a trace.
    public var trace: String?

    public var ends: VirtualTime? { lasts.map { at + $0 } }
}
