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

    @Test("a line that is no object, has another key, holds a fraction or is too long is rejected alone")
    func rejections() {
        let limits = CSVLimits(fieldBytes: 64, recordBytes: 64, columns: 3)
        let long = "{\"a\": \"" + String(repeating: "x", count: 60) + "\"}"
        let items = items("{\"a\": 1}\n[1]\n{\"b\": 1}\n{\"a\": 1.5}\n\(long)\n{\"a\": 2}\n{\"a\"", limits: limits)
        let shown = items.map { item in
            switch item {
            case .record(let record): "\(record.line) " + record.fields.joined()
            case .rejected(let rejection): "!\(rejection)"
            case .blank(let line): "\(line) blank"
            }
        }
        #expect(
            shown == [
                "1 a", "1 1", "!line 2: the record is not one JSON object",
                "!line 3: the record has a key that the first line has not", "!line 4: column \"a\" is a fraction",
                "!line 5: the record has more than 64 bytes", "6 2", "!line 7: the record is not one JSON object",
            ])
    }
}
