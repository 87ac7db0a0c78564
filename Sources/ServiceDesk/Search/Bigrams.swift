/// Text as the index knows it: every two characters that stand beside each other, since Chinese has no spaces between
/// words and an index of words finds nothing in it.
enum Bigrams {
    /// Letters and digits only, small, and narrow where somebody has typed them wide (ＡＢ１２ as ab12). Whatever stands
    /// between them parts one word from the next.
    static func words(_ text: String) -> [[Unicode.Scalar]] {
        var words: [[Unicode.Scalar]] = []
        var word: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if let folded = fold(scalar) {
                word.append(folded)
            } else if !word.isEmpty {
                words.append(word)
                word = []
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Every pair once, in the order of their first places, parted by blanks. A word of one character has none.
    static func text(_ text: String) -> String {
        var seen: Set<String> = []
        var grams: [String] = []
        for word in words(text) {
            for gram in pairs(word) where seen.insert(gram).inserted { grams.append(gram) }
        }
        return grams.joined(separator: " ")
    }

    static func pairs(_ word: [Unicode.Scalar]) -> [String] {
        zip(word, word.dropFirst()).map { first, second in
            var gram = String.UnicodeScalarView()
            gram.append(first)
            gram.append(second)
            return String(gram)
        }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        var value = scalar
        if (0xFF01...0xFF5E).contains(scalar.value) {
            value = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        }
        guard value.properties.isAlphabetic || value.properties.numericType != nil else { return nil }
        let small = value.properties.lowercaseMapping.unicodeScalars
        return small.count == 1 ? small.first : value
    }
}
