import Standards
import Testing

@Suite struct JSONWriterTests {
    @Test("what is written as it is told has the bytes of the value that says the same")
    func isAsTheValue() {
        let names = ["张\"三\"\n", "", "\u{1}"]
        let value: JSONValue = [
            "a": .array(names.map { .string($0) }), "b": ["n": 7, "o": .bool(false)], "c": .array([]),
            "d": .object([:]), "e": .null,
        ]
        var text = JSONWriter()
        text.object { text in
            text.name("a")
            text.array { text in for name in names { text.write(name) } }
            text.name("b")
            text.object { text in
                text.member("n", 7 as Int64)
                text.member("o", false)
            }
            text.name("c")
            text.array { _ in }
            text.name("d")
            text.object { _ in }
            text.member("e", JSONValue.null)
            text.member("left out", nil as String?)
        }
        #expect(text.bytes == value.bytes())
    }
}
