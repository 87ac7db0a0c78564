/// What can bring the process down, or what the compiler was told not to check, is defended where it stands.
struct DefenceRule: Rule {
    let name = "defence"

    static let opening = "// Safe:"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.swiftFiles.flatMap { file in
            file.tokens.indices.compactMap { index in
                guard let spelling = Self.danger(file.tokens, index) else { return nil }
                let line = file.tokens[index].line
                if file.isDefended(line: line, by: Self.opening) { return nil }
                return finding(
                    file, line,
                    "`\(spelling)`: do without, or defend it on the line above with `\(Self.opening) reason`")
            }
        }
    }

    private static func danger(_ tokens: [Token], _ index: Int) -> String? {
        guard tokens[index].kind == .word || tokens[index].isCode("@") else { return nil }
        switch tokens[index].text {
        case "try" where tokens.reads(["!"], at: index + 1) && tokens.touch(index, index + 1): return "try!"
        case "as" where tokens.reads(["!"], at: index + 1) && tokens.touch(index, index + 1): return "as!"
        case "fatalError" where tokens.reads(["("], at: index + 1): return "fatalError("
        case "@" where tokens.reads(["unchecked", "Sendable"], at: index + 1): return "@unchecked Sendable"
        case "nonisolated" where tokens.reads(["(", "unsafe", ")"], at: index + 1): return "nonisolated(unsafe)"
        default: return nil
        }
    }
}
