import Foundation
import Node
import Replication

/// What a long cut of the line costs a branch in memory.
enum MemoryMeasure {
    /// Tickets that the changes are of.
    private static let tickets = 2_000
    /// How long the node is watched while it delivers, at most.
    private static let watchSeconds = 120.0

    static let measure = Measure(
        name: "memory",
        purpose: "what 1,000,000 unsent changes add to an idle branch while it delivers them; baseline: the idle one",
        unit: "MiB", budget: Budget(judged: .figure, better: .lower, must: 24, aim: 8), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        bench.note("a branch writes \(bench.scale.backlog) changes that nobody fetches")
        let backlog = try ground.copy(ground.file(Ground.branch))
        defer { ground.remove(backlog) }
        try write(bench.scale.backlog, at: backlog, ground)
        let idle = try peak(of: ground.file(Ground.branch), bench)
        bench.note("it meets the hub again and delivers them")
        let busy = try peak(of: backlog, bench)
        return Outcome(figure: max(0, busy - idle), baseline: idle, ratio: busy / idle)
    }

    private static func write(_ count: Int, at path: String, _ ground: Ground) throws {
        let site = try ground.open(path)
        defer { site.storage.close() }
        let clerk = BenchClerk(site: site)
        let samples = SampleTicket.tickets(min(tickets, max(1, count / 2)))
        try clerk.open(samples, for: SiteID(Ground.branch))
        let left = count - samples.count
        for range in Batches.of(BenchClerk.batch * 10, covering: left) {
            let edits = range.map { SampleEdit(ticket: $0 % samples.count, status: "closed\($0 % 9)") }
            try clerk.edit(edits, of: samples)
        }
    }

    /// The most memory that the branch's own process had while it met a hub and delivered all it had, in MiB.
    private static func peak(of branch: String, _ bench: Bench) throws -> Double {
        let ground = try bench.province()
        let folder = try ScratchFolder(kept: ground.plainPath())
        defer { ground.remove(folder.path) }
        guard let hubPlace = ground.topology.hub, let place = ground.topology.site(Ground.branch) else {
            preconditionFailure("the bench's province has its sites")
        }
        for (site, source) in [(Ground.hub, ground.file(Ground.hub)), (Ground.branch, branch)] {
            try FileManager.default.copyItem(atPath: source, toPath: folder.file(site))
        }
        let hub = ProvinceSite(hubPlace, in: folder, program: bench.program, clerk: "bench")
        let node = ProvinceSite(place, in: folder, program: bench.program, clerk: "bench")
        defer {
            for site in [node, hub] { site.askToEnd() }
            for site in [node, hub] { _ = site.finish() }
        }
        try hub.start()
        try hub.waitUntilServing()
        try meet(hub, node)
        try node.start()
        try node.waitUntilServing()
        try Patience.wait(until: "the branch has delivered its changes", seconds: watchSeconds) {
            let status = try node.status()
            return status["exchange"]?["phase"]?.stringValue == "open" && status["backlog"]?.intValue == 0
        }
        return try peakMemory(of: node.data)
    }

    /// The hub listens at another port than when the branch joined.
    private static func meet(_ hub: ProvinceSite, _ node: ProvinceSite) throws {
        let answer = try hub.client.post("/api/sites/\(node.id)/token")
        guard let token = answer.json["token"]?.stringValue else {
            throw CommandError(.no, "invite \(node.id)", reason: "the hub gave no token", remedy: "try again")
        }
        let arguments = ["branch", "join", "--hub", try hub.client.address.url, "--token", token, "--data", node.data]
        try node.command(arguments).waitForSuccess("join \(node.id)", seconds: 30)
    }

    private static func peakMemory(of data: String) throws -> Double {
        guard let running = DataFolder(path: data).running() else {
            throw CommandError(.no, "weigh the branch", reason: "it does not run", remedy: "try again")
        }
        let bytes = FileManager.default.contents(atPath: "/proc/\(running.processID)/status") ?? Data()
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(separator: " ").compactMap({ Double($0) }).first else {
            throw CommandError(.no, "weigh the branch", reason: "/proc does not say", remedy: "mount /proc")
        }
        return kibibytes / 1_024
    }
}
