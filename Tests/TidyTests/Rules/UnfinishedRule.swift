/// What is not done is written where it will be seen, or done.
struct UnfinishedRule: Rule {
    let name = "unfinished"

    private static let marks: Set<Substring> = ["TODO", "FIXME", "XXX"]

    func findings(in tree: SourceTree) -> [Finding] {
        tree.codeFiles.flatMap { file in
            let texts =
                file.kind == .swift
                ? file.comments.map { ($0.line, $0.text) } : file.lines.enumerated().map { ($0 + 1, $1) }
            return texts.compactMap { line, text -> Finding? in
                guard let mark = Self.mark(in: text) else { return nil }
                return finding(file, line, "\(mark): do it now, or say in CHANGELOG.md what is not there yet")
            }
        }
    }

    private static func mark(in text: String) -> Substring? {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.first { marks.contains($0) }
    }
}
