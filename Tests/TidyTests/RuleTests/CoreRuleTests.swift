import Testing

@Suite("Rules about the core")
struct CoreRuleTests {
    @Test(
        "what reads a clock, draws from chance or starts work is found in the core",
        arguments: [
            "let a = Date()", "let a = Date.now", "let a: Date = .now", "f(.now)", "let a = UUID()",
            "let a = Int.random(in: 0..<3)", "let a = list.randomElement()", "let a = list.shuffled()",
            "var a = SystemRandomNumberGenerator()", "Task { f() }", "Task.detached { f() }", "func f() async {}",
            "await f()", "FileManager.default", "ProcessInfo.processInfo", "Thread.sleep(1)", "actor Desk {}",
            "ContinuousClock().now", "f(\"at \\(Date())\")", "Locale.current",
        ])
    func breaches(line: String) {
        let text = "let harmless = 1\n\(line)\n"
        #expect(lines(CoreRule(), text) == [2])
        #expect(lines(CoreRule(), text, at: "Sources/Node/Sample.swift").isEmpty)
        #expect(lines(CoreRule(), text, at: "Tests/ReplicationTests/Sample.swift").isEmpty)
    }

    @Test(
        "what was passed in, and what only speaks of it, is let be",
        arguments: [
            "let a = Date(timeIntervalSince1970: 3)", "let a = input.now", "let a = UUID(bytes)", "let now = 3",
            "// Date() is not for here", "let a = \"Date()\"", "let actor: Actor", "case task(Task)", "f(actor: Actor)",
            "let a = random.next()", "let current = state.current", "let a = epoch.random",
        ])
    func harmless(line: String) {
        #expect(lines(CoreRule(), line + "\n").isEmpty)
    }

    @Test(
        "the spelled forms of going over a dictionary or a set are found",
        arguments: [
            "let a: [String: Int] = b\nfor (k, v) in a {}",
            "let a = 1\nfor (k, v) in other.things {}",
            "var a: Set<Int> = []\nfor x in a {}",
            "let a = [\"b\": 1]\nfor entry in a {}",
            "let a = 1\nfor x in b.keys {}",
            "let a = 1\nfor x in b[3].values where x > 1 {}",
            "let a = 1\nfor x in b.values.filter({ $0 > 1 }) {}",
            "let a = Set(b)\nfor x in a.filter({ $0 > 1 }) {}",
            "let a = 1\nfor x in Set(b) {}",
            "func a() -> Set<Int> { b }\nfor x in a() {}",
            "let a = 1\nlet c = b.values.map { $0 + 1 }",
            "let a = 1\nlet c = Array(b.keys)",
            "let a: Set<Int> = b\nlet c = a.first",
            "let a: [Int: Int] = b\na.forEach { f($0) }",
            "let a: Set<Int>? = b\nfor x in a! {}",
        ])
    func disorder(text: String) {
        #expect(lines(IterationOrderRule(), text + "\n") == [2])
        #expect(lines(IterationOrderRule(), text + "\n", at: "Sources/Node/Sample.swift").isEmpty)
    }

    @Test(
        "an order that is made, known or of no consequence is let be",
        arguments: [
            "let a: [String: Int] = b\nfor (k, v) in a.sorted(by: { $0.key < $1.key }) {}",
            "let a = b\nfor x in c.keys.sorted() {}",
            "let a: [(Int, Int)] = b\nfor (k, v) in a {}",
            "for (i, x) in list.enumerated() {}\nfor (x, y) in zip(a, b) {}",
            "let a: [Int] = b\nfor x in a {}",
            "let c = b.values.map { $0 + 1 }.sorted()",
            "let c = b.keys\n    .filter { $0 > 1 }\n    .map { $0 + 1 }\n    .max()",
            "let a: Set<Int> = b\nlet c = Set(a.map { $0 + 1 })",
            "let a: Set<Int> = b\nlet c = a.contains(3)",
            "let a: Set<Int> = b\nlet c = a.sorted()\nfor x in c {}",
            "func f(a: Set<Int>) {}\nfunc g(a: [Int]) {\n    for x in a {}\n}",
            "let c = Array(b.keys).sorted()",
            "let c = for_(in: a)\nlet d = [a ? b : c]\nfor x in d {}",
            "// order does not matter: only their sum is used\nfor x in b.values { total += x }",
            "for x in b.values { total += x }  // order does not matter: only their sum is used",
        ])
    func order(text: String) {
        #expect(lines(IterationOrderRule(), text + "\n").isEmpty)
    }

    @Test("a permission without a reason permits nothing")
    func emptyPermission() {
        #expect(lines(IterationOrderRule(), "// order does not matter:\nfor x in b.values {}\n") == [2])
    }

    @Test("a property of another file of the target is known by its declaration")
    func acrossFiles() {
        let tree = SourceTree([
            "Sources/Replication/State.swift": "struct State {\n    var origins: Set<Int>\n    var list: [Int]\n}\n",
            "Sources/Replication/Use.swift": "for x in state.list {}\nfor x in state.origins {}\n",
            "Sources/Standards/Use.swift": "for x in state.origins {}\n",
        ])
        let findings = IterationOrderRule().findings(in: tree)
        #expect(findings.map(\.path) == ["Sources/Replication/Use.swift"])
        #expect(findings.map(\.line) == [2])
    }
}
