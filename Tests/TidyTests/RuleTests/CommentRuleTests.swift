import Testing

@Suite("Rules about comments, defences and names")
struct CommentRuleTests {
    @Test(
        "what may trap or escapes the compiler is found unless it is defended on the line above",
        arguments: [
            "let a = try! f()", "let a = b as! Int", "fatalError(\"no\")", "final class A: @unchecked Sendable {}",
            "nonisolated(unsafe) var a = 1",
        ])
    func defences(line: String) {
        #expect(lines(DefenceRule(), "let b = 1\n\(line)\n") == [2])
        #expect(lines(DefenceRule(), "let b = 1\n\(line)\n", at: "Tests/NodeTests/Sample.swift") == [2])
        #expect(lines(DefenceRule(), "// Safe: written once before any thread starts\n\(line)\n").isEmpty)
        #expect(lines(DefenceRule(), "// Safe: written once,\n// before any thread starts\n\(line)\n").isEmpty)
        #expect(lines(DefenceRule(), "// Safe:\n\(line)\n") == [2])
        #expect(lines(DefenceRule(), "// Safe: written once before any thread\n\n\(line)\n") == [3])
        #expect(lines(DefenceRule(), "let c = 1  // Safe: written once before\n\(line)\n") == [2])
    }

    @Test("a plain try, a plain cast and a text that speaks of them need no defence")
    func harmless() {
        let text = "let a = try !f()\nlet b = c as? Int\nlet d = \"try! f()\"\n// as! is not for here\n"
        #expect(lines(DefenceRule(), text).isEmpty)
    }

    @Test("marks of unfinished work are found in comments of Swift and anywhere in scripts")
    func unfinished() {
        for mark in ["TO" + "DO", "FIX" + "ME", "XX" + "X"] {
            #expect(lines(UnfinishedRule(), "let a = 1\n// \(mark): later\n") == [2])
            #expect(lines(UnfinishedRule(), "/// Says \(mark).\nlet a = 1\n") == [1])
            #expect(lines(UnfinishedRule(), "ls # \(mark)\n", at: "ops/lib/a.sh") == [1])
            #expect(lines(UnfinishedRule(), "let a = \"\(mark)\"\nlet \(mark) = 1\n").isEmpty)
        }
        #expect(lines(UnfinishedRule(), "mktemp -d /tmp/a.XX" + "XX" + "XX\n", at: "ops/lib/a.sh").isEmpty)
    }

    @Test(
        "a comment that decorates is found",
        arguments: [
            "// ---", "// =====", "// *** Parsing ***", "////// Parsing", "// MARK: - Parsing", "// Parsing ---",
        ])
    func banners(comment: String) {
        #expect(lines(BannerRule(), "let a = 1\n    \(comment)\nlet b = \"// ---\"\n") == [2])
    }

    @Test(
        "a comment that says something is let be",
        arguments: [
            "// why", "///", "/// | --- | --- |", "/// - Parameter a: what", "// MARK: Parsing", "// a -> b", "/// ```",
            "// -- in SQL a comment begins so",
        ])
    func remarks(comment: String) {
        #expect(lines(BannerRule(), comment + "\nlet a = 1\n").isEmpty)
    }

    @Test("a test without a sentence for a name is found")
    func testNames() {
        let text = """
            @Test func a() {}
            @Test("folding") func b() {}
            @Test("a torn header is refused") func c() {}
            @Test(
                "an unknown key is refused",
                arguments: [1]
            )
            func d() {}
            @Test(.disabled()) func e() {}

            """
        #expect(lines(TestNameRule(), text, at: "Tests/NodeTests/Sample.swift") == [1, 2, 9])
        #expect(lines(TestNameRule(), text).isEmpty)
    }
}
