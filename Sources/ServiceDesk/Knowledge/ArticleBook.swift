import Hashing
import Replication

/// Articles and what branches add to them, as far as they are held here.
public enum ArticleBook {
    /// An article, also one that was withdrawn; nil where there is none of that name.
    public static func article(_ id: EntityID, in store: SiteStore) throws -> Article? {
        guard id.kind == .article, let row = try store.row(id), row.state.exists, !row.isWithdrawn else { return nil }
        return Article(row)
    }

    /// What the table says of an article, also of one that was withdrawn: a list need not read the whole of each.
    public static func standing(
        of id: EntityID, in store: SiteStore
    ) throws -> (title: String, state: String, version: Int64)? {
        try store.database.first(
            """
            SELECT article.title, article.state, article.version
            FROM entity JOIN article ON article.entity = entity.number WHERE entity.id = ? AND entity.kind = ?
            """, id.bytes, Int64(id.kind.rawValue)
        ) { (title: $0.text(0), state: $0.text(1), version: $0.int64(2)) }
    }

    /// Why an article was given back, as long as that is being put right, or why it was withdrawn.
    public static func reason(for row: EntityRow, in store: SiteStore) throws -> String? {
        var reason: String?
        for change in try store.changes(of: row.number).sorted(by: { $0.position < $1.position }) {
            let state = change.assigned(ArticleField.state)?.textValue
            if state == Article.State.review.rawValue || state == Article.State.published.rawValue { reason = nil }
            for case .note(let note) in change.edits { reason = note.text }
        }
        return reason
    }

    /// What an article said in one of its versions. The log has it, so nothing is kept twice.
    public static func words(
        of id: EntityID, version: Int64, in store: SiteStore
    ) throws -> (words: Article.Words, from: Int64)? {
        guard version > 0, let row = try store.row(id), row.state.exists, !row.isWithdrawn else { return nil }
        var state = EntityState()
        for change in try store.changes(of: row.number).sorted(by: { $0.position < $1.position }) {
            Fold.apply(change, to: &state)
            if state[ArticleField.version].integerValue == version, let words = Article(id, state)?.words {
                return (words, change.stamp.milliseconds)
            }
        }
        return nil
    }

    /// The entity that holds what a branch adds to an article; no other site can make one of that name.
    public static func supplement(of site: SiteID, to article: EntityID) -> EntityID {
        let hash = SHA256.hash(Array("supplement of \(site.text) to \(article.text)".utf8))
        return EntityID(kind: .supplement, bytes: Array(hash.prefix(16)))
            ?? EntityID(kind: .supplement, high: 0, low: 0)
    }

    /// What branches add to an article: a branch holds its own, the hub everybody's.
    public static func supplements(to article: EntityID, in store: SiteStore) throws -> [Supplement] {
        try store.directory().filter(\.isBranch).compactMap { entry in
            try store.row(supplement(of: entry.site, to: article)).flatMap { Supplement($0) }
        }
    }
}

/// What a branch adds to an article for itself. It stands below the province's words and never in their place.
public struct Supplement: Equatable, Sendable {
    public let site: SiteID
    /// The version of the article that it was written beside.
    public let version: Int64
    public let text: String

    /// - Returns: nil for what was taken back.
    init?(_ row: EntityRow) {
        guard row.state.exists, !row.isWithdrawn, let site = row.state[SupplementField.site].textValue,
            let text = row.state[SupplementField.text].textValue
        else { return nil }
        self.site = SiteID(site)
        self.text = text
        version = row.state[SupplementField.version].integerValue ?? 0
    }
}
