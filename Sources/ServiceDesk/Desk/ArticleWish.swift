/// What an article is to say, and what it is found by. What is nil stays as it is.
public struct ArticleWish: Sendable {
    public var kind: Article.Kind?
    public var title: String?
    public var agent: String?
    /// What a customer may read of it; empty for nothing.
    public var customer: String?
    public var categories: [String]?
    public var keywords: [String]?
    /// The closed ticket that a case is made of, by number or identifier.
    public var ticket: String?

    public init() {}

    /// All that somebody will read of it.
    var texts: [String] { [title, agent, customer].compactMap { $0 } + (keywords ?? []) }
}

/// A step of an article's life.
public enum ArticleStep: Sendable {
    /// Writes on it; what is in force stays so until the revision is published.
    case revise(ArticleWish)
    /// Gives it to whoever publishes.
    case submit
    /// Gives it back to its author.
    case giveBack(reason: String)
    case publish
    case withdraw(reason: String)
}
