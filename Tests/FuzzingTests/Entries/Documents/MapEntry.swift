import ServiceDesk
import Standards

/// An import map; after a record separator (0x1E, which JSON cannot hold) a file to read by it.
enum MapEntry {
    static let separator: UInt8 = 0x1E

    /// A zone with a summer time, so that both kinds of zone are met.
    private struct HalfYears: ZoneRules {
        func offsetSeconds(at instantSeconds: Int64) -> Int {
            (instantSeconds / 15_778_463).isMultiple(of: 2) ? 28_800 : 32_400
        }
    }

    private static let zones: ZoneLookup = { ["Asia/Shanghai", "America/New_York"].contains($0) ? HalfYears() : nil }
    private static let province = Result { () throws -> (pack: StandardPack?, topology: Topology?) in
        (
            StandardPack.check(try ProjectFiles.bytes("Topology/standards/first.json")).0,
            Topology.check(try ProjectFiles.bytes("Topology/ningxia.json")).0
        )
    }

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        let document = input.part(endingWith: separator)
        guard let map = try CheckedDocument.check(check, document),
            let pack = try province.get().pack, let topology = try province.get().topology
        else {
            return
        }
        try checkFindings(map.findings(pack: pack, topology: topology))
        try read(input.remaining, by: map)
    }

    static func check(_ document: [UInt8]) -> (ImportMap?, [Finding]) { ImportMap.check(document, zones: zones) }

    private static func checkFindings(_ findings: [Finding]) throws {
        try BrokenProperty.check(findings.count <= FindingLog.limit, "\(findings.count) findings")
        for finding in findings {
            let longest = max(finding.path.utf8.count, finding.problem.utf8.count, finding.remedy.utf8.count)
            try BrokenProperty.check(longest <= CheckedDocument.findingCharactersMax, "a finding of \(longest) bytes")
        }
    }

    private static func read(_ file: [UInt8], by map: ImportMap) throws {
        var parser = CSVParser(separator: map.separator)
        var records: [CSVRecord] = []
        for case .record(let record) in parser.feed(file) + parser.finish() { records.append(record) }
        guard let first = records.first else { return }
        if map.hasHeader { records.removeFirst() }
        let (mapper, findings) = RowMapper.make(map, first: first)
        try BrokenProperty.check((mapper == nil) != findings.isEmpty, "a mapper and findings, or neither")
        try checkFindings(findings)
        guard let mapper else { return }
        for record in records { try check(mapper.map(record), of: record) }
    }

    private static func check(_ result: Result<ImportRow, RowRejection>, of record: CSVRecord) throws {
        switch result {
        case .failure(let rejection):
            try BrokenProperty.check(rejection.line == record.line, "a rejection of another line")
        case .success(let row):
            try BrokenProperty.check(row.line == record.line, "a row of another line")
            try BrokenProperty.check(
                !row.key.isEmpty && row.key.unicodeScalars.count <= RowMapper.keyLimit, "a key that is none")
            try BrokenProperty.check(TextShape.identifier.matches(row.type), "a ticket type that is none")
            try BrokenProperty.check(!row.home.isEmpty, "no home")
        }
    }
}
