import Standards

/// A table of plain text: columns as wide as their widest cell, numbers to the right.
struct TextTable {
    private let isNumber: [Bool]
    private var rows: [[String]] = []

    /// - Parameter columns: a letter a column, `l` for text and `r` for numbers.
    init(_ columns: String, heading: [String]? = nil) {
        isNumber = columns.map { $0 == "r" }
        if let heading { rows.append(heading) }
    }

    mutating func add(_ cells: [String]) { rows.append(cells.map(TextFlow.plain)) }

    func lines(indent: String = "  ") -> [String] {
        let widths = isNumber.indices.map { column in
            rows.map { $0.indices.contains(column) ? DisplayWidth.columns($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                DisplayWidth.padded(cell, to: widths[index], left: isNumber[index])
            }
            let line = indent + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
