/// What a node answers from a million tickets.
enum BoardMeasures {
    /// Requests whose times are counted together: one takes too little to be timed.
    private static let requests = 50
    /// What the wall asks when it is opened, and each time that something changes.
    private static let figures = [
        "/api/wall", "/api/queues", "/api/due", "/api/tickets?due=overdue&sort=due&limit=12",
        "/api/decisions?state=open&limit=1",
    ]

    static let list = Measure(
        name: "api",
        purpose: "the first 50 of 1,000,000 tickets from a hub's process over one connection; baseline: an empty list",
        unit: "ms", budget: Budget(judged: .ratio, better: .lower, must: 5, aim: 3)
    ) { bench in
        let ground = try bench.board(bench.scale.boardTickets)
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { try milliseconds(["/api/tickets?home=nobody"], ground) },
            measured: { try milliseconds(["/api/tickets?limit=50"], ground) })
    }

    static let hubFigures = Measure(
        name: "hub-figures",
        purpose: "the figures of the provincial wall over 1,000,000 tickets, against 10,000",
        unit: "ms", budget: Budget(judged: .ratio, better: .lower, must: 2, aim: 1.1)
    ) { bench in
        // The large one first: a node does not keep the line of a client open that says nothing for so long.
        let many = try bench.board(bench.scale.boardTickets)
        let few = try bench.board(bench.scale.boardFew)
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { try milliseconds(figures, few) },
            measured: { try milliseconds(figures, many) })
    }

    /// Of one after the other, for one of them all.
    private static func milliseconds(_ targets: [String], _ ground: BoardGround) throws -> Double {
        let seconds = try Stopwatch.seconds {
            for _ in 0..<requests { for target in targets { try ground.client.get(target) } }
        }
        return seconds * 1_000 / Double(requests)
    }
}
