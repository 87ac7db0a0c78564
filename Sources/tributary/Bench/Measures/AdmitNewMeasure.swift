import Replication

/// The hub taking new tickets in.
enum AdmitNewMeasure {
    static let measure = Measure(
        name: "admit-new",
        purpose: "the hub admitting new tickets from a branch's requests, against plain inserts",
        unit: "µs/change", budget: Budget(judged: .ratio, better: .lower, must: 2.6, aim: 2.0), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let rows = PlainRows(tickets, home: Ground.branch, letters: "BA")
        bench.note("a branch records \(tickets.count) tickets and sends them")
        let pushes = try ground.recorded(tickets).pushes
        let batches = Batches.lengths(pushes.map(\.changes))
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { try ground.plainInsert(rows, batches) },
            measured: {
                try ground.withFresh(Ground.hub) { hub in
                    try Stopwatch.microseconds(each: tickets.count) {
                        for push in pushes { try DirectLine.take(push.frame, at: hub, from: SiteID(Ground.branch)) }
                    }
                }
            })
    }
}
