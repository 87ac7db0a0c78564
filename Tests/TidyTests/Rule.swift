/// A habit that a text can show. It reads the whole tree, since some habits are about how files stand to each other.
protocol Rule: Sendable {
    /// Short, in small letters, as it stands in a finding.
    var name: String { get }

    func findings(in tree: SourceTree) -> [Finding]
}

extension Rule {
    func finding(_ file: SourceFile, _ line: Int, _ remedy: String) -> Finding {
        Finding(path: file.path, line: line, rule: name, remedy: remedy)
    }
}
