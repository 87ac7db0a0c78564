/// A file of code that must be scrolled for long holds more than one thing.
struct FileLengthRule: Rule {
    let name = "file length"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.codeFiles.filter { $0.lines.count > House.fileLines }.map { file in
            finding(
                file, House.fileLines + 1,
                "\(file.lines.count) lines, \(House.fileLines) allowed: move a part that has a name to its own file")
        }
    }
}
