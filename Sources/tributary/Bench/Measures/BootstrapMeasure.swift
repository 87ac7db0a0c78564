import Foundation
import Node
import Replication

/// A machine that takes a lost one's place and gets all that its branch may see.
enum BootstrapMeasure {
    static let measure = Measure(
        name: "bootstrap",
        purpose: "a new machine of a branch getting 100,000 tickets from the hub, against copying a database of that "
            + "size to the disk",
        unit: "µs/ticket", budget: Budget(judged: .ratio, better: .lower, must: 6, aim: 2), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        bench.note("the hub takes \(tickets.count) tickets for a branch whose machine is lost")
        return try ground.withCopy(of: ground.file(Ground.hub)) { hub in
            try BenchClerk(site: hub).open(tickets, for: SiteID(Ground.other))
            let full = try ground.copy(ground.file(Ground.other))
            defer { ground.remove(full) }
            try fill(full, from: hub, tickets.count, ground)
            return try Rounds.alternate(
                min(bench.scale.rounds, 3),
                baseline: { try Stopwatch.microseconds(each: tickets.count) { try copy(full, ground) } },
                measured: {
                    let path = try ground.copy(ground.file(Ground.other))
                    defer { ground.remove(path) }
                    return try Stopwatch.microseconds(each: tickets.count) {
                        try fill(path, from: hub, tickets.count, ground)
                    }
                })
        }
    }

    /// An empty database of the branch compares with the hub, and takes what it is told.
    private static func fill(_ path: String, from hub: Site, _ count: Int, _ ground: Ground) throws {
        let branch = try ground.open(path)
        defer { branch.storage.close() }
        var random = SystemRandomNumberGenerator()
        let fresh = OriginID(raw: random.next())
        try branch.perform("bench") { session, now in
            try session.renewOrigin(fresh, because: "A new machine", at: now)
        }
        var line = BootstrapLine(branch, hub)
        try line.fetchAll()
        let held = try branch.read { store in
            try store.database.first("SELECT count(*) FROM entity WHERE kind = 16 AND is_withdrawn = 0") { $0.int(0) }
        }
        guard held == count else {
            throw CommandError(
                .no, "fill a new machine", reason: "it has \(held ?? 0) of \(count) tickets", remedy: "report this")
        }
        try branch.storage.writer.withDatabase { try $0.checkpoint(truncate: true) }
    }

    /// The database alone, and on the disk when it is done.
    private static func copy(_ path: String, _ ground: Ground) throws {
        let target = ground.plainPath()
        defer { ground.remove(target) }
        try FileManager.default.copyItem(atPath: Node.DataFolder(path).database, toPath: target)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: target))
        try file.synchronize()
        try file.close()
    }
}
