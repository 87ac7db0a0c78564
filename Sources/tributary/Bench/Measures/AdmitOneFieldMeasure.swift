import Foundation
import Replication

/// The hub taking small edits in.
enum AdmitOneFieldMeasure {
    static let measure = Measure(
        name: "admit-one-field",
        purpose: "the hub admitting one-field changes of every fifth ticket, against plain updates",
        unit: "µs/change", budget: Budget(judged: .ratio, better: .lower, must: 2.2, aim: 1.5), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let edits = SampleEdit.edits(bench.scale.edits, of: tickets.count)
        let rows = PlainRows(tickets, home: Ground.branch, letters: "BA")
        bench.note("a branch records \(tickets.count) tickets, edits \(edits.count), and sends both")
        let recorded = try ground.recorded(tickets)
        let pushes = try ground.edited(edits, of: tickets, after: recorded).pushes
        let batches = Batches.lengths(pushes.map(\.changes))
        let updates = edits.map { (identifier: tickets[$0.ticket].identifier, status: Array($0.status.utf8)) }
        let original = ground.plainPath()
        let plain = try PlainDatabase(path: original)
        try plain.insert(rows, batches: Batches.of(BenchClerk.batch, covering: rows.count))
        plain.close()
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { try ground.plainUpdate(updates, batches, of: original) },
            measured: {
                try ground.withCopy(of: recorded.hub) { hub in
                    try Stopwatch.microseconds(each: edits.count) {
                        for push in pushes { try DirectLine.take(push.frame, at: hub, from: SiteID(Ground.branch)) }
                    }
                }
            })
    }
}

extension Ground {
    /// Updates rows in a copy of a plain table; microseconds an update.
    fileprivate func plainUpdate(
        _ updates: [(identifier: [UInt8], status: [UInt8])], _ batches: [Range<Int>], of original: String
    ) throws -> Double {
        let path = plainPath()
        defer { remove(path) }
        try FileManager.default.copyItem(atPath: original, toPath: path)
        let plain = try PlainDatabase(path: path)
        defer { plain.close() }
        return try Stopwatch.microseconds(each: updates.count) { try plain.update(updates, batches: batches) }
    }
}
