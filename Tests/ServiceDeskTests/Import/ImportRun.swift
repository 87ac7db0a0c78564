import ServiceDesk
import Standards
import Testing

/// A file read from its first byte to its last row, as a shell would do it.
struct ImportRun {
    private(set) var rows: [ImportRow] = []
    private(set) var rejections: [RowRejection] = []

    init(_ bytes: [UInt8], map: ImportMap, chunk: Int = 65_536) throws {
        var parser = CSVParser(separator: map.separator)
        var items: [CSVItem] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            items += parser.feed(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        items += parser.finish()
        let first = try #require(
            items.lazy.compactMap { if case .record(let record) = $0 { record } else { nil } }.first)
        if map.hasHeader { items.removeFirst() }
        let (made, findings) = RowMapper.make(map, first: first)
        try #require(findings == [])
        let mapper = try #require(made)
        for item in items {
            switch item {
            case .rejected(let rejection): rejections.append(rejection)
            case .blank(let line): rejections.append(RowRejection(line: line, column: nil, reason: "is a blank line"))
            case .record(let record):
                switch mapper.map(record) {
                case .success(let row): rows.append(row)
                case .failure(let rejection): rejections.append(rejection)
                }
            }
        }
    }

    /// How many rows there are for each value of `key`.
    func counts(_ key: (ImportRow) -> String?) -> [String: Int] {
        rows.reduce(into: [:]) { counts, row in counts[key(row) ?? "none", default: 0] += 1 }
    }
}

extension ImportMap {
    /// One of the project's own maps, which must be free of faults.
    static func project(_ name: String) throws -> ImportMap {
        let (map, findings) = check(
            try SharedData.projectBytes("Topology/imports/\(name).json"), zones: SharedData.zones)
        try #require(findings == [])
        return try #require(map)
    }
}
