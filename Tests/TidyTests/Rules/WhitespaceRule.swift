/// Blanks that no one sees make differences that no one meant.
struct WhitespaceRule: Rule {
    let name = "whitespace"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.files.flatMap { file in
            var found: [Finding] = []
            for (index, line) in file.lines.enumerated() {
                if line.utf8.contains(UInt8(ascii: "\t")) {
                    found.append(finding(file, index + 1, "a tab: indent with 4 spaces, write \\t in strings"))
                }
                if line.utf8.last.map({ " \t\r".utf8.contains($0) }) == true {
                    found.append(finding(file, index + 1, "blanks at the end of the line: remove them"))
                }
            }
            if file.text.utf8.last != UInt8(ascii: "\n") {
                found.append(finding(file, max(1, file.lines.count), "no newline at the end of the file: add one"))
            } else if file.lines.last?.isEmpty == true {
                found.append(finding(file, file.lines.count, "an empty line at the end of the file: remove it"))
            }
            return found
        }
    }
}
