extension IterationOrderRule {
    /// One file, with what its target declares.
    struct Reading {
        let tokens: [Token]
        let own: DeclaredKinds
        let others: [DeclaredKinds]

        /// What keeps the order of what it is called on.
        private static let transparent: Set<String> = [
            "filter", "map", "compactMap", "flatMap", "lazy", "dropFirst", "dropLast", "prefix", "suffix",
            "mapValues", "compactMapValues", "union", "intersection", "subtracting", "symmetricDifference", "merging",
        ]

        /// What lets the order out of a hashed value.
        private static let leaking: Set<String> = [
            "map", "compactMap", "flatMap", "forEach", "first", "joined", "prefix", "dropFirst", "enumerated",
        ]

        /// What makes an order, or does not care for one.
        private static let settling: Set<String> = [
            "sorted", "min", "max", "count", "isEmpty", "contains", "allSatisfy", "reduce",
        ]

        /// The `for` of every loop over a hashed value.
        func loops() -> [Int] {
            tokens.indices.filter { index in
                guard tokens[index].isCode("for"), isLoop(index), let separator = word("in", after: index),
                    let brace = end(of: separator + 1)
                else { return false }
                let expression = separator + 1..<brace
                if expression.contains(where: { tokens[$0].isCode("sorted") }) { return false }
                switch subject(of: expression) {
                case .hashed: return true
                case .ordered: return false
                case nil: return isPair(index + 1..<separator) && isPlainName(expression)
                }
            }
        }

        /// The first token of every `values.map`, `set.first` and the like whose order is not settled afterwards.
        func chains() -> [Int] {
            tokens.indices.filter { index in
                guard tokens[index].isWord, isHashed(index) else { return false }
                if tokens.reads([")"], at: index + 1), isArrayOf(index) {
                    return !isSettled(from: index + 1)
                }
                guard tokens.reads(["."], at: index + 1), index + 2 < tokens.count,
                    Self.leaking.contains(tokens[index + 2].text), !isInsideLoopHead(index)
                else { return false }
                return !isSettled(from: index + 1) && !feedsHashed(index)
            }
        }

        private func isLoop(_ index: Int) -> Bool {
            let before = index > 0 ? tokens[index - 1].text : ""
            let after = index + 1 < tokens.count ? tokens[index + 1].text : ""
            return before != "." && after != ":" && after != "." && after != ","
        }

        /// The next `word` outside brackets.
        private func word(_ word: String, after start: Int) -> Int? {
            var index = start + 1
            while index < tokens.count {
                if tokens[index].isCode(word) { return index }
                if tokens[index].isCode("(") || tokens[index].isCode("[") {
                    guard let end = tokens.closing(of: index) else { return nil }
                    index = end
                } else if tokens[index].isCode("{") || tokens[index].isCode("}") {
                    return nil
                }
                index += 1
            }
            return nil
        }

        /// The end of the expression of a loop: its `where` or its opening brace.
        private func end(of start: Int) -> Int? {
            var index = start
            while index < tokens.count {
                if tokens[index].isCode("{") || tokens[index].isCode("where") { return index }
                if tokens[index].isCode("(") || tokens[index].isCode("[") {
                    guard let end = tokens.closing(of: index) else { return nil }
                    index = end
                }
                index += 1
            }
            return nil
        }

        /// What a loop's expression goes over, as far as the text shows.
        private func subject(of expression: Range<Int>) -> DeclaredKinds.Kind? {
            var index = expression.upperBound - 1
            while index >= expression.lowerBound {
                let end = index
                while index >= expression.lowerBound, tokens[index].isCode("?") || tokens[index].isCode("!") {
                    index -= 1
                }
                if index >= expression.lowerBound, tokens[index].isCode(")"), let opening = opening(of: index) {
                    index = opening - 1
                }
                guard index >= expression.lowerBound, tokens[index].isWord else { return nil }
                let isCall = index + 1 < end && tokens[index + 1].isCode("(")
                if Self.transparent.contains(tokens[index].text), index - 2 >= expression.lowerBound {
                    index -= 2
                    continue
                }
                if isCall, ["Set", "Dictionary"].contains(tokens[index].text) { return .hashed }
                return isHashed(index) ? .hashed : kind(index)
            }
            return nil
        }

        private func opening(of closing: Int) -> Int? {
            var depth = 0
            for index in stride(from: closing, through: 0, by: -1) where tokens[index].kind == .sign {
                if [")", "]", "}"].contains(tokens[index].text) { depth += 1 }
                if ["(", "[", "{"].contains(tokens[index].text) { depth -= 1 }
                if depth == 0 { return index }
            }
            return nil
        }

        private func isHashed(_ index: Int) -> Bool {
            let isMember = index > 0 && tokens[index - 1].isCode(".")
            let isCall = tokens.reads(["("], at: index + 1)
            if isMember && !isCall && ["keys", "values"].contains(tokens[index].text) { return true }
            if isDeclaration(index) { return false }
            return kind(index) == .hashed
        }

        private func isDeclaration(_ index: Int) -> Bool {
            index > 0 && ["func", "let", "var", "case"].contains(tokens[index - 1].text)
                || tokens.reads([":"], at: index + 1)
        }

        private func kind(_ index: Int) -> DeclaredKinds.Kind? {
            let name = tokens[index].text
            if let kind = own.kind(of: name, at: index) { return kind }
            let kinds = others.compactMap { $0.onlyKind(of: name) }
            guard let first = kinds.first, kinds.allSatisfy({ $0 == first }) else { return nil }
            return first
        }

        /// `(key, value)`: the pattern that a dictionary invites.
        private func isPair(_ pattern: Range<Int>) -> Bool {
            let first = pattern.lowerBound
            return pattern.count == 5 && tokens[first].isCode("(") && tokens[first + 2].isCode(",")
                && tokens[first + 4].isCode(")")
        }

        /// `name` or `owner.name`, optionally with a subscript, which says nothing about the order of its elements.
        private func isPlainName(_ expression: Range<Int>) -> Bool {
            expression.allSatisfy { tokens[$0].isWord || tokens[$0].isCode(".") }
        }

        private func isArrayOf(_ index: Int) -> Bool {
            var start = index
            while start >= 2, tokens[start - 1].isCode("."), tokens[start - 2].isWord { start -= 2 }
            return start >= 2 && tokens.reads(["Array", "("], at: start - 2)
        }

        private func isSettled(from start: Int) -> Bool {
            var depth = 0
            for index in start..<tokens.endOfStatement(from: start) {
                let token = tokens[index]
                if token.kind == .sign {
                    if ["(", "[", "{"].contains(token.text) { depth += 1 }
                    if [")", "]", "}"].contains(token.text) { depth -= 1 }
                } else if depth <= 0, tokens[index - 1].isCode("."), Self.settling.contains(token.text) {
                    return true
                }
            }
            return false
        }

        /// `Set(names.map…)` and `Dictionary(uniqueKeysWithValues: names.map…)` put no order on anything.
        private func feedsHashed(_ index: Int) -> Bool {
            var start = index
            while start >= 2, tokens[start - 1].isCode("."), tokens[start - 2].isWord { start -= 2 }
            if start >= 2, tokens[start - 1].isCode(":"), tokens[start - 2].isWord { start -= 2 }
            return start >= 2 && tokens[start - 1].isCode("(")
                && ["Set", "Dictionary", "union", "formUnion", "max", "min"].contains(tokens[start - 2].text)
        }

        /// The head of a loop is judged as a loop.
        private func isInsideLoopHead(_ index: Int) -> Bool {
            var start = index
            while start > 0, !tokens[start].isFirstOnLine { start -= 1 }
            guard let keyword = (start...index).first(where: { tokens[$0].isCode("for") }),
                let separator = word("in", after: keyword), let brace = end(of: separator + 1)
            else { return false }
            return (separator..<brace).contains(index)
        }
    }
}
