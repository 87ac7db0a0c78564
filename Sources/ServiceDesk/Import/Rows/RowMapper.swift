import Standards

/// Turns the records of one file into rows, by a map and the file's own header.
public struct RowMapper: Sendable {
    /// The longest key, in Unicode scalars.
    public static let keyLimit = 200
    /// The longest name of a column, in bytes: every row's digest holds all of them.
    public static let columnNameBytes = 300

    let map: ImportMap
    /// The names of the file's columns; nil in a file without a header.
    public let header: [String]?
    /// The position of each column the map reads.
    private let positions: [String: Int]
    /// The columns that the map does not name and keeps, each under a name of its own.
    let keptColumns: [(position: Int, name: String)]
    private let nulls: Set<String>
    /// How many columns every record must have.
    private let width: Int
    /// The columns that make a row what it is, in the order of their names.
    let digested: [(position: Int, name: String)]

    private init(map: ImportMap, positions: [String: Int], header: [String]?, width: Int) {
        self.map = map
        self.positions = positions
        self.header = header
        self.width = width
        nulls = Set(map.nulls)
        digested = Self.digested(map, positions, header, width: width)
        // order does not matter: asked only whether it has a position
        let named = Set(
            map.columnUses.filter { $0.path != "/personal" }.flatMap(\.columns).compactMap { positions[$0] })
        keptColumns = map.others.areKept ? Self.distinct(header ?? []).filter { !named.contains($0.position) } : []
    }

    /// Nameless columns are called by their numbers, and the second of two with one name says that it is.
    private static func distinct(_ header: [String]) -> [(position: Int, name: String)] {
        var seen: [String: Int] = [:]
        return header.enumerated().map { position, name in
            let name = name.isEmpty ? "column \(position + 1)" : name
            var distinct = name
            while seen[distinct] != nil {
                seen[name, default: 1] += 1
                distinct = "\(name) (\(seen[name] ?? 0))"
            }
            seen[distinct] = 1
            return (position, distinct)
        }
    }

    /// What the map leaves out does not count, or the next extract of a log, with such columns filled in, would be
    /// another one.
    private static func digested(
        _ map: ImportMap, _ positions: [String: Int], _ header: [String]?, width: Int
    ) -> [(position: Int, name: String)] {
        // order does not matter: asked only whether it has a position
        let ignored = Set(map.others.ignored.compactMap { positions[$0] })
        // order does not matter: asked only whether it has a position
        let named = Set(map.columnUses.flatMap(\.columns).compactMap { positions[$0] })
        return (header ?? (0..<width).map { String($0 + 1) }).enumerated()
            .filter { !ignored.contains($0.offset) && (map.others.areKept || named.contains($0.offset)) }
            .map { (position: $0.offset, name: $0.element) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Fits a map to a file.
    ///
    /// - Parameter first: the file's first record: its header, if the map says that it has one.
    /// - Returns: a mapper and no findings, or nil and what the file lacks.
    public static func make(_ map: ImportMap, first: CSVRecord) -> (RowMapper?, [Finding]) {
        let log = FindingLog()
        // order does not matter: a record's fields are a list
        let names = map.hasHeader ? first.fields.map(TextTrim.trim) : nil
        if let long = names?.firstIndex(where: { $0.utf8.count > columnNameBytes }) {
            log.add(
                "", "the name of column \(long + 1) has more than \(columnNameBytes) bytes", "shorten it in the file")
        }
        var positions: [String: Int] = [:]
        for use in map.columnUses {
            for column in use.columns {
                positions[column] = position(of: column, in: names, use.path, log)
            }
        }
        guard log.isEmpty else { return (nil, log.findings) }
        return (RowMapper(map: map, positions: positions, header: names, width: first.fields.count), [])
    }

    private static func position(
        of column: String, in names: [String]?, _ path: String, _ log: FindingLog
    ) -> Int? {
        guard let names else { return ColumnJoin.number(of: column).map { $0 - 1 } }
        guard let first = names.firstIndex(of: column) else {
            // Of a file without a header the "names" are a customer's cells: only one that is near is told.
            let nearest = NearestWord.nearest(to: column, among: names).map { "did you mean \"\($0)\"?" }
            log.add(
                path, "the file has no column \(Finding.quote(column))",
                nearest ?? "see its first line; if that is data, say \"header\": false in the map")
            return nil
        }
        if names.lastIndex(of: column) != first {
            log.add(
                path, "the file has the column \(Finding.quote(column)) twice", "rename one of them in the file")
        }
        return first
    }

    /// Reads one record.
    public func map(_ record: CSVRecord) -> Result<ImportRow, RowRejection> {
        do throws(RowRejection) {
            if let reason = NoRecord.reason(record, header: header) {
                throw RowRejection(line: record.line, column: nil, reason: reason)
            }
            if record.fields.count != width {
                let what = header == nil ? "first record" : "header"
                let reason = "has \(record.fields.count) columns where the \(what) has \(width)"
                throw RowRejection(line: record.line, column: nil, reason: reason)
            }
            return .success(try row(of: record))
        } catch {
            return .failure(error)
        }
    }

    private func row(of record: CSVRecord) throws(RowRejection) -> ImportRow {
        var warnings: [ImportWarning] = []
        var values: [String: ImportValue] = [:]
        var cleared: [String] = []
        let state = try state(of: record)
        for field in map.fields {
            if let states = field.rule.states, !states.contains(state ?? "") { continue }
            if let value = try value(field.rule, of: record, &warnings) {
                values[field.name] = value
            } else if map.events != nil {
                cleared.append(field.name)
            }
        }
        var row = ImportRow(
            line: record.line, key: try key(of: record), type: try type(of: record), home: try home(of: record),
            fields: values)
        row.cleared = cleared
        row.customer = try customer(of: record)
        row.event = try event(of: record)
        row.identity = try identity(of: record)
        row.kept = try kept(of: record)
        row.content = content(of: record, state: state)
        row.warnings = warnings
        return row
    }

    private func state(of record: CSVRecord) throws(RowRejection) -> String? {
        guard let field = map.fields.first(where: { $0.name == "state" }) else { return nil }
        return try plainValue(field.rule, of: record)?.textValue
    }

    private func key(of record: CSVRecord) throws(RowRejection) -> String {
        let parts = try cells(map.key, of: record)
        // Empty parts are kept: without them ("a", "") and ("", "a") would be one ticket.
        guard parts.contains(where: { !$0.isEmpty }) else { throw rejection(record, map.key, "is empty") }
        let key = parts.joined(separator: map.key.joiner)
        guard key.unicodeScalars.count <= Self.keyLimit else {
            throw rejection(record, map.key, "is longer than \(Self.keyLimit) characters")
        }
        return key
    }

    private func type(of record: CSVRecord) throws(RowRejection) -> String {
        let value = try plainValue(map.type, of: record)
        guard let type = value?.textValue, TextShape.identifier.matches(type) else {
            let column = map.type.columns.joined(separator: " + ")
            throw RowRejection(line: record.line, column: column, reason: "names no ticket type")
        }
        return type
    }

    private func home(of record: CSVRecord) throws(RowRejection) -> String {
        guard let column = map.home.column else { return map.home.site(for: "") ?? "" }
        let cell = try text(column, of: record)
        guard let site = map.home.site(for: cell) else {
            throw rejection(record, column, "holds a value that the map gives no site for")
        }
        return site
    }

    /// The cells of a join as the file means them: restored, trimmed if the join says so, empty for a null.
    func cells(_ join: ColumnJoin, of record: CSVRecord) throws(RowRejection) -> [String] {
        var cells: [String] = []
        for column in join.columns {
            guard let position = positions[column], position < record.fields.count else {
                throw RowRejection(line: record.line, column: column, reason: "is missing from the record")
            }
            let cell = try cell(at: position, of: record, called: column)
            let text = join.trims ? TextTrim.trim(cell) : cell
            cells.append(nulls.contains(text) ? "" : text)
        }
        return cells
    }

    func cell(at position: Int, of record: CSVRecord, called column: String) throws(RowRejection) -> String {
        let cell = record.fields[position]
        guard !cell.utf8.contains(0) else {
            throw RowRejection(line: record.line, column: column, reason: "holds a NUL character")
        }
        return map.isDefused ? DefusedCell.restored(cell) : cell
    }

    /// The cells of a join as one text, empty ones left out.
    func text(_ join: ColumnJoin, of record: CSVRecord) throws(RowRejection) -> String {
        try cells(join, of: record).filter { !$0.isEmpty }.joined(separator: join.joiner)
    }

    /// Whether a cell is one of those that stand for an empty one.
    func isNull(_ cell: String) -> Bool { nulls.contains(cell) }

    func rejection(_ record: CSVRecord, _ join: ColumnJoin, _ reason: String) -> RowRejection {
        RowRejection(line: record.line, column: join.name, reason: reason)
    }
}
