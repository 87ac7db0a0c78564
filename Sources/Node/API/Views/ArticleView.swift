import Replication
import ServiceDesk
import Standards

/// An article as lists and pages show it.
struct ArticleView {
    let article: Article
    /// Whether it is shown where articles are written: elsewhere a revision that is not published yet is no news.
    var isHub = true

    private var state: Article.State { !isHub && article.isInForce ? .published : article.state }

    /// What a list shows.
    var summary: [String: JSONValue] {
        [
            "id": .string(article.id.text), "kind": .string(article.kind.rawValue), "title": .string(article.title),
            "state": .string(state.rawValue), "version": .integer(article.version),
            "categories": .array(article.categories.map { .string($0) }),
            "keywords": .array(article.keywords.map { .string($0) }),
        ]
    }

    /// With what is in force.
    var inForce: [String: JSONValue] {
        var members = summary
        members["words"] = article.words.map(Self.words) ?? .null
        return members
    }

    static func words(_ words: Article.Words) -> JSONValue {
        ["title": .string(words.title), "agent": .string(words.agent), "customer": .string(words.customer)]
    }

    /// Everything, a draft too: for those who write.
    var whole: [String: JSONValue] {
        var members = inForce
        members["draft"] = article.draft.map(Self.words) ?? .null
        members["author"] = .string(article.author)
        members["reviewer"] = article.reviewer.map { .string($0) } ?? .null
        members["ticketNumber"] = article.ticketNumber.map { .string($0) } ?? .null
        return members
    }

    /// What a ticket names, with where each stands now.
    static func uses(of ticket: EntityState, in store: SiteStore) throws -> JSONValue {
        .array(
            try ArticleUse.all(of: ticket).prefix(DeskLimits.ticketArticles).map { use in
                let standing = try ArticleBook.standing(of: use.article, in: store)
                return [
                    "id": .string(use.article.text), "version": .integer(use.version), "title": .string(use.title),
                    "state": standing.map { .string($0.state) } ?? .null,
                    "current": standing.map { .integer($0.version) } ?? .null,
                ]
            })
    }
}
