import Standards

enum TopologyEntry {
    static func run(_ bytes: [UInt8]) throws {
        guard let topology = try CheckedDocument.check(Topology.check, bytes) else { return }
        let sites = topology.sites
        try BrokenProperty.check((1...Topology.siteLimit).contains(sites.count), "\(sites.count) sites")
        try BrokenProperty.check(sites.count { $0.role == .hub } == 1, "not one hub")
        try BrokenProperty.check(Set(sites.map(\.id)).count == sites.count, "a site twice")
        try BrokenProperty.check(Set(sites.map(\.ticketLetters)).count == sites.count, "ticket letters twice")
        try BrokenProperty.check(
            sites.allSatisfy { TextShape.ticketLetters.matches($0.ticketLetters) }, "ticket letters of another shape")
    }
}
