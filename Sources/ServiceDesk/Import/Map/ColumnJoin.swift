import Standards

/// One column of a file, or several read as one text.
public struct ColumnJoin: Hashable, Sendable {
    /// The most columns read as one.
    public static let limit = 20

    /// By name in the header, or by number from 1 in a file without one.
    public let columns: [String]
    /// What stands between them.
    public let joiner: String
    /// Whether blanks around each cell are dropped.
    public let trims: Bool

    public init(columns: [String], joiner: String = " ", trims: Bool = true) {
        self.columns = columns
        self.joiner = joiner
        self.trims = trims
    }

    /// What a rejection calls it.
    public var name: String { columns.joined(separator: " + ") }

    /// The number, from 1, that a column of a file without a header is called by; nil when it is none.
    static func number(of column: String) -> Int? {
        guard column.utf8.count <= 4, column.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(column)
        else { return nil }
        return (1...CSVLimits.standard.columns).contains(number) ? number : nil
    }

    /// Reads `column` or `columns`, `join` and `trim`. Exactly one of the first two must be there.
    init?(reading reader: JSONReader) {
        let one = reader.text("column", .line(), reader.has("columns") ? .optional : .required)
        if reader.has("column"), reader.has("columns") {
            reader.report("columns", "stands beside column", "keep one of them")
        }
        let several = reader.has("columns") ? reader.texts("columns", .line(), count: 1...Self.limit) : []
        let joiner = reader.text("join", .anything(10), .optional)
        if reader.has("join"), !reader.has("columns") {
            reader.report("join", "joins nothing", "remove it, or give \"columns\"")
        }
        let trims = reader.flag("trim", absent: true)
        let columns = one.map { [$0] } ?? several
        guard !columns.isEmpty else { return nil }
        self.init(columns: columns, joiner: joiner ?? " ", trims: trims)
    }
}
