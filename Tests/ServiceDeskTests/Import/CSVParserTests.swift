import ServiceDesk
import Testing

@Suite("Reading CSV")
struct CSVParserTests {
    private func items(
        _ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ","), limits: CSVLimits = .standard, chunk: Int = .max
    ) -> [CSVItem] {
        var parser = CSVParser(separator: separator, limits: limits)
        var items: [CSVItem] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            items += parser.feed(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        return items + parser.finish()
    }

    /// One line an item: "1 a|b" for a record, "!1 column reason" for a rejection.
    private func shown(_ items: [CSVItem]) -> [String] {
        items.map { item in
            switch item {
            case .record(let record): "\(record.line) " + record.fields.joined(separator: "|")
            case .blank(let line): "\(line) blank"
            case .rejected(let rejection): "!\(rejection.line) \(rejection.column ?? "-") \(rejection.reason)"
            }
        }
    }

    private func shown(_ text: String, separator: Character = ",") -> [String] {
        shown(items(Array(text.utf8), separator: separator.asciiValue ?? 0))
    }

    @Test(
        "lines end in LF, CRLF or CR, the last one perhaps in nothing",
        arguments: ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d", "a,b\r\nc,d", "a,b\rc,d"])
    func lineEnds(text: String) {
        #expect(shown(text) == ["1 a|b", "2 c|d"])
    }

    @Test(
        "empty fields are kept and blank lines told of",
        arguments: [
            ("", []), ("\n\r\n\r", ["1 blank", "2 blank", "3 blank"]), ("a,\n", ["1 a|"]), (",", ["1 |"]),
            (",\n,", ["1 |", "2 |"]), ("a\n\n\nb", ["1 a", "2 blank", "3 blank", "4 b"]),
            ("a\r\n\r\nb", ["1 a", "2 blank", "3 b"]), ("a\n\n", ["1 a", "2 blank"]), ("\"\"", ["1 "]),
            ("\"\"\n", ["1 "]),
            ("\"\",\"\"", ["1 |"]), (" ", ["1  "]),
        ] as [(String, [String])])
    func emptiness(text: String, expected: [String]) {
        #expect(shown(text) == expected)
    }

    @Test("quotes hold separators, doubled quotes and line breaks, and records know their physical line")
    func quotes() {
        let text = "h,\"a,b\"\n\"x\"\"y\",\"1\r\n2\r3\n4\"\nlast,\"\"\"\"\n"
        #expect(shown(text) == ["1 h|a,b", "2 x\"y|1\r\n2\r3\n4", "6 last|\""])
    }

    @Test("a quote inside an unquoted field is an ordinary character")
    func strayQuotes() {
        #expect(shown("5\" disk,a\"b\"\nnext") == ["1 5\" disk|a\"b\"", "2 next"])
    }

    @Test("other separators are taken, and then the comma is text", arguments: [";", "\t", "|"] as [Character])
    func separators(separator: Character) {
        let text = "a,b\(separator)\"c\(separator)d\"\n"
        #expect(
            items(Array(text.utf8), separator: separator.asciiValue ?? 0)
                == [.record(CSVRecord(line: 1, fields: ["a,b", "c\(separator)d"]))])
    }

    @Test("a byte order mark is skipped once, and half of one is text that is not UTF-8")
    func byteOrderMark() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(shown(items(mark + Array("a\nb".utf8))) == ["1 a", "2 b"])
        #expect(shown(items(mark + Array("\"a\",b".utf8))) == ["1 a|b"])
        #expect(shown(items(mark)) == [])
        #expect(shown(items([0xEF, 0xBB])) == ["!1 1 is not valid UTF-8"])
        #expect(shown(items(mark + mark)) == ["1 \u{FEFF}"])
    }

    @Test("text after a closing quote rejects that record alone")
    func textAfterQuote() {
        let text = "a,\"b\"c,\"d\ne\",f\ng,h\n\"i\" ,j\nk"
        #expect(
            shown(text) == [
                "!1 2 has text after its closing quote", "3 g|h", "!4 1 has text after its closing quote", "5 k",
            ])
    }

    @Test("a quote that is never closed rejects its record and names the line it was opened on")
    func unclosedQuote() {
        let reason = "opens a quote on line 3 that is never closed, so the rest of the file belongs to it"
        #expect(shown("a\n\"b\n\",\"c\nd\n") == ["1 a", "!2 2 " + reason])
        #expect(shown("\"").first?.hasPrefix("!1 1 opens a quote on line 1") == true)
    }

    @Test("bytes that are not UTF-8 reject their record alone")
    func invalidUTF8() {
        #expect(shown(items([0x61, 0x2C, 0xFF, 0x0A, 0x62])) == ["!1 2 is not valid UTF-8", "2 b"])
    }

    @Test("a field, a record and a row of columns are read up to their limits and rejected beyond")
    func limits() {
        let limits = CSVLimits(fieldBytes: 4, recordBytes: 6, columns: 3)
        func shown(_ text: String) -> [String] { self.shown(items(Array(text.utf8), limits: limits)) }
        #expect(shown("abcd\nabcde\nx") == ["1 abcd", "!2 1 has more than 4 bytes", "3 x"])
        #expect(shown("\"a\"\"bc\"\n\"a\"\"b\ncd\"\nx") == ["1 a\"bc", "!2 1 has more than 4 bytes", "4 x"])
        #expect(shown("abcd,ab\nabcd,abc\nx") == ["1 abcd|ab", "!2 2 takes the record beyond 6 bytes", "3 x"])
        #expect(shown("a,b,c\na,b,c,d\nx") == ["1 a|b|c", "!2 - has more than 3 columns", "3 x"])
    }

    @Test("the limit that is reached first is named, however the file is cut into chunks", arguments: [1, 2, .max])
    func limitsByChunk(chunk: Int) {
        let limits = CSVLimits(fieldBytes: 4, recordBytes: 6, columns: 3)
        let found = items(Array("abcd,abcde\nabc\"e,a\n".utf8), limits: limits, chunk: chunk)
        #expect(shown(found) == ["!1 2 takes the record beyond 6 bytes", "!2 1 has more than 4 bytes"])
    }

    @Test("the standard limits are those that are promised")
    func standardLimits() {
        let full = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
        #expect(items(full).count == 1)
        #expect(shown(items(full + full.prefix(1))) == ["!1 1 has more than 1048576 bytes"])
        let comma = [UInt8(ascii: ",")]
        let record = full + comma + full + comma + full + comma + full
        #expect(items(record).first.map { if case .record = $0 { true } else { false } } == true)
        #expect(shown(items(record + comma + full.prefix(1))) == ["!1 5 takes the record beyond 4194304 bytes"])
        let commas = [UInt8](repeating: UInt8(ascii: ","), count: 999)
        #expect(items(commas).first.map { if case .record = $0 { true } else { false } } == true)
        #expect(shown(items(commas + comma)) == ["!1 - has more than 1000 columns"])
    }

    @Test("an unclosed quote does not keep the rest of a long file in memory, and is still named as the cause")
    func unclosedBeyondLimit() {
        let limits = CSVLimits(fieldBytes: 4, recordBytes: 6, columns: 3)
        let text = "a\n\"" + String(repeating: "0123456789\n", count: 50)
        let reason = shown(items(Array(text.utf8), limits: limits)).last
        #expect(reason?.hasPrefix("!2 1 opens a quote on line 2 that is never closed") == true)
    }

    @Test("where the chunks are cut makes no difference")
    func chunks() {
        let text = "\u{FEFF}a,\"b\"\"c\"\r\n\"x\r\ny\",中\r\r\n\"q\"z,1\n\"é\",\"\"\r\nlast\r\n\"open\r\n"
        let bytes = Array(text.utf8)
        let whole = items(bytes)
        #expect(whole.count == 7)
        for size in 1...bytes.count {
            #expect(items(bytes, chunk: size) == whole, "chunks of \(size) bytes")
        }
        for cut in 0...bytes.count {
            var parser = CSVParser()
            let parts = parser.feed(Array(bytes[..<cut])) + parser.feed([]) + parser.feed(Array(bytes[cut...]))
            #expect(parts + parser.finish() == whole, "cut at \(cut)")
        }
    }
}
