import Node
import Replication

/// Sites that hold the sample tickets, kept for every measure that begins with them.
struct Recorded {
    /// The folders of the branch that recorded and of the hub that admitted, both closed.
    let branch: String
    let hub: String
    /// What travelled between them.
    let pushes: [DirectLine.Push]
}

extension Ground {
    /// A branch records the tickets and the hub admits them.
    func recorded(_ tickets: [SampleTicket], by branch: String = Ground.branch) throws -> Recorded {
        try advance(branch: file(branch), hub: file(Ground.hub)) {
            try BenchClerk(site: $0).open(tickets, for: SiteID(branch))
        }
    }

    /// The branch then edits some of them.
    func edited(_ edits: [SampleEdit], of tickets: [SampleTicket], after recorded: Recorded) throws -> Recorded {
        try advance(branch: recorded.branch, hub: recorded.hub) { try BenchClerk(site: $0).edit(edits, of: tickets) }
    }

    /// A branch takes tickets and edits each a few times, every thousand of them before it takes the next, and the hub
    /// admits it all.
    func recorded(_ tickets: [SampleTicket], editsEach: Int) throws -> Recorded {
        try advance(branch: file(Self.branch), hub: file(Self.hub)) { site in
            try BenchClerk(site: site).work(on: tickets, for: SiteID(Self.branch), editsEach: editsEach)
        }
    }

    /// Lets a branch do something and send it; both sites are copies that are kept.
    private func advance(
        branch: String, hub: String, _ work: (Site) throws -> Void
    ) throws -> Recorded {
        let (branchPath, hubPath) = (try copy(branch), try copy(hub))
        let (site, center) = (try open(branchPath), try open(hubPath))
        defer {
            site.storage.close()
            center.storage.close()
        }
        try work(site)
        var line = DirectLine(site, center)
        return Recorded(branch: branchPath, hub: hubPath, pushes: try line.pushAll())
    }
}
