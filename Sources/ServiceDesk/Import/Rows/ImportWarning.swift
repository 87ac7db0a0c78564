/// Something about a file that did not keep a row out, and that somebody should know.
///
/// Like a ``RowRejection`` it names places and rules and never quotes a cell.
public struct ImportWarning: Hashable, Sendable, CustomStringConvertible {
    /// The physical line on which the record begins, counted from 1; nil for the file as a whole.
    public let line: Int?
    public let column: String?
    /// A clause that completes "the record …", "the column …" or "the file …".
    public let reason: String

    public init(line: Int?, column: String?, reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }

    public var description: String {
        let subject = column.map { "column \"\($0)\"" } ?? (line == nil ? "the file" : "the record")
        return (line.map { "line \($0): " } ?? "") + "\(subject) \(reason)"
    }
}
