import Standards

/// Draws what goes wrong, and whole rehearsals, from a seed.
///
/// First is drawn which kinds of fault there are at all, about half of them; only then how much, when and where. A run
/// in which everything happens hides what needs quiet to show itself (Groce and others, 2012).
public enum SwarmDraw {
    /// The most faults drawn for one run.
    public static let faultsMax = 200
    /// How often a fault that contradicts another one is drawn again before it is given up.
    static let attempts = 8

    /// The faults that a scenario's swarm stands for; none contradicts another or one of the scenario's own.
    ///
    /// - Parameters:
    ///   - scenario: what they are drawn for; its own faults stay as they are.
    ///   - topology: the province of the scenario's file.
    ///   - stream: the same stream gives the same faults.
    /// - Returns: faults in the order of time.
    public static func schedule(
        _ settings: SwarmSettings, for scenario: Scenario, in topology: Topology, _ stream: inout RandomStream
    ) -> [ScheduledFault] {
        let cast = scenario.cast(of: topology)
        guard !cast.branches.isEmpty else { return [] }
        // The first hour is calm, and the last eighth is left to become level in.
        let begin = min(VirtualTime.hours(1), VirtualTime.seconds(scenario.lasts.seconds / 8))
        let end = VirtualTime.seconds(max(begin.seconds + 1, scenario.lasts.seconds / 8 * 7))
        let draw = FaultDraw(
            intensity: settings.intensity, branches: cast.branches.map(\.id), hub: cast.hub?.id, window: begin..<end)
        var faults: [ScheduledFault] = []
        for kind in presentKinds(settings, &stream) {
            for _ in 0..<draw.count(kind, &stream) where faults.count < faultsMax {
                let others = scenario.faults + faults
                for _ in 0..<attempts {
                    let fault = draw.fault(kind, &stream)
                    guard !contradicts(fault, others, cast, until: scenario.lasts) else { continue }
                    faults.append(fault)
                    break
                }
            }
        }
        return faults.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// The scenario with its swarm drawn, so that it can be repeated from its file alone; itself when it has none.
    public static func drawn(_ scenario: Scenario, in topology: Topology) -> Scenario {
        guard let swarm = scenario.swarm else { return scenario }
        var stream = RandomStream(seed: scenario.seed, entity: "swarm", purpose: "faults")
        var drawn = scenario
        drawn.swarm = nil
        drawn.faults += schedule(swarm, for: scenario, in: topology, &stream)
        return drawn
    }

    /// Kinds that can be drawn: a trace needs a file, and a flood costs a branch its database.
    static var kinds: [FaultKind] { FaultKind.allCases.filter { $0.isNumbered } }

    private static func presentKinds(_ settings: SwarmSettings, _ stream: inout RandomStream) -> [FaultKind] {
        // Every kind is drawn for, so that omitting one changes nothing about the others.
        let present = kinds.filter { _ in stream.happens(perMille: 500) }
        return present.filter { !settings.omitting.contains($0) }
    }

    private static func contradicts(
        _ fault: ScheduledFault, _ others: [ScheduledFault], _ cast: Topology, until end: VirtualTime
    ) -> Bool {
        let places = fault.sites(in: cast)
        return others.contains { other in
            FaultConflict.reason(fault, other, until: end) != nil
                && !other.sites(in: cast).allSatisfy { !places.contains($0) }
        }
    }
}
