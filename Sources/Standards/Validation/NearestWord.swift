/// Finds the word that was probably meant.
public enum NearestWord {
    /// The longest word that is compared; the distance costs the product of both lengths.
    public static let lengthLimit = 40

    /// The candidate nearest to `word`, if one is near enough to be a slip of the fingers; the first of equals.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        guard word.utf8.count <= lengthLimit else { return nil }
        let lowered = Array(word.lowercased().unicodeScalars)
        let tolerance = max(1, min(3, lowered.count / 3))
        var best: (distance: Int, candidate: String)?
        for candidate in candidates where candidate.utf8.count <= lengthLimit {
            let distance = distance(lowered, Array(candidate.lowercased().unicodeScalars))
            if distance <= tolerance, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// A clause that offers the nearest candidate, or lists the first few when none is near.
    public static func hint(for word: String, among candidates: [String]) -> String {
        if let nearest = nearest(to: word, among: candidates) { return "did you mean \"\(nearest)\"?" }
        guard !candidates.isEmpty else { return "remove it" }
        // Candidates may come from a file, as the names of its columns do, and be of any length.
        let shown = candidates.prefix(12).map(Finding.shortened).joined(separator: ", ")
        return "use one of: \(shown)\(candidates.count > 12 ? ", …" : "")"
    }

    /// The number of insertions, removals, replacements and swaps of neighbours that turn `a` into `b`.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...b.count)]
        for row in a.indices {
            var current = [row + 1]
            for column in b.indices {
                let replaced = rows[row][column] + (a[row] == b[column] ? 0 : 1)
                var best = min(replaced, rows[row][column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
                    best = min(best, rows[row - 1][column - 1] + 1)
                }
                current.append(best)
            }
            rows.append(current)
        }
        return rows[a.count][b.count]
    }
}
