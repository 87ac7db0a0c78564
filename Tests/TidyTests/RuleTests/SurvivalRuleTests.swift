import Testing

@Suite("The page of dangers and their proofs")
struct SurvivalRuleTests {
    private static let test = """
        struct SampleTests {
            @Test("something holds throughout") func holds() {}
        }
        """

    private func findings(_ rows: String, bugs: String = "") -> [Int] {
        let tree = SourceTree([
            SurvivalRule.page: "# Page\n\n| danger | proof |\n| --- | --- |\n" + rows,
            SurvivalRule.mischiefs: bugs,
            "Tests/ReplicationTests/SampleTests.swift": Self.test,
            "Simulations/a-full-disk.json": "{}\n",
        ])
        return SurvivalRule().findings(in: tree).map(\.line)
    }

    @Test("a test that there is, a rehearsal that there is, and a reason to need none are let be")
    func proved() {
        #expect(findings("| a | `SampleTests.holds` |\n| b | `a-full-disk.json` |\n| c | cannot occur: why |\n") == [])
    }

    @Test("a test that there is not, by suite or by function, and a rehearsal that there is not are found")
    func missing() {
        #expect(
            findings("| a | `OtherTests.holds` |\n| b | `SampleTests.held` |\n| c | `no-disk.json` |\n") == [5, 6, 7])
        #expect(findings("| a | `SampleTests.holds`, `SampleTests.held` |\n") == [5])
    }

    @Test("a row that names no proof and gives no reason is found")
    func unproved() {
        #expect(findings("| a | surely not |\n") == [5])
    }

    @Test("a planted bug that the page does not name is found")
    func unnamedBug() {
        let bugs = "enum A { public static let losesAll = A(rawValue: 1) }\n"
        #expect(findings("| a | `SampleTests.holds` |\n", bugs: bugs) == [1])
        #expect(findings("| `losesAll` | `SampleTests.holds` |\n", bugs: bugs) == [])
    }
}
