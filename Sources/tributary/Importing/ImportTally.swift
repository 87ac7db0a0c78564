import ServiceDesk
import Standards

/// What became of the records of a file.
struct ImportTally: Sendable {
    /// Rejections that are kept, and warnings; beyond it they are only counted.
    static let rejectionsMax = 10_000

    private(set) var read = 0
    private(set) var created = 0
    private(set) var updated = 0
    private(set) var unchanged = 0
    private(set) var rejected = 0
    private(set) var rejections: [RowRejection] = []
    private(set) var warned = 0
    private(set) var warnings: [ImportWarning] = []

    mutating func countRead() { read += 1 }

    mutating func reject(_ rejection: RowRejection) {
        rejected += 1
        if rejections.count < Self.rejectionsMax { rejections.append(rejection) }
    }

    mutating func warn(_ warning: ImportWarning) {
        warned += 1
        if warnings.count < Self.rejectionsMax { warnings.append(warning) }
    }

    /// Counts the node's answer to a row.
    /// - Parameter column: of the file, when it is one of its columns that the node did not take.
    mutating func count(_ outcome: ImportOutcome, line: Int, column: String? = nil) {
        switch outcome.kind {
        case .created: created += 1
        case .updated: updated += 1
        case .unchanged:
            unchanged += 1
            guard outcome.differs else { return }
            let reason = "says something else than the row that its ticket was made of; the ticket was left as it is"
            warn(ImportWarning(line: line, column: nil, reason: reason))
        case .rejected:
            reject(RowRejection(line: line, column: column ?? outcome.field, reason: outcome.reason ?? "was refused"))
        }
    }

    /// The last line of an import.
    var summary: String {
        "read \(read), created \(created), updated \(updated), unchanged \(unchanged), rejected \(rejected)"
            + (warned == 0 ? "" : "; \(warned) warnings")
    }

    /// Rejections by line: those the node found come later than those found while reading.
    var orderedRejections: [RowRejection] { rejections.sorted { $0.line < $1.line } }

    /// Warnings by line; when lists are cut short the first one says so.
    var orderedWarnings: [ImportWarning] {
        var cut: [ImportWarning] = []
        for (what, count) in [("rejections", rejected - rejections.count), ("warnings", warned - warnings.count)]
        where count > 0 {
            cut.append(ImportWarning(line: nil, column: nil, reason: "has \(count) more \(what) than are listed here"))
        }
        if unsent > 0 {
            let reason = "was not brought in to its end; \(unsent) more rows were read, and have no answer"
            cut.append(ImportWarning(line: nil, column: nil, reason: reason))
        }
        return cut + warnings.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private static func json(_ warning: ImportWarning) -> JSONValue {
        [
            "line": warning.line.map { .integer(Int64($0)) } ?? .null,
            "column": warning.column.map(JSONValue.string) ?? .null, "reason": .string(warning.reason),
        ]
    }

    /// Records that were read and have no answer, since the import was stopped.
    var unsent: Int { read - created - updated - unchanged - rejected }

    func json(source: String, file: String) -> JSONValue {
        let list = orderedRejections.map { rejection -> JSONValue in
            [
                "line": .integer(Int64(rejection.line)),
                "column": rejection.column.map(JSONValue.string) ?? .null,
                "reason": .string(rejection.reason),
            ]
        }
        return [
            "source": .string(source), "file": .string(file), "read": .integer(Int64(read - unsent)),
            "created": .integer(Int64(created)), "updated": .integer(Int64(updated)),
            "unchanged": .integer(Int64(unchanged)), "rejected": .integer(Int64(rejected)), "rejections": .array(list),
            "warnings": .array(orderedWarnings.map(Self.json)),
        ]
    }
}
