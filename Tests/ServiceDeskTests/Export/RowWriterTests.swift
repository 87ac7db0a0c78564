import Standards
import Testing

@testable import ServiceDesk

@Suite("Rows as bytes")
struct RowWriterTests {
    /// What spoils files: quotes and line ends of every kind, formulas, marks that readers drop, halves of characters.
    static let dirt: [String] = [
        "", " ", " a", "a ", "\t", "a,b", "a\"b", "\"", "\"\"", "a\nb", "a\r\nb", "\r", "\n", "=1+1", "+1", "-1", "@x",
        "'=1", "''=1", "'", "'x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", "'＝1", "\u{FEFF}", "a\u{FEFF}b",
        "\u{2028}", "a\u{2029}b", "\u{85}", "\u{7F}", "\u{1}\u{1F}", "é", "e\u{301}", "\u{301}", "🇨🇳👩‍👩‍👧",
        "\u{202E}abc", "断网，请速查", "null", "true", "0123", "\\u0000", "\\", "</script>", "{\"a\":1}",
    ]

    private func bytes(_ format: ExportQuery.Format, _ rows: [[ExportValue]], columns: [String]) -> [UInt8] {
        let writer = RowWriter(format, columns: columns)
        var output: [UInt8] = []
        writer.writeHeader(to: &output)
        for row in rows { writer.write(row, to: &output) }
        return output
    }

    @Test("CSV begins with a byte order mark and a header, and its lines end with CR LF")
    func csv() {
        let rows: [[ExportValue]] = [
            [.text("a"), .integer(-5), .flag(true)], [.none, .time(0), .text("x\"y, z")],
        ]
        let expected =
            "\u{FEFF}one,two,three\r\na,'-5,true\r\n,1970-01-01T00:00:00.000Z,\"x\"\"y, z\"\r\n"
        #expect(bytes(.csv, rows, columns: ["one", "two", "three"]) == Array(expected.utf8))
    }

    @Test("JSON Lines has every key in every line, in one order, and no line end but its own")
    func jsonLines() {
        let rows: [[ExportValue]] = [[.text("a\u{2028}\u{2029}\u{85}\n"), .none], [.integer(1), .flag(false)]]
        let expected =
            "{\"z\":\"a\\u2028\\u2029\\u0085\\n\",\"a\":null}\n{\"z\":1,\"a\":false}\n"
        #expect(bytes(.jsonl, rows, columns: ["z", "a"]) == Array(expected.utf8))
    }

    @Test("every text comes out of CSV byte for byte, by our reader and by one that shares nothing with it")
    func csvRoundTrip() throws {
        let file = bytes(.csv, Self.dirt.map { [.text($0), .text("end")] }, columns: ["text", "end"])
        var parser = CSVParser()
        let records = (parser.feed(file) + parser.finish()).compactMap {
            if case .record(let record) = $0 { record.fields } else { nil }
        }
        let plain = PlainCSV.records(Array(file.dropFirst(3)))
        #expect(records.count == Self.dirt.count + 1)
        for (index, text) in Self.dirt.enumerated() {
            let cells = [records[index + 1], plain[index + 1].map { String(decoding: $0, as: UTF8.self) }]
            for cell in cells {
                #expect(cell.count == 2)
                #expect(Array(DefusedCell.restored(cell[0]).utf8) == Array(text.utf8), "text \(index)")
            }
        }
    }

    @Test("every text comes out of JSON Lines byte for byte, one line each")
    func jsonRoundTrip() throws {
        let file = bytes(.jsonl, Self.dirt.map { [.text($0)] }, columns: ["text"])
        let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.count == Self.dirt.count + 1)
        for (line, text) in zip(lines, Self.dirt) {
            let read = try JSONValue(parsing: Array(line), sizeLimit: 1_000)["text"]?.stringValue
            #expect(read.map { Array($0.utf8) } == Array(text.utf8))
            #expect(!String(decoding: line, as: UTF8.self).unicodeScalars.contains { $0.properties.isLineEnd })
        }
    }

    @Test("no cell of a CSV file begins as a formula does")
    func harmless() {
        let file = bytes(.csv, Self.dirt.map { [.text($0)] }, columns: ["text"])
        for record in PlainCSV.records(Array(file.dropFirst(3))).dropFirst() {
            let first = String(decoding: record[0], as: UTF8.self).unicodeScalars.first
            #expect(!(first.map { "=+-@\t\r＝＋－＠".unicodeScalars.contains($0) } ?? false))
        }
    }

    @Test("what was made harmless is restored exactly, also by whoever made it harmless twice")
    func reversible() {
        let letters = ["'", "=", "-", "\t", "＝", "\u{301}", "a"]
        var cells = [""]
        for _ in 0..<4 { cells += cells.flatMap { cell in letters.map { cell + $0 } } }
        for cell in Set(cells) {
            let once = DefusedCell.of(cell)
            #expect(Array(DefusedCell.restored(once).utf8) == Array(cell.utf8))
            #expect(Array(DefusedCell.restored(DefusedCell.restored(DefusedCell.of(once))).utf8) == Array(cell.utf8))
        }
    }

    @Test("a time that four digits cannot say stays the number that it is")
    func farTime() {
        #expect(ExportValue.time(Int64.max).cell == "9223372036854775807")
        #expect(ExportValue.time(253_402_300_799_999).cell == "9999-12-31T23:59:59.999Z")
        #expect(ExportValue.time(253_402_300_800_000).cell == "253402300800000")
        #expect(ExportValue.time(-1).cell == "1969-12-31T23:59:59.999Z")
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isLineEnd: Bool { generalCategory == .lineSeparator || generalCategory == .paragraphSeparator }
}
