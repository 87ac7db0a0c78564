/// The limits of the house and its rules, in one place.
enum House {
    /// Lines a file of code may have.
    static let fileLines = 600
    /// Lines a function may have, from its `func` to its closing brace.
    static let functionLines = 70
    /// Characters a line of code may have.
    static let columns = 120
    /// Lines the first page may have: it is read standing.
    static let readmeLines = 120

    /// Targets that are given the time, the identifiers and the store, and reach for none of them.
    static let coreTargets: Set<String> = ["Hashing", "SQLite", "Replication", "Standards", "ServiceDesk"]

    /// What may lie at the root, beside names that begin with a dot.
    static let rootEntries: Set<String> = [
        "Package.swift", "Sources", "Tests", "Topology", "Simulations", "ops",
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
    ]

    static let rules: [any Rule] = [
        FileLengthRule(), FunctionLengthRule(), LineLengthRule(), WhitespaceRule(),
        RootRule(), ReadmeRule(), SurvivalRule(),
        CoreRule(), IterationOrderRule(),
        ImportRule(), PackageRule(), FolderCircleRule(),
        DefenceRule(), UnfinishedRule(), BannerRule(), TestNameRule(),
    ]
}
