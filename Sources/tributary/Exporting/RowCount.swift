import ServiceDesk

/// Counts the rows of a file as its pieces go by.
struct RowCount {
    private let format: ExportQuery.Format
    private var ends = 0
    private var isQuoted = false

    init(_ format: ExportQuery.Format) { self.format = format }

    mutating func take(_ piece: [UInt8]) {
        for byte in piece {
            switch byte {
            // In the midst of a cell two quotes stand for one, which changes nothing.
            case UInt8(ascii: "\""): if format == .csv { isQuoted.toggle() }
            case UInt8(ascii: "\n"): if !isQuoted { ends += 1 }
            default: continue
            }
        }
    }

    /// Rows so far, a header not counted.
    var rows: Int { format == .csv ? max(0, ends - 1) : ends }
}
