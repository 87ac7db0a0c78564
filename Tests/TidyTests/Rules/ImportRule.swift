/// Arrows between targets run downward only, and nothing comes from outside but what the system brings.
struct ImportRule: Rule {
    let name = "import"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.swiftFiles.flatMap { file in
            file.tokens.indices.compactMap { index -> Finding? in
                guard let module = Self.module(file.tokens, index), let remedy = breach(file, module) else {
                    return nil
                }
                return finding(file, file.tokens[index].line, "`import \(module)`: \(remedy)")
            }
        }
    }

    /// The module that the `import` at `index` names.
    private static func module(_ tokens: [Token], _ index: Int) -> String? {
        guard tokens[index].isCode("import"), index + 1 < tokens.count else { return nil }
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "func", "var", "let"]
        let next = kinds.contains(tokens[index + 1].text) ? index + 2 : index + 1
        guard next < tokens.count, tokens[next].isWord else { return nil }
        return tokens[next].text
    }

    private func breach(_ file: SourceFile, _ module: String) -> String? {
        if let target = file.target {
            return Arrows.breach(from: target, to: module)
        }
        guard file.isTest else { return nil }
        return Arrows.ours.contains(module) || Arrows.shellModules.contains(module) || module == "Testing"
            ? nil : "tests use our targets, Testing and what Swift brings for Linux, nothing else"
    }
}
