/// One record of a CSV file.
public struct CSVRecord: Hashable, Sendable {
    /// The physical line on which it begins, counted from 1. A quoted field may hold line breaks, so records and lines
    /// are not the same count.
    public let line: Int
    public let fields: [String]

    public init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}
