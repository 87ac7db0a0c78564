import Replication
import ServiceDesk
import Standards
import Testing

/// An export drawn to its end in one transaction.
struct ExportRun {
    let pieces: [[UInt8]]
    let rows: Int

    init(
        _ subject: ExportQuery.Subject, _ format: ExportQuery.Format = .jsonl, at site: DeskSite,
        now: Int64 = 1_800_000_000_000, _ choose: (inout ExportQuery) -> Void = { _ in }
    ) throws {
        var query = ExportQuery(subject, format)
        choose(&query)
        let asked = query
        (pieces, rows) = try site.database.transaction(.deferred) {
            var export = try Export(asked, in: site.store, shelf: site.shelf, at: now)
            var pieces: [[UInt8]] = []
            while let piece = try export.next() { pieces.append(piece) }
            return (pieces, export.rows)
        }
    }

    var bytes: [UInt8] { Array(pieces.joined()) }

    /// The lines of JSON Lines.
    var lines: [JSONValue] {
        get throws {
            try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0), sizeLimit: 1 << 20) }
        }
    }

    /// The values of one key, line by line.
    func column(_ key: String) throws -> [JSONValue] { try lines.map { try #require($0[key]) } }

    func texts(_ key: String) throws -> [String] { try column(key).map { $0.stringValue ?? "-" } }
}
