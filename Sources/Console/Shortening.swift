/// Takes out of scripts and styles what only their readers need: indentation, comments, blanks beside punctuation.
///
/// Names and lines stay as they are, so that an error in a browser still points at something that can be found. What
/// cannot be judged without a whole parser is left alone: a line with a pattern or a division, a text over many lines.
enum Shortening {
    /// Of `name`, what browsers are sent.
    static func apply(to bytes: [UInt8], name: String) -> [UInt8] {
        if name.hasSuffix(".js") { return script(bytes) }
        if name.hasSuffix(".css") { return style(bytes) }
        return bytes
    }

    // Scripts.

    static func script(_ bytes: [UInt8]) -> [UInt8] {
        let lines = bytes.split(separator: Sign.newline, omittingEmptySubsequences: true).map(trimmed)
        // A text that goes over the end of a line: its blanks are its own.
        if lines.contains(where: { line in !line.count(where: { $0 == Sign.backtick }).isMultiple(of: 2) }) {
            return bytes
        }
        var (result, isInComment) = ([UInt8](), false)
        result.reserveCapacity(bytes.count)
        for line in lines where !line.isEmpty {
            let isEnd = line.suffix(2).elementsEqual([Sign.star, Sign.slash])
            if isInComment {
                isInComment = !isEnd
            } else if line.starts(with: [Sign.slash, Sign.slash]) {
                continue
            } else if line.starts(with: [Sign.slash, Sign.star]) && (isEnd || !hasCommentEnd(line)) {
                isInComment = !isEnd
            } else {
                result += tightened(line)
                result.append(Sign.newline)
            }
        }
        return result
    }

    /// A line without the blanks beside its punctuation; as it was if a slash or a backtick stands outside its texts,
    /// or a text does not end in it.
    private static func tightened(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var (quote, index) = (UInt8?.none, line.startIndex)
        while index < line.endIndex {
            let sign = line[index]
            if let open = quote {
                if sign == Sign.backslash, index + 1 < line.endIndex {
                    result.append(sign)
                    index += 1
                } else if sign == open {
                    quote = nil
                }
                result.append(line[index])
            } else if sign == Sign.slash || sign == Sign.backtick {
                return Array(line)
            } else if sign == Sign.blank {
                let isNeeded = isBlankNeeded(between: result.last, and: line[(index + 1)...].first)
                if isNeeded { result.append(sign) }
            } else {
                if sign == Sign.quote || sign == Sign.doubleQuote { quote = sign }
                result.append(sign)
            }
            index += 1
        }
        return quote == nil ? result : Array(line)
    }

    /// Two words would grow together without it; `a + +b` would become another sign.
    private static func isBlankNeeded(between before: UInt8?, and after: UInt8?) -> Bool {
        guard let before, let after else { return false }
        if Sign.signs.contains(before) && before == after { return true }
        return !Sign.separates(before) && !Sign.separates(after)
    }

    private static func hasCommentEnd(_ line: ArraySlice<UInt8>) -> Bool {
        zip(line, line.dropFirst()).contains { $0 == (Sign.star, Sign.slash) }
    }

    // Styles.

    static func style(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var (index, quote, isBlankDue) = (0, UInt8?.none, false)
        while index < bytes.count {
            let sign = bytes[index]
            if quote == nil, sign == Sign.slash, bytes[(index + 1)...].first == Sign.star {
                index += 2
                while index + 1 < bytes.count, (bytes[index], bytes[index + 1]) != (Sign.star, Sign.slash) {
                    index += 1
                }
                index += 2
                continue
            }
            index += 1
            if quote == nil, Sign.isWhite(sign) {
                isBlankDue = true
                continue
            }
            if isBlankDue, let last = result.last, !Sign.endsStyle.contains(last), !Sign.startsStyle.contains(sign) {
                result.append(Sign.blank)
            }
            isBlankDue = false
            if sign == Sign.closingBrace, result.last == Sign.semicolon { result.removeLast() }
            if sign == quote { quote = nil } else if quote == nil, sign == Sign.doubleQuote { quote = sign }
            result.append(sign)
        }
        return result
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line.drop(while: Sign.isWhite)
        while let last = line.last, Sign.isWhite(last) { line.removeLast() }
        return line
    }
}

/// Bytes that mean something to a script or a style.
private enum Sign {
    static let newline = UInt8(ascii: "\n")
    static let blank = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/")
    static let star = UInt8(ascii: "*")
    static let backslash = UInt8(ascii: "\\")
    static let backtick = UInt8(ascii: "`")
    static let quote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let semicolon = UInt8(ascii: ";")
    static let closingBrace = UInt8(ascii: "}")

    static let signs = Array("+-&".utf8)
    /// After these, and before those, a blank in a style says nothing.
    static let endsStyle = Array("{};,:>".utf8)
    static let startsStyle = Array("{};,>".utf8)

    static func isWhite(_ byte: UInt8) -> Bool { byte == blank || (9...13).contains(byte) }

    /// No part of a word or a number: what stands beside it needs no blank.
    static func separates(_ byte: UInt8) -> Bool { separators.contains(byte) }
    private static let separators = Array(",;:=(){}[]?&|<>!+-*%'\"".utf8)
}
