import Testing

@Suite("Reading Swift as tokens")
struct LexerTests {
    private func words(_ text: String) -> [String] {
        Lexer(text).tokens.filter { $0.kind != .string }.map(\.text)
    }

    @Test("what a string says is not code")
    func strings() {
        #expect(words(#"a("Date() \" // x")"#) == ["a", "(", ")"])
        #expect(words("let b = \"\"\"\n  Date() \" \"\" x\n  \"\"\"\nc") == ["let", "b", "=", "c"])
        #expect(words("#\"raw \" Date() \\(x)\"# + d") == ["+", "d"])
    }

    @Test("what stands inside an interpolation is code")
    func interpolations() {
        #expect(
            words(#"f("now \(Date() + g("x)")) end") + h"#) == [
                "f", "(", "Date", "(", ")", "+", "g", "(", ")", ")", "+", "h",
            ])
        #expect(words("#\"\\#(x) \\(y)\"#") == ["x"])
    }

    @Test("a comment is kept apart, with its line and whether it stands alone")
    func comments() {
        let lexer = Lexer("a // one\n  // two\n/* three /* four */\nfive */ b\n\"// six\"")
        #expect(lexer.comments.map(\.text) == ["// one", "// two", "/* three /* four */", "five */"])
        #expect(lexer.comments.map(\.line) == [1, 2, 3, 4])
        #expect(lexer.comments.map(\.isAlone) == [false, true, true, true])
        #expect(lexer.tokens.map(\.text) == ["a", "b", "// six"])
    }

    @Test("lines, columns and line beginnings are counted across strings of several lines")
    func places() {
        let tokens = Lexer("a\n\"\"\"\nx\n\"\"\" + b\n  c").tokens
        #expect(tokens.map(\.line) == [1, 2, 4, 4, 5])
        #expect(tokens.map(\.column) == [0, 0, 4, 6, 2])
        #expect(tokens.map(\.isFirstOnLine) == [true, true, false, false, true])
    }

    @Test("a regular expression is not code, a division is")
    func regularExpressions() {
        #expect(words(#"match(/"[a]\/"/) + x"#) == ["match", "(", ")", "+", "x"])
        #expect(words("#/ \" /# + y") == ["+", "y"])
        #expect(words("a / b / c") == ["a", "/", "b", "/", "c"])
        #expect(words("list.reduce(1, /)") == ["list", ".", "reduce", "(", "1", ",", "/", ")"])
    }

    @Test("an unclosed string, comment or quoted name ends with the text and never traps")
    func unclosed() {
        for text in ["\"abc", "\"\"\"\nabc", "#\"a\"", "/* a", "`a", "\"\\", "\"\\(", "\"\\(a", "#/a", "/a\\", "#", ""]
        {
            #expect(Lexer(text).tokens.count <= 2, "\(text)")
        }
    }
}
