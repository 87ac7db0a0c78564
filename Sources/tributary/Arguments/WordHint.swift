import Standards

/// Helps with a word that is not known.
enum WordHint {
    /// A clause that offers what was probably meant, or what there is.
    static func clause(for word: String, among known: [String]) -> String {
        if let nearest = NearestWord.nearest(to: word, among: known) { return "did you mean `\(nearest)`?" }
        return known.isEmpty ? "leave it out" : "use one of \(known.joined(separator: ", "))"
    }
}
