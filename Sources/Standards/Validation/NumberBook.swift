/// Gives the word of a field its number, which follows from its letters.
public typealias FieldNumbering = (String) -> UInt16

/// Remembers which word a document has for which number, and reports two words that fall on one.
final class NumberBook {
    private let number: FieldNumbering
    private var claims: [UInt16: (word: String, path: String)] = [:]

    init(_ number: @escaping FieldNumbering) { self.number = number }

    /// Claims the number of `word`, or adds a finding that says which other word has it. One word may come several
    /// times: it is one field of several forms.
    func claim(_ word: String, at path: String, _ log: FindingLog) {
        let number = number(word)
        guard let first = claims[number] else {
            claims[number] = (word, path)
            return
        }
        guard first.word != word else { return }
        log.add(
            path,
            "the field \(Finding.quote(word)) falls on one number with \(Finding.quote(first.word)) at \(first.path)",
            "rename one of them")
    }
}
