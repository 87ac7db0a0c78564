import Replication

/// The hub taking new tickets in: two branches send at once, so that one request is read while the other is at the
/// writer.
enum AdmitNewMeasure {
    static let measure = Measure(
        name: "admit-new",
        purpose: "the hub admitting new tickets from a branch's requests, against plain inserts",
        unit: "µs/change", budget: Budget(judged: .ratio, better: .lower, must: 2.6, aim: 2.0), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let halves = [
            Array(tickets[..<(tickets.count / 2)]), Array(tickets[(tickets.count / 2)...]),
        ]
        let branches = [Ground.branch, Ground.other]
        bench.note("two branches record \(tickets.count) tickets and send them")
        var rows = PlainRows([], home: "", letters: "")
        var pushes: [[DirectLine.Push]] = []
        for (part, branch) in zip(halves, branches) {
            rows.append(part, home: branch, letters: "BA")
            pushes.append(try ground.recorded(part, by: branch).pushes)
        }
        let (plainRows, sent) = (rows, pushes)
        let batches = Batches.lengths(pushes.flatMap { $0.map(\.changes) })
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { try ground.plainInsert(plainRows, batches) },
            measured: {
                try ground.withCopy(of: ground.file(Ground.hub)) { hub in
                    try Stopwatch.microseconds(each: tickets.count) {
                        try Clients.each(branches.count) { index in
                            for push in sent[index] {
                                try DirectLine.take(push.frame, at: hub, from: SiteID(branches[index]))
                            }
                        }
                    }
                }
            })
    }
}
