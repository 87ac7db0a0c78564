import Replication

/// Bytes on the line, without a compressor.
enum WireMeasures {
    static let new = Measure(
        name: "wire-new", purpose: "bytes a new ticket takes in a branch's requests; baseline: its content alone",
        unit: "bytes/change", budget: Budget(judged: .figure, better: .lower, must: 75, aim: 60)
    ) { bench in
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let recorded = try bench.province().recorded(tickets)
        let rows = PlainRows(tickets, home: Ground.branch, letters: "BA")
        return Outcome(figure: bytes(recorded.pushes), baseline: rows.bytesInRow)
    }

    static let oneField = Measure(
        name: "wire-one-field", purpose: "bytes a one-field change takes; baseline: identifier, time and value alone",
        unit: "bytes/change", budget: Budget(judged: .figure, better: .lower, must: 25, aim: 20)
    ) { bench in
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let edits = SampleEdit.edits(bench.scale.edits, of: tickets.count)
        let ground = try bench.province()
        let pushes = try ground.edited(edits, of: tickets, after: try ground.recorded(tickets)).pushes
        let content = edits.reduce(0) { $0 + 16 + 8 + $1.status.utf8.count }
        return Outcome(figure: bytes(pushes), baseline: Double(content) / Double(max(1, edits.count)))
    }

    /// Whole frames, head and checksum included.
    private static func bytes(_ pushes: [DirectLine.Push]) -> Double {
        let changes = pushes.reduce(0) { $0 + $1.changes }
        return Double(pushes.reduce(0) { $0 + $1.frame.count }) / Double(max(1, changes))
    }
}
