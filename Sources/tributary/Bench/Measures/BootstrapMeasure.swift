import Foundation
import Node
import Replication

/// A machine that takes a lost one's place with a snapshot in hand.
enum BootstrapMeasure {
    static let measure = Measure(
        name: "bootstrap",
        purpose: "a new machine of a branch taking over a snapshot of 100,000 tickets and comparing until it is level, "
            + "against copying a database of that size to the disk",
        unit: "µs/ticket", budget: Budget(judged: .ratio, better: .lower, must: 6, aim: 2), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        bench.note("the hub takes \(tickets.count) tickets for a branch whose machine is lost, and makes a snapshot")
        return try ground.withCopy(of: ground.file(Ground.hub)) { hub in
            try BenchClerk(site: hub).open(tickets, for: SiteID(Ground.other))
            let snapshot = ground.plainPath()
            defer { ground.remove(snapshot) }
            _ = try SiteSnapshot.make(for: SiteID(Ground.other), of: hub.folder, to: snapshot)
            return try Rounds.alternate(
                min(bench.scale.rounds, 3),
                baseline: { try Stopwatch.microseconds(each: tickets.count) { try copy(snapshot, ground) } },
                measured: {
                    let path = try ground.copy(ground.file(Ground.other))
                    defer { ground.remove(path) }
                    let joined = try join(hub)
                    return try Stopwatch.microseconds(each: tickets.count) {
                        try fill(path, with: snapshot, joined, from: hub, tickets.count, ground)
                    }
                })
        }
    }

    /// The hub hears of the new machine.
    private static func join(_ hub: Site) throws -> (origin: OriginID, epoch: Epoch) {
        var random = SystemRandomNumberGenerator()
        let origin = OriginID(raw: random.next())
        let epoch = try hub.perform("bench") { session, now in
            try session.join(SiteID(Ground.other), origin: origin, willCompare: true, actor: "bench", at: now)
            return session.life.cursor.epoch
        }
        return (origin, epoch)
    }

    private static func fill(
        _ path: String, with snapshot: String, _ joined: (origin: OriginID, epoch: Epoch), from hub: Site, _ count: Int,
        _ ground: Ground
    ) throws {
        let folder = Node.DataFolder(path)
        for file in [folder.database, folder.database + "-wal", folder.database + "-shm", folder.starts] {
            folder.remove(file)
        }
        try SiteSnapshot.place(snapshot, in: folder)
        try SiteSnapshot.found(folder, site: SiteID(Ground.other), origin: joined.origin, epoch: joined.epoch)
        let branch = try ground.open(path)
        defer { branch.storage.close() }
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
    private static func copy(_ database: String, _ ground: Ground) throws {
        let target = ground.plainPath()
        defer { ground.remove(target) }
        try FileManager.default.copyItem(atPath: database, toPath: target)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: target))
        try file.synchronize()
        try file.close()
    }
}
