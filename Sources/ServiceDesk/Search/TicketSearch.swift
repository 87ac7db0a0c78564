import Replication
import SQLite

/// Finds tickets by whatever stands in them: numbers, names, telephone numbers, notes, names of files; two characters
/// upwards.
public struct TicketSearch: Sendable {
    /// Characters of a question.
    public static let lengthMax = 200
    public static let resultsMax = 200
    /// Tickets that are looked at: of a question that fits more, only the newest are found, and the answer says so.
    public static let looksMax = 5_000

    public struct Found: Sendable, Equatable {
        public let entity: Int64
        /// Where it stands: a field's number, or `number`, `customer`, `phone`, `note`, `file`.
        public let place: String
        /// A part of the text around it.
        public let snippet: String
    }

    private let words: [[Unicode.Scalar]]
    private static let around = 20

    public init(_ question: String) throws(DeskError) {
        let words = Bigrams.words(question)
        guard question.count <= Self.lengthMax, !words.isEmpty, words.allSatisfy({ $0.count >= 2 }) else {
            throw DeskError(
                .invalid, "What is looked for has words of two characters or more, \(Self.lengthMax) in all.",
                remedy: "Type more of it.")
        }
        self.words = words
    }

    /// - Returns: the newest first, and whether there may be more.
    public func find(limit: Int, in store: SiteStore) throws -> (found: [Found], hasMore: Bool) {
        let limit = min(max(1, limit), Self.resultsMax)
        let question = words.flatMap(Bigrams.pairs).map { "\"\($0)\"" }.joined(separator: " AND ")
        var found: [Found] = []
        var looks = 0
        try store.database.forEach(
            """
            SELECT search_text.entity, search_text.text FROM search
            JOIN search_text ON search_text.entity = search.rowid WHERE search MATCH ?1
            ORDER BY search.rowid DESC LIMIT ?2
            """, values: [question, Int64(Self.looksMax)]
        ) { row in
            looks += 1
            if let one = look(row.int64(0), SearchText.pieces(of: row.text(1))) { found.append(one) }
            return found.count <= limit
        }
        return (Array(found.prefix(limit)), found.count > limit || looks == Self.looksMax)
    }

    /// Every word must stand in some piece; the piece that has the first one is shown.
    private func look(_ entity: Int64, _ pieces: [SearchText.Piece]) -> Found? {
        let folded = pieces.map { Bigrams.words($0.text) }
        for word in words where !folded.contains(where: { Self.holds($0, word) }) { return nil }
        guard let place = folded.firstIndex(where: { Self.holds($0, words[0]) }) else { return nil }
        return Found(
            entity: entity, place: pieces[place].place, snippet: Self.snippet(of: pieces[place].text, words[0]))
    }

    private static func holds(_ text: [[Unicode.Scalar]], _ word: [Unicode.Scalar]) -> Bool {
        text.contains { place(of: word, in: $0) != nil }
    }

    private static func place(of word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
        guard text.count >= word.count else { return nil }
        return (0...text.count - word.count).first { text[$0..<$0 + word.count].elementsEqual(word) }
    }

    /// Some characters before and after the word; all of a short text.
    private static func snippet(of text: String, _ word: [Unicode.Scalar]) -> String {
        let scalars = Array(text.unicodeScalars)
        let start = (0..<scalars.count).first { start in
            let part = scalars[start..<min(scalars.count, start + word.count)]
            return Bigrams.words(String(String.UnicodeScalarView(part))) == [word]
        }
        let from = max(0, (start ?? 0) - around)
        let to = min(scalars.count, (start ?? 0) + word.count + around)
        let part = String(String.UnicodeScalarView(scalars[from..<to]))
        return (from > 0 ? "…" : "") + part + (to < scalars.count ? "…" : "")
    }
}
