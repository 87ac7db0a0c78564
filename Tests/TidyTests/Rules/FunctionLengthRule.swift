/// A function that does not fit on a screen is read in parts, and the parts should have names.
struct FunctionLengthRule: Rule {
    let name = "function length"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.swiftFiles.flatMap { file in
            Self.functions(in: file.tokens).filter { $0.lines > House.functionLines }.map { function in
                finding(
                    file, function.line,
                    "\(function.name) has \(function.lines) lines, \(House.functionLines) allowed: "
                        + "give a part of it a name of its own")
            }
        }
    }

    struct Function: Equatable {
        let name: String
        let line: Int
        /// From the keyword to the closing brace, both included.
        let lines: Int
    }

    /// All functions, initialisers, subscripts and computed variables that have a body, nested ones too.
    static func functions(in tokens: [Token]) -> [Function] {
        var functions: [Function] = []
        for (index, token) in tokens.enumerated() where isOpening(tokens, index) {
            guard let body = bodyStart(tokens, after: index, isVariable: token.text == "var"),
                let end = tokens.closing(of: body)
            else { continue }
            let follower = index + 1 < tokens.count ? tokens[index + 1] : token
            let isNamed = token.text == "func" || token.text == "var"
            functions.append(
                Function(
                    name: isNamed ? follower.text : token.text, line: token.line,
                    lines: tokens[end].line - token.line + 1))
        }
        return functions
    }

    private static func isOpening(_ tokens: [Token], _ index: Int) -> Bool {
        let token = tokens[index]
        guard token.kind == .word, ["func", "init", "deinit", "subscript", "var"].contains(token.text) else {
            return false
        }
        return index == 0 || !tokens[index - 1].isCode(".")
    }

    private static let declarations: Set<String> = [
        "func", "init", "deinit", "subscript", "var", "let", "static", "class", "struct", "enum", "protocol",
        "extension", "case", "public", "private", "fileprivate", "internal", "package", "mutating", "nonmutating",
        "typealias", "associatedtype", "override", "final", "open", "convenience", "required", "lazy", "weak",
        "indirect", "nonisolated", "@", "#", "}",
    ]

    /// The opening brace of the body; `nil` for a requirement, which has none, and for a stored variable.
    private static func bodyStart(_ tokens: [Token], after start: Int, isVariable: Bool) -> Int? {
        var index = start + 1
        while index < tokens.count {
            let token = tokens[index]
            if token.isCode("{") { return index }
            if token.isCode("(") || token.isCode("[") {
                guard let end = tokens.closing(of: index) else { return nil }
                index = end + 1
                continue
            }
            if isVariable && (token.isFirstOnLine || ["=", "in", ")"].contains(token.text)) { return nil }
            if index > start + 1, token.isFirstOnLine, token.kind != .string, declarations.contains(token.text) {
                return nil
            }
            if token.isCode("}") || token.isCode(";") { return nil }
            index += 1
        }
        return nil
    }
}
