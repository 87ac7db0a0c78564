import Replication

/// That an article was of use to a ticket, as an element of the ticket's set: which, in which version, and what it was
/// called then, so that an old ticket and an export of it say it without asking.
public struct ArticleUse: Equatable, Sendable {
    public let article: EntityID
    public let version: Int64
    public let title: String

    public init(_ article: EntityID, version: Int64, title: String) {
        self.article = article
        self.version = version
        self.title = title
    }

    public init?(_ text: String) {
        guard let at = text.firstIndex(of: "@"), let blank = text[at...].firstIndex(of: " "),
            let article = EntityID(kind: .article, text: String(text[..<at])),
            let version = Int64(text[text.index(after: at)..<blank]), version > 0,
            text.unicodeScalars.count <= DeskLimits.articleTitleLength + Self.headLengthMax
        else { return nil }
        self.init(article, version: version, title: String(text[text.index(after: blank)...]))
    }

    /// Characters before the title: an identifier, a number and what parts them.
    private static let headLengthMax = 60

    public var text: String { "\(article.text)@\(version) \(title)" }

    /// What a ticket says of its articles, in a fixed order.
    public static func all(of ticket: EntityState) -> [ArticleUse] {
        ticket.elements(of: TicketField.articles).compactMap { $0.textValue.flatMap { ArticleUse($0) } }
            .sorted { $0.text < $1.text }
    }
}
