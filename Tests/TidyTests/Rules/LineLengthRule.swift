struct LineLengthRule: Rule {
    let name = "line length"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.codeFiles.flatMap { file in
            file.lines.enumerated().compactMap { index, line -> Finding? in
                guard line.utf8.count > House.columns, line.count > House.columns else { return nil }
                return finding(
                    file, index + 1, "\(line.count) characters, \(House.columns) allowed: break the line")
            }
        }
    }
}
