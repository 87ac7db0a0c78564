/// The manifest keeps the promises that the sources keep: no package of others, arrows downward only.
struct PackageRule: Rule {
    let name = "package"

    func findings(in tree: SourceTree) -> [Finding] {
        guard let manifest = tree.files.first(where: { $0.path == "Package.swift" }) else { return [] }
        return foreignPackages(manifest) + wrongArrows(manifest)
    }

    private func foreignPackages(_ manifest: SourceFile) -> [Finding] {
        manifest.tokens.indices.compactMap { index in
            let isForeign =
                manifest.tokens.reads([".", "package", "("], at: index)
                || manifest.tokens.reads([".", "product", "("], at: index) && isDependency(manifest.tokens, index)
                || manifest.tokens.reads([".", "binaryTarget", "("], at: index)
            return isForeign
                ? finding(
                    manifest, manifest.tokens[index].line,
                    "a package of others: write the small part that is needed, or use what Swift and Debian bring")
                : nil
        }
    }

    /// `.product(name:package:)` depends on a package; other uses of the word do not.
    private func isDependency(_ tokens: [Token], _ index: Int) -> Bool {
        guard let end = tokens.closing(of: index + 2) else { return false }
        return tokens[index..<end].contains { $0.isCode("package") }
    }

    private func wrongArrows(_ manifest: SourceFile) -> [Finding] {
        let tokens = manifest.tokens
        return tokens.indices.flatMap { index -> [Finding] in
            guard tokens.reads(["."], at: index), index + 2 < tokens.count,
                ["target", "executableTarget"].contains(tokens[index + 1].text), tokens[index + 2].isCode("("),
                let end = tokens.closing(of: index + 2), let target = argument("name", tokens, index + 2..<end)
            else { return [] }
            guard Arrows.ours.contains(target) else {
                return [finding(manifest, tokens[index].line, "\(target): decide its arrows in Arrows.allowed")]
            }
            return dependencies(tokens, index + 2..<end).compactMap { dependency in
                guard let remedy = Arrows.breach(from: target, to: dependency.text) else { return nil }
                return finding(manifest, dependency.line, "\(target) depends on \(dependency.text): \(remedy)")
            }
        }
    }

    private func argument(_ label: String, _ tokens: [Token], _ range: Range<Int>) -> String? {
        range.first { tokens.reads([label, ":"], at: $0) && tokens[$0 + 2].kind == .string }
            .map { tokens[$0 + 2].text }
    }

    /// The string literals in the list of dependencies of one target.
    private func dependencies(_ tokens: [Token], _ range: Range<Int>) -> [Token] {
        guard let label = range.first(where: { tokens.reads(["dependencies", ":", "["], at: $0) }),
            let end = tokens.closing(of: label + 2)
        else { return [] }
        return tokens[label + 2..<end].filter { $0.kind == .string }
    }
}
