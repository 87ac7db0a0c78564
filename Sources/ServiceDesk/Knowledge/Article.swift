import Replication

/// What the province knows and says. One source with two views: what the desk reads, and what a customer may.
public struct Article: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case article
        /// A complaint that was solved, as an example (投诉案例).
        case `case`
        /// What is said to a customer, word for word (话术).
        case script
    }

    /// Of what is being written; what is in force is told by the version.
    public enum State: String, CaseIterable, Sendable {
        case draft
        case review
        case published
        case withdrawn
    }

    public struct Words: Equatable, Sendable {
        public let title: String
        public let agent: String
        /// Empty where it is for the desk only.
        public let customer: String
    }

    public let id: EntityID
    public let kind: Kind
    public let state: State
    /// Of what is in force; 0 before it is first published.
    public let version: Int64
    /// What is in force; nil before it is first published.
    public let words: Words?
    /// What is being written; nil while nothing is.
    public let draft: Words?
    public let author: String
    public let reviewer: String?
    public let ticketNumber: String?
    public let categories: [String]
    public let keywords: [String]

    /// - Returns: nil for what is no article, which no hub admits.
    public init?(_ row: EntityRow) {
        self.init(row.id, row.state)
    }

    init?(_ id: EntityID, _ state: EntityState) {
        guard let kind = state[ArticleField.kind].textValue.flatMap(Kind.init(rawValue:)),
            let standing = state[ArticleField.state].textValue.flatMap(State.init(rawValue:))
        else { return nil }
        self.id = id
        self.kind = kind
        self.state = standing
        version = state[ArticleField.version].integerValue ?? 0
        func text(_ field: Field) -> String { state[field].textValue ?? "" }
        let words = Words(
            title: text(ArticleField.title), agent: text(ArticleField.agent), customer: text(ArticleField.customer))
        self.words = version > 0 ? words : nil
        let draft = Words(
            title: text(ArticleField.draftTitle), agent: text(ArticleField.draftAgent),
            customer: text(ArticleField.draftCustomer))
        self.draft = draft.title.isEmpty ? nil : draft
        author = text(ArticleField.author)
        reviewer = state[ArticleField.reviewer].textValue
        ticketNumber = state[ArticleField.ticketNumber].textValue
        categories = state.elements(of: ArticleField.categories).compactMap(\.textValue).sorted()
        keywords = state.elements(of: ArticleField.keywords).compactMap(\.textValue).sorted()
    }

    /// Whether the desk is shown it: a revision leaves what is in force, a withdrawal does not.
    public var isInForce: Bool { version > 0 && state != .withdrawn }

    /// What it is called, in force or not yet.
    public var title: String { words?.title ?? draft?.title ?? "" }
}
