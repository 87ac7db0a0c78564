/// Chooses the letters that begin the ticket numbers of sites that do not state theirs.
///
/// A site takes the first free candidate, in the order of the file, after every stated one has been set aside. So a
/// site added at the end of the file changes nobody's letters; a file that may be reordered should state them all.
enum TicketLetters {
    /// The letters of every site, in order.
    /// - Parameter sites: each site's identifier and the letters it states, if any.
    static func assign(_ sites: [(id: String, stated: String?)]) -> [String] {
        var taken = Set(sites.compactMap(\.stated))
        return sites.map { site in
            if let stated = site.stated { return stated }
            // The candidates outnumber the sites a topology may have, so one is always free.
            let letters = candidates(for: site.id).first { !taken.contains($0) } ?? "ZZZZ"
            taken.insert(letters)
            return letters
        }
    }

    /// Candidates from the most telling to the most arbitrary: `nx-yinchuan` gives YC, then Y with any later letter,
    /// then Y with two letters from AA to ZZ.
    static func candidates(for id: String) -> [String] {
        let stem = id.drop { $0 != "-" }.dropFirst()
        let letters = stem.filter { $0.isASCII && $0.isLetter }.uppercased()
        guard let first = letters.first.map(String.init) else { return arbitrary(after: "X") }
        let later = letters.dropFirst().map(String.init)
        let onsets = syllableOnsets(Array(letters))
        return (onsets + later).map { first + $0 } + arbitrary(after: first)
    }

    /// The first letters of the later syllables of a word in pinyin: in "yin-chuan" the C, in "zhong-wei" the W.
    ///
    /// A syllable begins with the last consonant before a vowel, or with Z, C or S when that consonant is their H. A
    /// word of one syllable has none, and then its later consonants serve: "hub" gives B.
    private static func syllableOnsets(_ letters: [Character]) -> [String] {
        func isVowel(_ index: Int) -> Bool { "AEIOUV".contains(letters[index]) }
        let consonants = letters.indices.dropFirst().filter { !isVowel($0) }
        let onsets = consonants.filter { $0 > 1 && $0 + 1 < letters.count && isVowel($0 + 1) }
        let starts = onsets.map { index in
            letters[index] == "H" && "ZCS".contains(letters[index - 1]) ? index - 1 : index
        }
        return (starts.isEmpty ? consonants : starts).map { String(letters[$0]) }
    }

    private static func arbitrary(after first: String) -> [String] {
        let alphabet = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) }
        return alphabet.flatMap { second in alphabet.map { first + second + $0 } }
    }
}
