import Testing

@Suite("The house is tidy")
struct TidyTests {
    @Test("no file of the project breaks a rule of the house")
    func wholeTree() throws {
        let tree = try SourceTree(root: SourceTree.projectRoot)
        let findings = House.rules.flatMap { $0.findings(in: tree) }.sorted()
        let list = findings.map(\.description).joined(separator: "\n")
        #expect(findings.isEmpty, "\(findings.count) findings:\n\(list)")
    }

    @Test("the tree that is read is this project's, with its sources read as Swift")
    func treeIsRead() throws {
        let tree = try SourceTree(root: SourceTree.projectRoot)
        let this = try #require(tree.files.first { $0.path == "Tests/TidyTests/TidyTests.swift" })
        #expect(this.tokens.contains { $0.text == "treeIsRead" })
        #expect(tree.rootEntries.contains("Package.swift"))
        #expect(tree.files.contains { $0.path == "Package.swift" })
        #expect(!tree.files.contains { $0.path.contains(".build/") })
    }

    @Test("no two rules bear one name")
    func namesAreDistinct() {
        let names = House.rules.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
