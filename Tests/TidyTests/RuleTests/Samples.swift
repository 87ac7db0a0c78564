/// The lines at which `rule` finds something in one text.
func lines(_ rule: any Rule, _ text: String, at path: String = "Sources/Replication/Sample.swift") -> [Int] {
    rule.findings(in: SourceTree([path: text])).map(\.line)
}

/// Lines of harmless Swift.
func filler(_ count: Int) -> String {
    (0..<count).map { "let value\($0) = \($0)\n" }.joined()
}
