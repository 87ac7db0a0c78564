import Standards

/// Rows under headings, columns as wide as their widest cell.
struct TextTable {
    /// The widest cell that is shown whole.
    static let cellColumnsMax = 48

    private let headings: [String]
    private var rows: [[String]] = []

    init(_ headings: [String]) { self.headings = headings }

    /// Adds a row; its cells may be text of others.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map { PlainText.cut(PlainText.line($0), to: Self.cellColumnsMax) })
    }

    var lines: [String] {
        let all = [headings] + rows
        let widths = headings.indices.map { column in
            all.map { column < $0.count ? DisplayWidth.columns($0[column]) : 0 }.max() ?? 0
        }
        return all.map { row in
            let cells = zip(row, widths).map { DisplayWidth.padded($0, to: $1) }.joined(separator: "  ")
            return String(cells.reversed().drop { $0 == " " }.reversed())
        }
    }
}
