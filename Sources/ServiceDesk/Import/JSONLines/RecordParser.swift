/// Splits a file into records, whichever of the formats it has.
public enum RecordParser: Sendable {
    case csv(CSVParser)
    case jsonLines(JSONLinesParser)

    public mutating func feed(_ chunk: [UInt8]) -> [CSVItem] {
        switch self {
        case .csv(var parser):
            defer { self = .csv(parser) }
            return parser.feed(chunk)
        case .jsonLines(var parser):
            defer { self = .jsonLines(parser) }
            return parser.feed(chunk)
        }
    }

    public mutating func finish() -> [CSVItem] {
        switch self {
        case .csv(var parser):
            defer { self = .csv(parser) }
            return parser.finish()
        case .jsonLines(var parser):
            defer { self = .jsonLines(parser) }
            return parser.finish()
        }
    }

    /// Whether the file ended in the middle of a line.
    public var endsWithinLine: Bool {
        switch self {
        case .csv(let parser): parser.endsWithinLine
        case .jsonLines(let parser): parser.endsWithinLine
        }
    }
}
