import Standards
import Testing

@Suite("Checking a document")
struct JSONReaderTests {
    private enum Colour: String, CaseIterable {
        case red
        case green
    }

    private func findings(_ text: String, _ read: (JSONReader) -> Bool?) -> [String] {
        JSONReader.check(Array(text.utf8), sizeLimit: 10_000, read).1.map(\.description)
    }

    private func readAll(_ reader: JSONReader) -> Bool? {
        let id = reader.text("id", .identifier)
        let count = reader.integer("count", in: 1...9)
        let ratio = reader.number("ratio", in: 0...1, .optional)
        let colour = reader.choice("colour", of: Colour.self)
        _ = reader.flag("loud", absent: false)
        let words = reader.texts("words", .line(5), count: 0...3, .optional)
        let parts = reader.objects("parts", count: 0...2, .optional) { $0.text("name", .line(9)) }
        guard id != nil, count != nil, colour != nil else { return nil }
        return ratio != 7 && words.count < 9 && parts.count < 9
    }

    @Test("a document without faults gives its value and no findings")
    func clean() {
        let text = #"{"id":"a-1","count":9,"ratio":1,"colour":"red","words":["x"],"parts":[{"name":"n"}],"loud":true}"#
        let (value, findings) = JSONReader.check(Array(text.utf8), sizeLimit: 1_000, readAll)
        #expect(value == true)
        #expect(findings.isEmpty)
    }

    @Test("all faults are found in one pass, each with its path")
    func all() {
        let text = """
            {"id": "1a", "count": 10, "ratio": -0.5, "colour": "gren", "loud": "yes", "words": ["toolong", 1, "x", "x"],
             "parts": [{"nam": "n"}, 7], "coluor": 1}
            """
        let found = JSONReader.check(Array(text.utf8), sizeLimit: 1_000, readAll).1
        #expect(
            found.map(\.path) == [
                "/id", "/count", "/ratio", "/colour", "/loud", "/words", "/parts/0/name", "/parts/0", "/parts/1", "",
            ])
        #expect(found[3].remedy == "did you mean \"green\"?")
        #expect(found[6].remedy == "add it, or rename \"nam\"")
        #expect(found[7].remedy == "did you mean \"name\"?")
        #expect(found[9].remedy == "did you mean \"colour\"?")
    }

    @Test("entries of a list are judged one by one, and none may stand twice")
    func texts() {
        let found = findings(#"{"words": ["toolong", 1, "x", "x"]}"#) { reader in
            reader.texts("words", .line(5), count: 0...4).isEmpty
        }
        #expect(found.count == 3)
        #expect(found[2].hasPrefix("/words/3: the entry \"x\" is given twice, first at /words/2"))
    }

    @Test("limits hold at their edges", arguments: [(0, false), (1, true), (9, true), (10, false)])
    func edges(number: Int, isAccepted: Bool) {
        let found = findings("{\"count\": \(number)}") { $0.integer("count", in: 1...9) != nil }
        #expect(found.isEmpty == isAccepted)
    }

    @Test("null counts as absent")
    func null() {
        #expect(findings(#"{"a": null}"#) { $0.text("a", .line(), .optional) == nil }.isEmpty)
        #expect(findings(#"{"a": null}"#) { $0.text("a", .line()) == nil } == ["/a: is missing; add it"])
    }

    @Test("a document that is no JSON, or no object, is one finding")
    func roots() {
        #expect(findings("{\n  1}") { _ in true }.first?.contains("line 2, column 3: expected a key in quotes") == true)
        #expect(findings("[]") { _ in true } == ["document: must be an object, but is a list; write { … } here"])
    }

    @Test("paths escape what JSON pointers escape")
    func pointers() {
        let found = findings(#"{"a/b~c": 1}"#) { $0.text("a/b~c", .line()) == nil }
        #expect(found.first?.hasPrefix("/a~1b~0c: must be a text, but is a whole number") == true)
    }

    @Test("a path shows 100 characters of a key, and of a longer one that it goes on", arguments: [100, 101, 9_000])
    func longKeys(length: Int) {
        let key = String(repeating: "k", count: length)
        let found = findings("{\"\(key)\": 1}") { $0.text(key, .line()) == nil }
        let shown = "/" + String(repeating: "k", count: 100) + (length > 100 ? "…" : "")
        #expect(found.first?.hasPrefix("\(shown): must be a text") == true)
    }

    @Test("a hint shows the beginnings of candidates that are long")
    func longCandidates() {
        let candidates = ["short", String(repeating: "c", count: 70)]
        let shown = "use one of: short, " + String(repeating: "c", count: 60) + "…"
        #expect(NearestWord.hint(for: "other", among: candidates) == shown)
    }

    @Test("findings stop at their limit and say so")
    func limit() {
        let log = FindingLog()
        for _ in 0...FindingLog.limit { log.add("/x", "is wrong", "correct it") }
        #expect(log.findings.count == FindingLog.limit)
        #expect(log.findings.last?.problem == "there are more findings than are listed")
    }

    @Test(
        "the nearest word is offered only when it is near",
        arguments: [("complant", "complaint"), ("FAULT", "fault"), ("xyz", nil), ("f", nil)] as [(String, String?)])
    func nearest(word: String, expected: String?) {
        #expect(NearestWord.nearest(to: word, among: ["complaint", "fault", "enquiry"]) == expected)
    }

    @Test(
        "an identifier begins with a small letter and has at most 40 characters",
        arguments: [
            ("a", true), ("aB-9", true), ("", false), ("9a", false), ("-a", false), ("a_b", false), ("中", false),
            (String(repeating: "a", count: 40), true), (String(repeating: "a", count: 41), false),
        ])
    func identifiers(text: String, isAccepted: Bool) {
        #expect(TextShape.identifier.matches(text) == isAccepted)
    }
}
