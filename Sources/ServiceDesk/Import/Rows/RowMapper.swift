import Standards

/// Turns the records of one file into rows, by a map and the file's own header.
public struct RowMapper: Sendable {
    /// The longest key, in Unicode scalars.
    public static let keyLimit = 200

    let map: ImportMap
    /// The position of each column the map reads.
    private let positions: [String: Int]
    /// How many columns every record must have; nil in a file without a header.
    private let width: Int?

    private init(map: ImportMap, positions: [String: Int], width: Int?) {
        self.map = map
        self.positions = positions
        self.width = width
    }

    /// Fits a map to a file.
    ///
    /// - Parameter header: the file's first record when the map says that it is a header, else nil.
    /// - Returns: a mapper and no findings, or nil and what the file lacks.
    public static func make(_ map: ImportMap, header: CSVRecord?) -> (RowMapper?, [Finding]) {
        precondition(map.hasHeader == (header != nil), "a header is given exactly when the map expects one")
        let log = FindingLog()
        // order does not matter: a record's fields are a list
        let names = header.map { $0.fields.map(TextTrim.trim) }
        var positions: [String: Int] = [:]
        for use in map.columnUses {
            for column in use.columns {
                positions[column] = position(of: column, in: names, use.path, log)
            }
        }
        guard log.isEmpty else { return (nil, log.findings) }
        return (RowMapper(map: map, positions: positions, width: names?.count), [])
    }

    private static func position(
        of column: String, in names: [String]?, _ path: String, _ log: FindingLog
    ) -> Int? {
        guard let names else { return ColumnJoin.number(of: column).map { $0 - 1 } }
        guard let first = names.firstIndex(of: column) else {
            log.add(
                path, "the file has no column \(Finding.quote(column))", NearestWord.hint(for: column, among: names))
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
            if let width, record.fields.count != width {
                let reason = "has \(record.fields.count) columns where the header has \(width)"
                throw RowRejection(line: record.line, column: nil, reason: reason)
            }
            let key = try key(of: record)
            let type = try type(of: record)
            let home = try home(of: record)
            var values: [String: ImportValue] = [:]
            for field in map.fields {
                values[field.name] = try value(field.rule, of: record)
            }
            return .success(ImportRow(line: record.line, key: key, type: type, home: home, fields: values))
        } catch {
            return .failure(error)
        }
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
        let value = try value(map.type, of: record)
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

    /// The cells of a join, trimmed if it says so.
    func cells(_ join: ColumnJoin, of record: CSVRecord) throws(RowRejection) -> [String] {
        var cells: [String] = []
        for column in join.columns {
            guard let position = positions[column], position < record.fields.count else {
                throw RowRejection(line: record.line, column: column, reason: "is missing from the record")
            }
            let cell = record.fields[position]
            guard !cell.utf8.contains(0) else {
                throw RowRejection(line: record.line, column: column, reason: "holds a NUL character")
            }
            cells.append(join.trims ? TextTrim.trim(cell) : cell)
        }
        return cells
    }

    /// The cells of a join as one text, empty ones left out.
    func text(_ join: ColumnJoin, of record: CSVRecord) throws(RowRejection) -> String {
        try cells(join, of: record).filter { !$0.isEmpty }.joined(separator: join.joiner)
    }

    func rejection(_ record: CSVRecord, _ join: ColumnJoin, _ reason: String) -> RowRejection {
        RowRejection(line: record.line, column: join.name, reason: reason)
    }
}
