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

    /// Fills and encodes answer after answer, as for a branch that polls until it has all.
    /// - Returns: how many changes there were.
    private static func tell(_ site: SiteID, by hub: Site) throws -> Int {
        var cursor = try hub.read { store in
            FeedCursor(epoch: try store.life().cursor.epoch, chain: try store.peer(site: site)?.feed ?? .start)
        }
        var changes = 0
        while true {
            let start = cursor
            let answer = try hub.read { store in
                let number = ExchangeRequest.Number(start: 1, count: 1)
                let request = ExchangeRequest(
                    lane: .poll, origin: OriginID(raw: 0), number: number, acknowledged: .start, cursor: start)
                var answer = ExchangeAnswer(request: number, epoch: start.epoch, stored: .start, feed: start.chain)
                try store.fill(&answer, for: request, of: site)
                return (
                    frame: answer.encoded, feed: answer.feed, count: answer.entries.count, isLast: answer.isCaughtUp
                )
            }
            changes += answer.count
            if answer.isLast { return changes }
            cursor = FeedCursor(epoch: start.epoch, chain: answer.feed)
        }
    }
}
