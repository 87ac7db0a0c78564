/// Reads the string literals of a Swift source: those that are added to one another as one, each interpolation as `{}`.
struct LiteralReader {
    private(set) var literals: [String] = []
    private let bytes: [UInt8]
    private var index = 0

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")

    init(_ source: String) {
        bytes = Array(source.utf8)
        while index < bytes.count { step() }
    }

    private func reads(_ text: String) -> Bool {
        var place = index
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    private mutating func step() {
        if reads("//") { return skip(2, to: "\n") }
        if reads("/*") { return skip(2, to: "*/") }
        if reads("\"\"\"") { return skip(3, to: "\"\"\"") }
        if reads("#\"") { return skip(2, to: "\"#") }
        if reads("#/") { return skip(2, to: "/#") }
        guard reads("\"") else {
            index += 1
            return
        }
        var text = literal()
        while findsMore() { text += literal() }
        literals.append(text)
    }

    private mutating func skip(_ count: Int, to end: String) {
        index += count
        while index < bytes.count, !reads(end) { index += 1 }
        index = min(bytes.count, index + end.utf8.count)
    }

    /// Whether another literal is added to the one before.
    private mutating func findsMore() -> Bool {
        let start = index
        skipBlanks()
        if index < bytes.count, bytes[index] == UInt8(ascii: "+") {
            index += 1
            skipBlanks()
            if index < bytes.count, reads("\"") { return true }
        }
        index = start
        return false
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == Self.newline { index += 1 }
    }

    /// A literal, from its opening quote on.
    private mutating func literal() -> String {
        var text: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != Self.quote, bytes[index] != Self.newline {
            if reads("\\(") {
                index += 2
                skipInterpolation()
                text += Array("{}".utf8)
            } else {
                if bytes[index] == UInt8(ascii: "\\") { index += 1 }
                if index < bytes.count { text.append(bytes[index]) }
                index += 1
            }
        }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func skipInterpolation() {
        var depth = 1
        while index < bytes.count, depth > 0 {
            if bytes[index] == Self.quote {
                _ = literal()
                continue
            }
            if bytes[index] == UInt8(ascii: "(") { depth += 1 }
            if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
            index += 1
        }
    }
}
