/// Why one record of a file was left out; the others are not affected.
///
/// It names places and rules and never quotes a cell, which may hold personal data.
public struct RowRejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// The physical line on which the record begins, counted from 1.
    public let line: Int
    /// The column by its name in the header, or by its number where there is no name; nil for the record as a whole.
    public let column: String?
    /// A clause that completes "the record …" or "the column …".
    public let reason: String

    public init(line: Int, column: String?, reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }

    public var description: String {
        "line \(line): \(column.map { "column \"\($0)\"" } ?? "the record") \(reason)"
    }
}
