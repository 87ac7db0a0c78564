/// Every name that a document gives away, by what is named, so that one part can refer to another.
public final class NameBook {
    /// What a name may be of; the words stand in findings.
    public enum Kind: String, Sendable, CaseIterable {
        case role
        case department
        case pauseReason = "pause reason"
        case accessClass = "access class"
        case business
        case grade
        case customerClass = "customer class"
        case step
        case mode = "implementation mode"
        case fieldSet = "field set"
        case ticketType = "ticket type"
        case category
        case limit
        case wording
        case indicator
        case scheme = "access scheme"
    }

    private var names: [Kind: UniqueNames] = [:]
    private var expected: [(word: String, kind: Kind, key: String, reader: JSONReader)] = []

    public init() {}

    public subscript(kind: Kind) -> UniqueNames { names[kind] ?? UniqueNames(kind.rawValue) }

    /// Claims the name that `id` gives, or adds a finding that it is given twice.
    func claim(_ kind: Kind, _ id: String?, _ reader: JSONReader) {
        guard let id else { return }
        names[kind, default: UniqueNames(kind.rawValue)].claim(id, at: reader.path(of: "id"), reader.log)
    }

    /// Adds a finding if `word` is no name of that kind.
    func resolve(_ word: String?, _ kind: Kind, _ key: String, _ reader: JSONReader) {
        Self.resolve(word, kind.rawValue, among: self[kind], key, reader)
    }

    /// Has a name resolved when all of the document has been read, since it may stand further below.
    func expect(_ word: String?, _ kind: Kind, _ key: String, _ reader: JSONReader) {
        if let word { expected.append((word, kind, key, reader)) }
    }

    /// Adds findings for all that was expected and did not come.
    func resolveExpected() {
        for name in expected { resolve(name.word, name.kind, name.key, name.reader) }
        expected = []
    }

    /// The same for names that belong to one part of the document only.
    static func resolve(
        _ word: String?, _ what: String, among declared: UniqueNames, _ key: String, _ reader: JSONReader
    ) {
        guard let word, !declared.contains(word) else { return }
        reader.report(
            key, "names the \(what) \(Finding.quote(word)), which is not declared",
            NearestWord.hint(for: word, among: declared.all))
    }
}
