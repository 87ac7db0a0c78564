import Replication
import SQLite

/// Which articles a list shows, by title.
public struct ArticleQuery: Sendable {
    /// Articles in one list.
    public static let limitMax = 200
    /// Characters of what is searched for, and words of it that are looked at.
    public static let searchLengthMax = 100
    static let searchWordsMax = 8

    public enum Filter: String, CaseIterable, Sendable {
        /// What the desk is shown.
        case current
        /// What somebody has to write on, or to publish.
        case draft
        case review
        case withdrawn
        case all
    }

    public var filter = Filter.current
    /// Words that must all stand in it, each of two characters or more.
    public var search: String?
    public var kind: Article.Kind?
    /// Only those about a category, which comes first, or one above it.
    public var lineage: [String]?
    public var limit = 50

    public init() {}

    public func list(in store: SiteStore) throws -> [Article] {
        var sql: SQL = "SELECT entity FROM article WHERE "
        var values: [(any SQLiteBindable)?] = []
        switch filter {
        case .current: sql = sql + "version > 0 AND state <> 'withdrawn'"
        case .all: sql = sql + "1"
        case .draft, .review, .withdrawn:
            sql = sql + "state = ?"
            values.append(filter.rawValue)
        }
        if let kind {
            sql = sql + " AND kind = ?"
            values.append(kind.rawValue)
        }
        if let search, !search.isEmpty {
            let words = Self.words(search)
            // What leaves no word stands in nothing.
            guard !words.isEmpty else { return [] }
            for word in words {
                sql = sql + " AND instr(searched, ?) > 0"
                values.append(word)
            }
        }
        if let lineage {
            guard !lineage.isEmpty else { return [] }
            sql = sql + " AND entity IN (SELECT entity FROM article_category WHERE "
            for index in lineage.indices { sql = sql + (index == 0 ? "category = ?" : " OR category = ?") }
            sql = sql + ")"
            for category in lineage { values.append(category) }
        }
        sql = sql + " ORDER BY title, entity LIMIT ?"
        values.append(Int64(limit))
        let numbers = try store.database.all(sql, values: values) { $0.int64(0) }
        return try numbers.compactMap { Article(try store.row(number: $0)) }
    }

    static func words(_ search: String) -> [String] {
        let words = Bigrams.words(search).filter { $0.count > 1 }.map { String(String.UnicodeScalarView($0)) }
        return Array(words.prefix(searchWordsMax))
    }
}
