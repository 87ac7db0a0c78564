import Standards
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    private func parse(_ text: String, limit: Int = 10_000) throws -> JSONValue {
        try JSONValue(parsing: text, sizeLimit: limit)
    }

    private func failure(_ bytes: [UInt8]) -> StandardsError? {
        do {
            _ = try JSONValue(parsing: bytes, sizeLimit: 10_000)
            return nil
        } catch {
            return error
        }
    }

    @Test("every kind of value is read")
    func kinds() throws {
        let value = try parse(#" {"a": [null, true, false, -12, 2.5, "x"], "b": {}, "c": []} "#)
        #expect(value == ["a": [nil, true, false, -12, 2.5, "x"], "b": [:], "c": []])
    }

    @Test(
        "integers stay exact up to 64 bits and become doubles beyond",
        arguments: [
            ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9223372036854775808)),
            ("-9223372036854775809", .number(-9223372036854775808)),
            ("-0", .integer(0)), ("1.0", .number(1)), ("1e2", .number(100)), ("1E-2", .number(0.01)),
            ("99999999999999999999", .number(1e20)),
        ])
    func numbers(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test("escapes are decoded, pairs of surrogates joined")
    func escapes() throws {
        let value = try parse(#""a\"\\\/\b\f\n\r\t\u00e9\u4e2d\ud83d\ude00中""#)
        #expect(value == .string("a\"\\/\u{8}\u{C}\n\r\té中😀中"))
    }

    @Test(
        "what is not JSON is refused with its place and what was expected",
        arguments: [
            ("", "1:1", "a value"), ("{", "1:2", "a key in quotes or \"}\""), ("[1,]", "1:4", "a value"),
            ("{\"a\":1,}", "1:8", "a key in quotes"), ("{\"a\" 1}", "1:6", "\":\""), ("[1 2]", "1:4", "\",\" or \"]\""),
            ("{\"a\":1 \"b\"}", "1:8", "\",\" or \"}\""), ("1 2", "1:3", "the end of the document"),
            ("01", "1:1", "may not begin with a zero"), ("1.", "1:3", "a digit"), ("-", "1:2", "a digit"),
            ("1e+", "1:4", "a digit"), ("tru", "1:1", "true, false or null"), ("+1", "1:1", "a value"),
            ("NaN", "1:1", "a value"), ("'a'", "1:1", "a value"), ("\"a", "1:1", "a closing quote"),
            ("\"\\x\"", "1:2", "escape does not exist"), ("\"\\u12G4\"", "1:6", "four hexadecimal digits"),
            ("\"\\ud800\"", "1:2", "half of a surrogate pair"), ("\"\\udc00\"", "1:2", "half of a surrogate pair"),
            ("\"\\ud800\\u0041\"", "1:2", "half of a surrogate pair"), ("1e999", "1:1", "too large"),
            ("{\n  \"中\": 1,\n  \"中\": 2}", "3:3", "key twice"), ("[\n\n  /* */ 1]", "3:3", "a value"),
        ])
    func refusals(text: String, place: String, reason: String) {
        let error = failure(Array(text.utf8))
        #expect(error?.position?.description == place)
        #expect(error?.reason.contains(reason) == true, "\(error.map(String.init(describing:)) ?? "accepted")")
    }

    @Test("a byte order mark is refused, and so is a bare control character")
    func marks() {
        #expect(failure([0xEF, 0xBB, 0xBF, 0x31])?.reason.contains("byte order mark") == true)
        #expect(failure(Array("\"a\nb\"".utf8))?.reason.contains("control character") == true)
    }

    @Test("bytes that are not UTF-8 are refused at their place")
    func invalidUTF8() {
        let quote = UInt8(ascii: "\"")
        #expect(failure([quote, 0x61, 0xE4, 0xB8, 0xAD, 0xFF, quote])?.position == TextPosition(line: 1, column: 4))
        #expect(failure([quote, 0x5C, 0x6E, 0xC0, 0x80, quote])?.position == TextPosition(line: 1, column: 4))
        #expect(failure([quote, 0xED, 0xA0, 0x80, quote])?.reason.contains("UTF-8") == true)
    }

    @Test("nesting is read to the limit and refused one deeper")
    func depth() throws {
        let limit = JSONValue.depthLimit
        _ = try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
        let deeper = String(repeating: "[", count: limit + 1)
        #expect(failure(Array(deeper.utf8))?.reason.contains("deeper than 64") == true)
    }

    @Test("a document of exactly the size limit is read and one byte more refused")
    func size() throws {
        #expect(try parse("123", limit: 3) == 123)
        #expect(throws: StandardsError.self) { try parse("1234", limit: 3) }
    }

    @Test("no beginning of a document is taken for the whole")
    func truncations() {
        let bytes = Array(#"{"a":[1.5e3,"\u4e2d中",{"b":null}],"c":true}"#.utf8)
        for length in bytes.indices {
            #expect(failure(Array(bytes[..<length])) != nil, "\(length) bytes were accepted")
        }
        #expect(failure(bytes) == nil)
    }

    @Test("an error never quotes the document")
    func privacy() {
        let error = failure(Array(#"{"phone": "13912345678" "x"}"#.utf8))
        #expect(error.map { !$0.description.contains("139") } == true)
    }
}
