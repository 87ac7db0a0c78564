/// Tells Swift's code, comments and strings apart, so that a rule about code is not fooled by a text that speaks of it.
///
/// It knows raw and multi-line strings, interpolations (whose inside is code), nested block comments and regular
/// expression literals. It is not a parser: a bare `/…/` is told from a division by what stands before it.
struct Lexer {
    private(set) var tokens: [Token] = []
    private(set) var comments: [Comment] = []

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    private var lineHasContent = false

    init(_ text: String) {
        bytes = Array(text.utf8)
        scanCode(insideInterpolation: false)
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        index + offset < bytes.count ? bytes[index + offset] : 0
    }

    private func text(from start: Int, to end: Int) -> String {
        String(decoding: bytes[start..<max(start, min(end, bytes.count))], as: UTF8.self)
    }

    private mutating func newline() {
        index += 1
        line += 1
        lineStart = index
        lineHasContent = false
    }

    private mutating func add(_ kind: Token.Kind, _ text: String, from start: Int, line: Int, first: Bool) {
        tokens.append(
            Token(kind: kind, text: text, line: line, column: start - lineStart, isFirstOnLine: first))
        lineHasContent = true
    }

    private mutating func scanCode(insideInterpolation: Bool) {
        var depth = 0
        while index < bytes.count {
            let current = byte()
            if current == Sign.newline {
                newline()
            } else if current == Sign.space || current == Sign.tab || current == Sign.carriageReturn {
                index += 1
            } else if current == Sign.slash && (byte(1) == Sign.slash || byte(1) == Sign.star) {
                scanComment()
            } else if scanString() || scanRegularExpression() || scanWord() {
                continue
            } else {
                if current == Sign.opening { depth += 1 }
                if current == Sign.closing { depth -= 1 }
                add(.sign, text(from: index, to: index + 1), from: index, line: line, first: !lineHasContent)
                index += 1
                if insideInterpolation && depth < 0 {
                    tokens.removeLast()
                    return
                }
            }
        }
    }

    private mutating func scanComment() {
        var nesting = byte(1) == Sign.star ? 1 : 0
        var start = index
        let isBlock = nesting > 0
        index += 2
        while index < bytes.count {
            if byte() == Sign.newline {
                comments.append(Comment(text: text(from: start, to: index), line: line, isAlone: !lineHasContent))
                if !isBlock { return }
                newline()
                start = index
            } else if isBlock && byte() == Sign.slash && byte(1) == Sign.star {
                nesting += 1
                index += 2
            } else if isBlock && byte() == Sign.star && byte(1) == Sign.slash {
                nesting -= 1
                index += 2
                if nesting == 0 { break }
            } else {
                index += 1
            }
        }
        comments.append(Comment(text: text(from: start, to: index), line: line, isAlone: !lineHasContent))
    }

    private mutating func scanWord() -> Bool {
        let start = index
        let isFirst = !lineHasContent
        if byte() == Sign.backtick {
            index += 1
            while index < bytes.count && byte() != Sign.backtick && byte() != Sign.newline { index += 1 }
            index += 1
            add(.quotedWord, text(from: start + 1, to: index - 1), from: start, line: line, first: isFirst)
            return true
        }
        guard Sign.isWord(byte()) else { return false }
        let isNumber = Sign.isDigit(byte())
        while index < bytes.count {
            let isPoint = isNumber && byte() == Sign.point && Sign.isDigit(byte(1))
            guard isPoint || Sign.isWord(byte()) else { break }
            index += 1
        }
        add(isNumber ? .number : .word, text(from: start, to: index), from: start, line: line, first: isFirst)
        return true
    }
}

extension Lexer {
    private mutating func scanString() -> Bool {
        let hashes = hashesAhead()
        guard byte(hashes) == Sign.quote else { return false }
        let isLong = byte(hashes + 1) == Sign.quote && byte(hashes + 2) == Sign.quote
        let quotes = isLong ? 3 : 1
        let place = tokens.count
        let (start, startLine, isFirst, startColumn) = (index, line, !lineHasContent, lineStart)
        index += hashes + quotes
        var content: [UInt8] = []
        while index < bytes.count {
            if isClosing(quotes: quotes, hashes: hashes) {
                index += quotes + hashes
                break
            } else if byte() == Sign.newline {
                if !isLong { break }
                content.append(Sign.newline)
                newline()
            } else if byte() == Sign.backslash && hasHashes(hashes, at: 1) {
                index += 1 + hashes
                if byte() == Sign.opening {
                    index += 1
                    scanCode(insideInterpolation: true)
                } else if byte() != Sign.newline {
                    index += 1
                }
            } else {
                content.append(byte())
                index += 1
            }
        }
        let token = Token(
            kind: .string, text: String(decoding: content, as: UTF8.self), line: startLine,
            column: start - startColumn, isFirstOnLine: isFirst)
        tokens.insert(token, at: place)
        lineHasContent = true
        return true
    }

    private mutating func scanRegularExpression() -> Bool {
        let hashes = hashesAhead()
        guard byte(hashes) == Sign.slash else { return false }
        if hashes == 0 && !mayBeginRegularExpression() { return false }
        var end = index + hashes + 1
        while end < bytes.count && !(bytes[end] == Sign.slash && hasHashes(hashes, at: end + 1 - index)) {
            if bytes[end] == Sign.newline && hashes == 0 { return false }
            end += bytes[end] == Sign.backslash ? 2 : 1
        }
        let content = text(from: index + hashes + 1, to: end)
        add(.string, content, from: index, line: line, first: !lineHasContent)
        while index < min(end + 1 + hashes, bytes.count) {
            if byte() == Sign.newline { newline() } else { index += 1 }
        }
        lineHasContent = true
        return true
    }

    /// A slash begins an expression where a value is awaited, and divides where one has just ended.
    private func mayBeginRegularExpression() -> Bool {
        let next = byte(1)
        if next == Sign.space || next == Sign.closing || next == Sign.comma || next == Sign.newline { return false }
        guard let last = tokens.last else { return true }
        switch last.kind {
        case .word: return ["return", "in", "try", "case", "if", "while", "where"].contains(last.text)
        case .sign: return "(,=:[{;!&|?".contains(last.text)
        case .quotedWord, .number, .string: return false
        }
    }

    private func hashesAhead() -> Int {
        var count = 0
        while byte(count) == Sign.hash { count += 1 }
        return count
    }

    private func hasHashes(_ count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { byte(offset + $0) == Sign.hash }
    }

    private func isClosing(quotes: Int, hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { byte($0) == Sign.quote } && hasHashes(hashes, at: quotes)
    }
}

private enum Sign {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let star = UInt8(ascii: "*")
    static let quote = UInt8(ascii: "\"")
    static let backtick = UInt8(ascii: "`")
    static let hash = UInt8(ascii: "#")
    static let opening = UInt8(ascii: "(")
    static let closing = UInt8(ascii: ")")
    static let comma = UInt8(ascii: ",")
    static let point = UInt8(ascii: ".")

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
            || byte == 0x5F || byte == 0x24 || byte >= 0x80
    }
}
