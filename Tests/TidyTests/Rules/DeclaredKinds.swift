/// What a text shows about the order in which named values give their elements, read from declarations.
///
/// A name is taken to mean what its nearest declaration above says, then the first below, then a stored property of
/// that name elsewhere in the target when all of those agree.
struct DeclaredKinds {
    enum Kind {
        /// A dictionary or a set: another order in every run.
        case hashed
        case ordered
    }

    struct Declaration {
        let name: String
        let kind: Kind
        let index: Int
    }

    private let declarations: [String: [Declaration]]

    init(_ tokens: [Token]) {
        declarations = Dictionary(grouping: Self.declarations(in: tokens), by: \.name)
    }

    func kind(of name: String, at index: Int) -> Kind? {
        guard let all = declarations[name] else { return nil }
        return (all.last { $0.index < index } ?? all[0]).kind
    }

    /// The kind of `name` where all its declarations in this file agree.
    func onlyKind(of name: String) -> Kind? {
        guard let all = declarations[name], let first = all.first else { return nil }
        return all.allSatisfy { $0.kind == first.kind } ? first.kind : nil
    }

    private static func declarations(in tokens: [Token]) -> [Declaration] {
        var found: [Declaration] = []
        for (index, token) in tokens.enumerated() where token.isWord && index + 2 < tokens.count {
            let kind: Kind?
            if tokens[index + 1].isCode(":") {
                kind = kindOfType(tokens, index + 2)
            } else if tokens[index + 1].isCode("="), index > 0, ["let", "var"].contains(tokens[index - 1].text) {
                kind = kindOfValue(tokens, index + 2)
            } else if index > 0, tokens[index - 1].isCode("func") {
                kind = kindOfResult(tokens, index + 1)
            } else {
                kind = nil
            }
            if let kind { found.append(Declaration(name: token.text, kind: kind, index: index)) }
        }
        return found
    }

    private static let passing: Set<String> = ["inout", "borrowing", "consuming", "sending", "any", "some"]

    private static func kindOfType(_ tokens: [Token], _ start: Int) -> Kind? {
        var index = start
        while index < tokens.count, passing.contains(tokens[index].text) { index += 1 }
        guard index + 1 < tokens.count else { return nil }
        if tokens[index].isCode("[") {
            let inner = tokens[index + 1]
            guard inner.isTypeName || ["[", "(", "any", "some"].contains(inner.text) else { return nil }
            return isDictionary(tokens, index) ? .hashed : .ordered
        }
        guard tokens[index].isTypeName else { return nil }
        if tokens[index + 1].isCode("<") {
            return ["Set", "Dictionary"].contains(tokens[index].text) ? .hashed : .ordered
        }
        return isExpression(tokens, after: index) ? nil : .ordered
    }

    /// `label: Name(…)` and `label: Name.member` pass a value, they declare nothing.
    private static func isExpression(_ tokens: [Token], after index: Int) -> Bool {
        if tokens[index + 1].isCode("(") { return true }
        return tokens[index + 1].isCode(".") && index + 2 < tokens.count && !tokens[index + 2].isTypeName
    }

    private static func kindOfValue(_ tokens: [Token], _ index: Int) -> Kind? {
        guard index + 1 < tokens.count else { return nil }
        let isHashed = ["Set", "Dictionary"].contains(tokens[index].text)
        if isHashed, tokens[index + 1].isCode("(") || tokens[index + 1].isCode("<") {
            return statement(tokens, from: index).contains { $0.isCode("sorted") } ? .ordered : .hashed
        }
        if tokens[index].isCode("["), let end = tokens.closing(of: index) {
            let isWhole = end + 1 >= tokens.count || tokens[end + 1].isFirstOnLine || tokens[end + 1].isCode("(")
            guard isWhole else { return nil }
            return isDictionary(tokens, index) ? .hashed : .ordered
        }
        let ordering: Set<String> = ["sorted", "zip", "enumerated", "Array"]
        return statement(tokens, from: index).contains { $0.kind == .word && ordering.contains($0.text) }
            ? .ordered : nil
    }

    private static func kindOfResult(_ tokens: [Token], _ start: Int) -> Kind? {
        var index = start
        while index < tokens.count, !tokens[index].isCode("(") {
            if tokens[index].isCode("{") { return nil }
            index += 1
        }
        guard index < tokens.count, let end = tokens.closing(of: index) else { return nil }
        index = end + 1
        while index + 2 < tokens.count, !tokens[index].isCode("{"), !tokens[index].isCode("}") {
            if tokens.reads(["-", ">"], at: index) { return kindOfType(tokens, index + 2) }
            index += 1
        }
        return nil
    }

    /// Whether the brackets that open at `index` have a colon of their own: `[K: V]`, `["a": 1]` or `[:]`.
    private static func isDictionary(_ tokens: [Token], _ index: Int) -> Bool {
        guard let end = tokens.closing(of: index) else { return false }
        var depth = 0
        for token in tokens[index..<end] where token.kind == .sign {
            switch token.text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "?" where depth == 1: return false
            case ":" where depth == 1: return true
            default: break
            }
        }
        return false
    }

    private static func statement(_ tokens: [Token], from start: Int) -> ArraySlice<Token> {
        tokens[start..<tokens.endOfStatement(from: start)]
    }
}
