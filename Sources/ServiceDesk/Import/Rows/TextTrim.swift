/// Drops the blanks around a cell.
enum TextTrim {
    /// The text without white space at its ends, no-break and ideographic spaces included.
    static func trim(_ text: String) -> String {
        guard let first = text.first, let last = text.last, first.isWhitespace || last.isWhitespace else { return text }
        let head = text.drop(while: \.isWhitespace)
        guard let end = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(head[...end])
    }
}
