import Foundation
import Node

/// Bytes on the disk.
enum SizeMeasure {
    static let measure = Measure(
        name: "size", purpose: "bytes of the hub's database a ticket, against a plain table of the same rows",
        unit: "bytes/ticket", budget: Budget(judged: .ratio, better: .lower, must: 1.9, aim: 1.6), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.tickets)
        let rows = PlainRows(tickets, home: Ground.branch, letters: "BA")
        let path = ground.plainPath()
        defer { ground.remove(path) }
        let plain = try PlainDatabase(path: path)
        try plain.insert(rows, batches: Batches.of(BenchClerk.batch, covering: rows.count))
        plain.close()
        let recorded = try ground.recorded(tickets)
        let empty = try bytes(ofSite: ground.file(Ground.hub), ground)
        let full = try bytes(ofSite: recorded.hub, ground)
        let count = Double(max(1, tickets.count))
        return Outcome(figure: Double(full - empty) / count, baseline: Double(try bytes(path)) / count)
    }

    private static func bytes(ofSite path: String, _ ground: Ground) throws -> Int {
        let site = try ground.open(path)
        defer { site.storage.close() }
        // The readers keep the log from being emptied when the writer closes.
        try site.storage.writer.withDatabase { try $0.checkpoint(truncate: true) }
        return try bytes(site.folder.database)
    }

    private static func bytes(_ path: String) throws -> Int {
        guard let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
            throw CommandError(.no, "weigh \(path)", reason: "it has no size", remedy: "try again")
        }
        return size
    }
}
