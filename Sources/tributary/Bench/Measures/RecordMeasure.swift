import Replication

/// Recording at a branch.
enum RecordMeasure {
    static let measure = Measure(
        name: "record", purpose: "recording new 12-field tickets in batches of 1,000, against plain inserts",
        unit: "µs/ticket", budget: Budget(judged: .ratio, better: .lower, must: 2.0, aim: 1.5), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let rows = PlainRows(tickets, home: Ground.branch, letters: "BA")
        // As the threads of the API make them, beside the writer.
        let forms = tickets.map { $0.form(home: SiteID(Ground.branch)) }
        let identifiers = tickets.map(\.identifier)
        let batches = Batches.of(BenchClerk.batch, covering: rows.count)
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { try ground.plainInsert(rows, batches) },
            measured: {
                try ground.withCopy(of: ground.file(Ground.branch)) { site in
                    try Stopwatch.microseconds(each: tickets.count) {
                        try BenchClerk(site: site).open(forms, as: identifiers)
                    }
                }
            })
    }
}

extension Ground {
    /// Inserts rows into a new plain table; microseconds a row.
    func plainInsert(_ rows: PlainRows, _ batches: [Range<Int>]) throws -> Double {
        let path = plainPath()
        defer { remove(path) }
        let plain = try PlainDatabase(path: path)
        defer { plain.close() }
        return try Stopwatch.microseconds(each: rows.count) { try plain.insert(rows, batches: batches) }
    }
}
