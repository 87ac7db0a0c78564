import Standards

/// The translation of a column's values into ours.
public struct ValueTable: Hashable, Sendable {
    /// The most entries of one table.
    public static let limit = 5_000

    /// Keys in lower case when the table ignores case.
    private let values: [String: ImportValue]
    private let ignoresCase: Bool
    /// What an unlisted value or an empty cell becomes; nil when that is refused.
    public let otherwise: ImportValue?

    /// Every value it can give except `otherwise`, in the order of the keys.
    public let outcomes: [ImportValue]

    public init(_ entries: [(key: String, value: ImportValue)], ignoresCase: Bool, otherwise: ImportValue?) {
        let folded = entries.map { (ignoresCase ? $0.key.lowercased() : $0.key, $0.value) }
        values = Dictionary(folded) { first, _ in first }
        outcomes = entries.map(\.value)
        self.ignoresCase = ignoresCase
        self.otherwise = otherwise
    }

    /// The value listed for a cell, or nil when it is not listed.
    public func listed(_ cell: String) -> ImportValue? {
        values[ignoresCase ? cell.lowercased() : cell]
    }

    /// Reads `values`, `ignoreCase` and `otherwise`; nil when there is no table, or only a wrong one.
    static func read(_ reader: JSONReader, _ accepts: (ImportValue) -> String?) -> ValueTable? {
        let entries = reader.entries("values", count: 1...limit, .optional)
        let ignoresCase = reader.flag("ignoreCase", absent: false)
        if ignoresCase, !reader.has("values") {
            reader.report("ignoreCase", "there are no values to compare", "remove it, or give \"values\"")
        }
        var names = UniqueNames("value")
        var read: [(key: String, value: ImportValue)] = []
        for entry in entries ?? [] {
            let path = Finding.path(reader.path(of: "values"), entry.key)
            if ignoresCase { names.claim(entry.key.lowercased(), at: path, reader.log) }
            if let value = outcome(entry.value, path, reader.log, accepts) { read.append((entry.key, value)) }
        }
        let otherwise = reader.value("otherwise", .optional).flatMap {
            outcome($0, reader.path(of: "otherwise"), reader.log, accepts)
        }
        guard entries != nil else { return nil }
        return ValueTable(read, ignoresCase: ignoresCase, otherwise: otherwise)
    }

    private static func outcome(
        _ json: JSONValue, _ path: String, _ log: FindingLog, _ accepts: (ImportValue) -> String?
    ) -> ImportValue? {
        guard let value = ImportValue(json) else {
            log.add(path, "must be a text, a whole number, true or false", "correct the value")
            return nil
        }
        if let problem = accepts(value) {
            log.add(path, problem, "correct the value")
            return nil
        }
        return value
    }
}
