import Replication
import SQLite

/// An article that fits what is being typed: the keywords that stand in the text lead to it, and so does the category.
public struct ArticleMatch: Sendable {
    /// UTF-16 units of a text that is sent, and characters that are looked at: of Chinese so much fits a request line
    /// of 8 KiB, where each has nine bytes.
    public static let textLengthMax = 800
    public static let limitMax = 10
    /// What a category counts beside keywords, of which each counts its characters: the longer the more it says.
    private static let categoryScore = 3
    private static let keywordScoreMax = 8

    public let article: Article
    /// As they are written in the article.
    public let keywords: [String]

    /// The best few, the best first.
    /// - Parameter lineage: the category that is chosen, and all above it.
    public static func find(
        _ text: String, lineage: [String], limit: Int, in store: SiteStore
    ) throws -> [ArticleMatch] {
        var scores: [Int64: Int] = [:]
        var words: [Int64: Set<String>] = [:]
        let said = KnowledgeText.folded(String(text.prefix(textLengthMax)))
        if !said.isEmpty {
            let found = try store.database.all(
                """
                SELECT entity, word FROM article_word JOIN article USING (entity)
                WHERE version > 0 AND state <> 'withdrawn' AND instr(?, word) > 0
                """, said
            ) { (entity: $0.int64(0), word: $0.text(1)) }
            for one in found {
                scores[one.entity, default: 0] += min(one.word.unicodeScalars.count, keywordScoreMax)
                words[one.entity, default: []].insert(one.word)
            }
        }
        for (distance, category) in lineage.enumerated() {
            let found = try store.database.all(
                """
                SELECT entity FROM article_category JOIN article USING (entity)
                WHERE category = ? AND version > 0 AND state <> 'withdrawn'
                """, category
            ) { $0.int64(0) }
            for entity in found { scores[entity, default: 0] += max(1, categoryScore - distance) }
        }
        let ranked = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var matches: [ArticleMatch] = []
        for (entity, _) in ranked {
            guard matches.count < limit else { break }
            guard let article = Article(try store.row(number: entity)), article.isInForce else { continue }
            let own = words[entity] ?? []
            matches.append(
                ArticleMatch(
                    article: article, keywords: article.keywords.filter { own.contains(KnowledgeText.folded($0)) }))
        }
        return matches
    }
}
