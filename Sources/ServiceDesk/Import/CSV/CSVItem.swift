/// What the parser makes of one record of a file.
public enum CSVItem: Hashable, Sendable {
    case record(CSVRecord)
    case rejected(RowRejection)
}
