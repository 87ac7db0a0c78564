/// What a parser makes of one record of a file.
public enum CSVItem: Hashable, Sendable {
    case record(CSVRecord)
    case rejected(RowRejection)
    /// A line with nothing in it, not even an empty pair of quotes.
    case blank(line: Int)
}
