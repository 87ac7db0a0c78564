import ServiceDesk

/// Two bytes choose separator and limits, and the cutting; the rest is the file.
enum CSVEntry {
    /// Small enough for a fuzzer to meet them.
    private static let narrow = CSVLimits(fieldBytes: 16, recordBytes: 24, columns: 4)

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        let form = input.byte()
        let separator = Array(",;\t|".utf8)[Int(form & 3)]
        let limits = form & 4 == 0 ? CSVLimits.standard : narrow
        let pattern = input.byte()
        let file = input.remaining
        let items = read(Pieces(file, pattern: 0), separator, limits)
        try BrokenProperty.check(
            read(Pieces(file, pattern: max(1, pattern)), separator, limits) == items,
            "another cutting of the file gives other records")
        try checkPlaces(items, in: file)
        for case .record(let record) in items { try check(record, limits) }
        try checkWrittenAgain(items, separator, limits)
    }

    private static func read(_ pieces: Pieces, _ separator: UInt8, _ limits: CSVLimits) -> [CSVItem] {
        var parser = CSVParser(separator: separator, limits: limits)
        var items: [CSVItem] = []
        for piece in pieces { items += parser.feed(piece) }
        return items + parser.finish()
    }

    /// Each record begins on a line of the file, below the one before.
    private static func checkPlaces(_ items: [CSVItem], in file: [UInt8]) throws {
        let lines = 1 + file.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        var last = 0
        for item in items {
            let line =
                switch item {
                case .record(let record): record.line
                case .rejected(let rejection): rejection.line
                case .blank(let line): line
                }
            try BrokenProperty.check(line > last && line <= lines, "a record begins on line \(line) after \(last)")
            last = line
        }
    }

    private static func check(_ record: CSVRecord, _ limits: CSVLimits) throws {
        try BrokenProperty.check(
            !record.fields.isEmpty && record.fields.count <= limits.columns, "\(record.fields.count) columns")
        let sizes = record.fields.map(\.utf8.count)
        try BrokenProperty.check(sizes.allSatisfy { $0 <= limits.fieldBytes }, "a field beyond its limit")
        try BrokenProperty.check(sizes.reduce(0, +) <= limits.recordBytes, "a record beyond its limit")
    }

    /// Records written as RFC 4180 has them read the same.
    private static func checkWrittenAgain(_ items: [CSVItem], _ separator: UInt8, _ limits: CSVLimits) throws {
        let quote = UInt8(ascii: "\"")
        var written: [UInt8] = []
        var records: [[String]] = []
        for case .record(let record) in items {
            records.append(record.fields)
            for (index, field) in record.fields.enumerated() {
                if index > 0 { written.append(separator) }
                written.append(quote)
                for byte in field.utf8 { written += byte == quote ? [quote, quote] : [byte] }
                written.append(quote)
            }
            written += [13, 10]
        }
        let again = read(Pieces(written, pattern: 0), separator, limits).map { item in
            if case .record(let record) = item { record.fields } else { ["(rejected)"] }
        }
        try BrokenProperty.check(again == records, "what was written again reads differently")
    }
}
