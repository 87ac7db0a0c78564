struct ReadmeRule: Rule {
    let name = "readme length"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.files.filter { $0.path == "README.md" && $0.lines.count > House.readmeLines }.map { file in
            finding(
                file, House.readmeLines + 1,
                "\(file.lines.count) lines, \(House.readmeLines) allowed: move depth to ARCHITECTURE.md or ops/")
        }
    }
}
