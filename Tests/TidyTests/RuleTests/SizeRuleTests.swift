import Testing

@Suite("Rules about size and blanks")
struct SizeRuleTests {
    @Test("a file may have the allowed number of lines and not one more")
    func fileLength() {
        #expect(lines(FileLengthRule(), filler(House.fileLines)).isEmpty)
        #expect(lines(FileLengthRule(), filler(House.fileLines + 1)) == [House.fileLines + 1])
        #expect(lines(FileLengthRule(), filler(House.fileLines + 1), at: "Sources/Console/web/app.js").count == 1)
        #expect(lines(FileLengthRule(), filler(House.fileLines + 1), at: "Topology/pack.json").isEmpty)
    }

    @Test("a line may have the allowed number of characters and not one more, whatever their bytes")
    func lineLength() {
        let full = String(repeating: "数", count: House.columns)
        #expect(lines(LineLengthRule(), full + "\n").isEmpty)
        #expect(lines(LineLengthRule(), "a\n" + full + "x\n") == [2])
    }

    @Test("tabs, blanks at line ends and missing or doubled last line ends are found")
    func whitespace() {
        #expect(lines(WhitespaceRule(), "a\nb\n").isEmpty)
        #expect(lines(WhitespaceRule(), "a\n\tb\n") == [2])
        #expect(lines(WhitespaceRule(), "a \nb\n", at: "README.md") == [1])
        #expect(lines(WhitespaceRule(), "a\r\nb\n") == [1])
        #expect(lines(WhitespaceRule(), "a\nb") == [2])
        #expect(lines(WhitespaceRule(), "a\n\n") == [2])
        #expect(lines(WhitespaceRule(), "#!/bin/sh\nls \n", at: "ops/demo") == [2])
    }

    @Test("the first page may have its lines and not one more")
    func readme() {
        #expect(lines(ReadmeRule(), filler(House.readmeLines), at: "README.md").isEmpty)
        #expect(lines(ReadmeRule(), filler(House.readmeLines + 1), at: "README.md").count == 1)
        #expect(lines(ReadmeRule(), filler(House.readmeLines + 1), at: "ops/README.md").isEmpty)
    }

    @Test("only what is listed lies at the root")
    func root() {
        #expect(lines(RootRule(), "{}\n", at: "notes.json") == [1])
        #expect(lines(RootRule(), "let a = 1\n", at: "Scripts/a.swift") == [1])
        #expect(lines(RootRule(), "a\n", at: "ops/README.md").isEmpty)
        #expect(lines(RootRule(), "{}\n", at: ".swiftlint.yml").isEmpty)
    }

    @Test("a function may have its lines and not one more, from its name to its closing brace")
    func functionLength() {
        let full = "func a() {\n" + filler(House.functionLines - 2) + "}\n"
        let long = "func b() {\n" + filler(House.functionLines - 1) + "}\n"
        #expect(lines(FunctionLengthRule(), full).isEmpty)
        #expect(lines(FunctionLengthRule(), full + long) == [House.functionLines + 1])
        #expect(lines(FunctionLengthRule(), "init(a: Int = { 1 }()) {\n" + filler(House.functionLines) + "}\n") == [1])
        #expect(lines(FunctionLengthRule(), "var a: Int {\n" + filler(House.functionLines) + "}\n") == [1])
        #expect(lines(FunctionLengthRule(), "var a = {\n" + filler(House.functionLines) + "}()\n").isEmpty)
    }

    @Test("a requirement without a body does not take the body of what follows")
    func requirements() {
        let text = "protocol A {\n    func a() -> Int\n    var b: Int { get }\n}\nstruct B {\n" + filler(90) + "}\n"
        #expect(FunctionLengthRule.functions(in: Lexer(text).tokens).map(\.name) == ["b"])
        let stored = "func c() {\n    var d: Int\n    if e {\n        self.init(f)\n    }\n}\n"
        #expect(
            FunctionLengthRule.functions(in: Lexer(stored).tokens) == [.init(name: "c", line: 1, lines: 6)])
    }

    @Test("a brace in a string or a comment does not end a function")
    func braces() {
        let text = "func a() {\n    b(\"}\")\n    // }\n}\n"
        #expect(FunctionLengthRule.functions(in: Lexer(text).tokens) == [.init(name: "a", line: 1, lines: 4)])
    }
}
