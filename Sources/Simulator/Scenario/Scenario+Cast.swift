import Standards

extension Scenario {
    /// The part of a topology that takes part: the hub, and the branches that the scenario names, in the topology's
    /// order; the topology itself when it names none.
    public func cast(of topology: Topology) -> Topology {
        guard !branches.isEmpty else { return topology }
        let sites = topology.sites.filter { $0.role == .hub || branches.contains($0.id) }
        return Topology(province: topology.province, sites: sites)
    }
}

extension ScheduledFault {
    /// The identifiers of the sites that it is done to.
    /// - Parameter topology: what takes part.
    public func sites(in topology: Topology) -> [String] {
        if kind.isHubOnly { return topology.hub.map { [$0.id] } ?? [] }
        return sites.isEmpty ? topology.branches.map(\.id) : sites
    }
}
