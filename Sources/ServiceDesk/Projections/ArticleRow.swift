import Replication
import SQLite

/// An article as the desk's tables have it: enough to find it by what stands in it, by what somebody types, and by
/// category.
struct ArticleRow: Equatable {
    /// No article was known before there were these tables.
    static let tables: SQL = """
        CREATE TABLE article (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            version INTEGER NOT NULL,
            title TEXT NOT NULL,
            searched TEXT NOT NULL);
        CREATE TABLE article_word (
            word TEXT NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (number),
            PRIMARY KEY (word, entity)) WITHOUT ROWID;
        CREATE INDEX article_word_entity ON article_word (entity);
        CREATE TABLE article_category (
            category TEXT NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (number),
            PRIMARY KEY (category, entity)) WITHOUT ROWID;
        CREATE INDEX article_category_entity ON article_category (entity);
        """

    let kind: String
    let state: String
    let version: Int64
    let title: String
    /// Of what is in force, or of what is being written while nothing is.
    let searched: String
    let words: [String]
    let categories: [String]

    init(_ row: EntityRow) {
        let held = row.state
        func text(_ field: Field) -> String { held[field].textValue ?? "" }
        kind = text(ArticleField.kind)
        state = text(ArticleField.state)
        version = held[ArticleField.version].integerValue ?? 0
        let fields =
            version > 0
            ? [ArticleField.title, ArticleField.agent, ArticleField.customer]
            : [ArticleField.draftTitle, ArticleField.draftAgent, ArticleField.draftCustomer]
        title = text(fields[0])
        let keywords = held.elements(of: ArticleField.keywords).compactMap(\.textValue)
        searched = KnowledgeText.folded((fields.map(text) + keywords.sorted()).joined(separator: "\n"))
        words = Set(keywords.map(KnowledgeText.folded)).subtracting([""]).sorted()
        categories = Set(held.elements(of: ArticleField.categories).compactMap(\.textValue)).sorted()
    }

    private init(_ row: Row, words: [String], categories: [String]) {
        kind = row.text(0)
        state = row.text(1)
        version = row.int64(2)
        title = row.text(3)
        searched = row.text(4)
        self.words = words
        self.categories = categories
    }

    static func stored(_ entity: Int64, in database: Database) throws -> ArticleRow? {
        let words = try database.all("SELECT word FROM article_word WHERE entity = ? ORDER BY word", entity) {
            $0.text(0)
        }
        let categories = try database.all(
            "SELECT category FROM article_category WHERE entity = ? ORDER BY category", entity
        ) { $0.text(0) }
        return try database.first(
            "SELECT kind, state, version, title, searched FROM article WHERE entity = ?", entity
        ) { ArticleRow($0, words: words.sorted(), categories: categories.sorted()) }
    }

    static func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        try database.run("DELETE FROM article_word WHERE entity = ?", row.number)
        try database.run("DELETE FROM article_category WHERE entity = ?", row.number)
        guard isVisible else {
            try database.run("DELETE FROM article WHERE entity = ?", row.number)
            return
        }
        let article = ArticleRow(row)
        try database.run(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?)", row.number, article.kind, article.state,
            article.version, article.title, article.searched)
        for word in article.words { try database.run("INSERT INTO article_word VALUES (?, ?)", word, row.number) }
        for category in article.categories {
            try database.run("INSERT INTO article_category VALUES (?, ?)", category, row.number)
        }
    }
}
