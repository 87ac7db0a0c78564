/// How large the parts of a CSV file may be. A record beyond a limit is rejected and does not stay in memory.
public struct CSVLimits: Hashable, Sendable {
    /// 1 MiB a field, 4 MiB a record, 1,000 columns.
    public static let standard = CSVLimits(fieldBytes: 1 << 20, recordBytes: 4 << 20, columns: 1_000)

    public let fieldBytes: Int
    /// The sum of a record's fields, separators and quotes not counted.
    public let recordBytes: Int
    public let columns: Int

    public init(fieldBytes: Int, recordBytes: Int, columns: Int) {
        precondition(fieldBytes > 0 && recordBytes >= fieldBytes && columns > 0, "limits must leave room for a field")
        self.fieldBytes = fieldBytes
        self.recordBytes = recordBytes
        self.columns = columns
    }
}
