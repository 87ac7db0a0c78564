import ServiceDesk
import Testing

@Suite("JSON Lines")
struct JSONLinesTests {
    private func items(_ text: String, chunk: Int = 1_000, limits: CSVLimits = .standard) -> [CSVItem] {
        var parser = JSONLinesParser(limits: limits)
        let bytes = Array(text.utf8)
        var items: [CSVItem] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            items += parser.feed(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        return items + parser.finish()
    }

    private static let text = """
        {"n": "YC-1", "urgent": true, "count": -3, "note": "a\\n\\"b\\" \\u4f60 =1"}
        {"n": "YC-2", "urgent": null, "note": "", "count": 9007199254740993}

        {"n": "YC-3", "note": {"b": [1], "a": null}}
        """

    @Test("objects become records under the keys of the first, in whatever pieces they come")
    func records() {
        let expected: [CSVItem] = [
            .record(CSVRecord(line: 1, fields: ["count", "n", "note", "urgent"])),
            .record(CSVRecord(line: 1, fields: ["-3", "YC-1", "a\n\"b\" 你 =1", "true"])),
            .record(CSVRecord(line: 2, fields: ["9007199254740993", "YC-2", "", ""])), .blank(line: 3),
            .record(CSVRecord(line: 4, fields: ["", "YC-3", #"{"a":null,"b":[1]}"#, ""])),
        ]
        for chunk in [1, 7, 1_000] { #expect(items(Self.text, chunk: chunk) == expected) }
    }

    @Test("keys that the first line leaves out are columns too, and fractions keep their shortest form")
    func lateKeys() {
        let items = items("\n{\"a\": 0.5}\n{\"b\": \"x\", \"a\": 1e3}\n")
        #expect(
            items == [
                .record(CSVRecord(line: 2, fields: ["a", "b"])), .blank(line: 1),
                .record(CSVRecord(line: 2, fields: ["0.5", ""])), .record(CSVRecord(line: 3, fields: ["1000.0", "x"])),
            ])
    }

    @Test("a key that comes after the lines looked at is told, with its line")
    func latestKey() {
        let text = String(repeating: "{\"a\": 1}\n", count: JSONLinesParser.linesLookedAt) + "{\"a\": 1, \"late\": 2}\n"
        let items = items(text, chunk: 4_096)
        #expect(items.count == JSONLinesParser.linesLookedAt + 2)
        guard case .rejected(let rejection)? = items.last else {
            Issue.record("the late key was taken")
            return
        }
        #expect(rejection.column == "late")
        #expect(rejection.line == JSONLinesParser.linesLookedAt + 1)
    }

    @Test("a line that is no object, has too many keys or is too long is rejected alone")
    func rejections() {
        let limits = CSVLimits(fieldBytes: 64, recordBytes: 64, columns: 2)
        let long = "{\"a\": \"" + String(repeating: "x", count: 60) + "\"}"
        let items = items("{\"a\": 1}\n[1]\n{\"b\": 1, \"c\": 2}\n\(long)\n{\"a\": 2}\n{\"a\"", limits: limits)
        let shown = items.map { item in
            switch item {
            case .record(let record): "\(record.line) " + record.fields.joined()
            case .rejected(let rejection): "!\(rejection.line)"
            case .blank(let line): "\(line) blank"
            }
        }
        #expect(shown == ["1 a", "1 1", "!2", "!3", "!4", "5 2", "!6"])
    }
}
