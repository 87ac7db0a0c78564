import Node
import Replication

/// The hub telling a branch what others have done for it.
enum FeedMeasure {
    static let measure = Measure(
        name: "feed",
        purpose: "the hub reading and encoding a branch's feed, against a plain scan that copies the same rows",
        unit: "µs/change", budget: Budget(judged: .ratio, better: .lower, must: 3.0, aim: 1.5), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let rows = PlainRows(tickets, home: Ground.other, letters: "HB")
        let path = ground.plainPath()
        let plain = try PlainDatabase(path: path)
        defer { plain.close() }
        try plain.insert(rows, batches: Batches.of(BenchClerk.batch, covering: rows.count))
        bench.note("the hub takes \(tickets.count) tickets for another branch")
        return try ground.withCopy(of: ground.file(Ground.hub)) { hub in
            try BenchClerk(site: hub).open(tickets, for: SiteID(Ground.other))
            return try Rounds.alternate(
                bench.scale.rounds,
                baseline: { try Stopwatch.microseconds(each: tickets.count) { _ = try plain.scan() } },
                measured: {
                    try Stopwatch.microseconds(each: tickets.count) {
                        let told = try tell(SiteID(Ground.other), by: hub)
                        guard told >= tickets.count else {
                            throw CommandError(
                                .no, "read the feed", reason: "\(told) of \(tickets.count) changes are in it",
                                remedy: "report this")
                        }
                    }
                })
        }
    }

    /// Reads what there is for a site, as one that polls until it has all.
    /// - Returns: how many changes there were.
    private static func tell(_ site: SiteID, by hub: Site) throws -> Int {
        var reader = try FeedReader(site, at: hub)
        var changes = 0
        while !reader.isCaughtUp { changes += try reader.next() }
        return changes
    }
}
