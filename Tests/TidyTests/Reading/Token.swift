/// A word or a sign of Swift source that is neither comment nor blank.
struct Token: Equatable {
    enum Kind { case word, quotedWord, number, string, sign }

    let kind: Kind
    /// The word itself, one sign, or what stands inside a string literal without its interpolations.
    let text: String
    /// Counted from 1.
    let line: Int
    /// Bytes before it on its line.
    let column: Int
    /// Nothing but blanks stands before it on its line.
    let isFirstOnLine: Bool

    /// Whether this is the keyword, name or sign `expected`, rather than a string that happens to read so.
    func isCode(_ expected: String) -> Bool {
        (kind == .word || kind == .sign) && text == expected
    }

    /// A name that begins with a capital: by Swift's habit a type.
    var isTypeName: Bool {
        kind == .word && text.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
    }

    var isWord: Bool { kind == .word || kind == .quotedWord }
}
