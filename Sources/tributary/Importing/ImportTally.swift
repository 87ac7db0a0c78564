import ServiceDesk
import Standards

/// What became of the records of a file.
struct ImportTally: Sendable {
    /// Rejections that are kept; beyond it they are only counted.
    static let rejectionsMax = 10_000

    private(set) var read = 0
    private(set) var created = 0
    private(set) var unchanged = 0
    private(set) var rejected = 0
    private(set) var rejections: [RowRejection] = []

    mutating func countRead() { read += 1 }

    mutating func reject(_ rejection: RowRejection) {
        rejected += 1
        if rejections.count < Self.rejectionsMax { rejections.append(rejection) }
    }

    /// Counts the node's answer to a row.
    mutating func count(_ outcome: ImportOutcome, line: Int) {
        switch outcome.kind {
        case .created: created += 1
        case .unchanged: unchanged += 1
        case .rejected:
            reject(RowRejection(line: line, column: outcome.field, reason: outcome.reason ?? "was refused"))
        }
    }

    /// The last line of an import.
    var summary: String { "read \(read), created \(created), unchanged \(unchanged), rejected \(rejected)" }

    /// Rejections by line: those the node found come later than those found while reading.
    var orderedRejections: [RowRejection] { rejections.sorted { $0.line < $1.line } }

    func json(source: String, file: String) -> JSONValue {
        let list = orderedRejections.map { rejection -> JSONValue in
            [
                "line": .integer(Int64(rejection.line)),
                "column": rejection.column.map(JSONValue.string) ?? .null,
                "reason": .string(rejection.reason),
            ]
        }
        return [
            "source": .string(source), "file": .string(file), "read": .integer(Int64(read)),
            "created": .integer(Int64(created)), "unchanged": .integer(Int64(unchanged)),
            "rejected": .integer(Int64(rejected)), "rejections": .array(list),
        ]
    }
}
