extension DatePattern {
    /// Why a pattern cannot be used, in a clause for a finding.
    struct Fault: Error, Hashable {
        let reason: String
    }

    /// The most optional groups of one pattern. Each doubles the ways in which a text is tried.
    static let groupLimit = 4

    /// Reads a pattern.
    static func compile(_ text: String) -> Result<DatePattern, Fault> {
        guard (1...lengthLimit).contains(text.utf8.count) else {
            return .failure(Fault(reason: "the pattern must have 1 to \(lengthLimit) bytes"))
        }
        do throws(Fault) {
            var compiler = DateCompiler(text)
            let pieces = try compiler.pieces(depth: 0)
            try refuseContradictions(pieces)
            let statesOffset = pieces.contains(.offset)
            return .success(DatePattern(text: text, pieces: pieces, statesOffset: statesOffset))
        } catch {
            return .failure(error)
        }
    }

    private static func refuseContradictions(_ pieces: [DatePiece]) throws(Fault) {
        let fixed = pieces.compactMap(\.subject)
        let all = DatePiece.subjects(of: pieces)
        for subject in ["year", "month", "day"] where !fixed.contains(subject) {
            throw Fault(reason: "the pattern lacks the \(subject)")
        }
        if let repeated = all.first(where: { subject in all.filter { $0 == subject }.count > 1 }) {
            throw Fault(reason: "the pattern has the \(repeated) twice")
        }
        if all.contains("hour of the half day") != all.contains("half of the day") {
            throw Fault(reason: "\"h\" and \"a\" need each other; a 24-hour clock is written \"H\"")
        }
        if all.contains("hour"), all.contains("hour of the half day") {
            throw Fault(reason: "the pattern has the hour twice")
        }
        if all.contains("distance from UTC"), !fixed.contains("distance from UTC") {
            throw Fault(reason: "\"XXX\" may not be optional")
        }
        let hasHour = all.contains("hour") || all.contains("hour of the half day")
        let chain = [("minute", hasHour), ("second", all.contains("minute")), ("fraction", all.contains("second"))]
        if let broken = chain.first(where: { all.contains($0.0) && !$0.1 }) {
            throw Fault(reason: "the pattern has the \(broken.0) without what it belongs to")
        }
    }
}

/// Turns the text of a pattern into its pieces.
private struct DateCompiler {
    private var rest: Substring
    private var groups = 0

    init(_ text: String) { rest = text[...] }

    mutating func pieces(depth: Int) throws(DatePattern.Fault) -> [DatePiece] {
        var pieces: [DatePiece] = []
        while let character = rest.first {
            switch character {
            case "[":
                rest.removeFirst()
                groups += 1
                guard groups <= DatePattern.groupLimit else {
                    throw DatePattern.Fault(reason: "the pattern has more than \(DatePattern.groupLimit) groups")
                }
                pieces.append(.optional(try self.pieces(depth: depth + 1)))
                guard rest.popFirst() == "]" else { throw DatePattern.Fault(reason: "a \"[\" is never closed") }
            case "]":
                if depth == 0 { throw DatePattern.Fault(reason: "a \"]\" has no \"[\" before it") }
                return pieces
            case "'":
                pieces += try quoted()
            case "a"..."z", "A"..."Z":
                pieces.append(try letters(character))
            default:
                pieces += character.utf8.map(DatePiece.literal)
                rest.removeFirst()
            }
        }
        return pieces
    }

    private mutating func quoted() throws(DatePattern.Fault) -> [DatePiece] {
        rest.removeFirst()
        let text = rest.prefix { $0 != "'" }
        rest = rest.dropFirst(text.count)
        guard rest.popFirst() == "'" else { throw DatePattern.Fault(reason: "a single quote is never closed") }
        return (text.isEmpty ? "'" : text).utf8.map(DatePiece.literal)
    }

    private mutating func letters(_ letter: Character) throws(DatePattern.Fault) -> DatePiece {
        let count = rest.prefix { $0 == letter }.count
        let written = String(repeating: letter, count: count)
        rest = rest.dropFirst(count)
        guard let piece = DatePiece.named(letter, count) else {
            throw DatePattern.Fault(reason: "\"\(written)\" has no meaning in a pattern")
        }
        return piece
    }
}
