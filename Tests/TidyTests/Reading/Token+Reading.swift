extension [Token] {
    /// The index of the bracket that closes the one at `opening`.
    func closing(of opening: Int) -> Int? {
        var depth = 0
        for index in opening..<count where self[index].kind == .sign {
            switch self[index].text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }

    /// Whether the tokens from `index` on read exactly as `words`.
    func reads(_ words: [String], at index: Int) -> Bool {
        guard index >= 0, index + words.count <= count else { return false }
        return words.indices.allSatisfy { self[index + $0].isCode(words[$0]) }
    }

    /// Whether `second` stands right behind `first`, without a blank.
    func touch(_ first: Int, _ second: Int) -> Bool {
        second < count && self[first].line == self[second].line
            && self[first].column + self[first].text.utf8.count == self[second].column
    }

    /// One past the last token of the statement that `start` stands in: a statement goes on where a line begins with
    /// a point or an operator, or where a bracket is still open.
    func endOfStatement(from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < count {
            let token = self[index]
            if index > start, token.isFirstOnLine, depth <= 0, !".?:&|+)]".contains(token.text) { return index }
            if token.kind == .sign {
                if ["(", "[", "{"].contains(token.text) { depth += 1 }
                if [")", "]", "}"].contains(token.text) { depth -= 1 }
                if token.text == "}" && depth < 0 { return index }
            }
            index += 1
        }
        return count
    }
}
