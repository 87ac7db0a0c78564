import Standards
import Testing

@Suite("Writing JSON")
struct JSONSerialiserTests {
    @Test("keys are sorted and nothing is wasted")
    func compact() {
        let value: JSONValue = ["b": [1, 2.5, nil], "a": ["z": true, "y": "中"], "": [:], "c": []]
        #expect(value.text() == #"{"":{},"a":{"y":"中","z":true},"b":[1,2.5,null],"c":[]}"#)
    }

    @Test("values are equal when their bytes are: one letter in two spellings is two texts")
    func equality() {
        let (one, two): (JSONValue, JSONValue) = (["a": ["caf\u{E9}"]], ["a": ["cafe\u{301}"]])
        #expect(one != two)
        #expect(one.bytes() != two.bytes())
        #expect(two == ["a": ["cafe\u{301}"]])
        #expect(Set([one, two, one]).count == 2)
    }

    @Test("the pretty form puts one element a line")
    func pretty() {
        let value: JSONValue = ["b": [1, ["c": "d"]], "a": [], "e": [:]]
        #expect(
            value.text(pretty: true) == """
                {
                  "a": [],
                  "b": [
                    1,
                    {
                      "c": "d"
                    }
                  ],
                  "e": {}
                }
                """)
    }

    @Test("quotes, backslashes and control characters are escaped")
    func escapes() {
        let value = JSONValue.string("\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}😀")
        #expect(value.text() == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u{7F}😀\"")
    }

    @Test("a double that is not finite is written as null")
    func notFinite() {
        #expect(JSONValue.array([.number(.nan), .number(.infinity), .number(-.infinity)]).text() == "[null,null,null]")
    }

    @Test("whatever is written is read back the same, and written again the same")
    func roundTrip() throws {
        var generator = SeededGenerator()
        for round in 0..<300 {
            let value = Self.value(depth: 0, &generator)
            for pretty in [false, true] {
                let bytes = value.bytes(pretty: pretty)
                let read = try JSONValue(parsing: bytes, sizeLimit: 1 << 20)
                #expect(read == value, "TRIBUTARY_SEED=\(generator.seed), round \(round)")
                #expect(read.bytes(pretty: pretty) == bytes, "TRIBUTARY_SEED=\(generator.seed), round \(round)")
            }
        }
    }

    private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        let count = Int.random(in: 0...4, using: &generator)
        switch Int.random(in: 0...(depth < 4 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3:
            let number = Double(bitPattern: generator.next())
            return .number(number.isFinite ? number : 0.1)
        case 4: return .string(text(&generator))
        case 5: return .array((0..<count).map { _ in value(depth: depth + 1, &generator) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<count { members[text(&generator)] = value(depth: depth + 1, &generator) }
            return .object(members)
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &generator) ? 0x7F : 0x1_1000), using: &generator))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

@Suite("Reaching into JSON")
struct JSONAccessTests {
    @Test("members and elements are reached, and nil where there are none")
    func subscripts() {
        let value: JSONValue = ["list": ["a", 2], "flag": true]
        #expect(value["list"]?[1]?.intValue == 2)
        #expect(value["list"]?[2] == nil)
        #expect(value["list"]?[-1] == nil)
        #expect(value["list"]?["a"] == nil)
        #expect(value["none"] == nil)
        #expect(value["flag"]?.boolValue == true)
        #expect(value["flag"]?.stringValue == nil)
    }

    @Test("a whole number is whole however it was written")
    func integers() {
        #expect(JSONValue.number(3).intValue == 3)
        #expect(JSONValue.number(3.5).intValue == nil)
        #expect(JSONValue.number(1e19).intValue == nil)
        #expect(JSONValue.integer(3).numberValue == 3)
    }
}
