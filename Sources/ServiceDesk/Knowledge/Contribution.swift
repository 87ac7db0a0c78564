import Replication

/// What somebody at a site says of the knowledge, and what the province made of it.
public struct Contribution: Equatable, Sendable {
    public enum Purpose: String, CaseIterable, Sendable {
        /// A closed ticket that is worth an example.
        case `case`
        /// What is said is not so.
        case wrong
        /// What is said cannot be understood.
        case unclear
    }

    public enum Outcome: String, CaseIterable, Sendable {
        case accepted
        case refused
    }

    public let id: EntityID
    public let site: SiteID
    public let purpose: Purpose
    public let article: EntityID?
    public let version: Int64?
    public let title: String
    public let text: String
    public let ticketNumber: String?
    public let category: String?
    /// Milliseconds since 1970.
    public let due: Int64
    public let outcome: Outcome?
    public let answer: String?
    public let answeredBy: String?
    /// The article that was made of it.
    public let made: EntityID?

    /// - Returns: nil for what is no contribution, which no hub admits.
    public init?(_ row: EntityRow) {
        let state = row.state
        guard let site = state[ContributionField.site].textValue,
            let purpose = state[ContributionField.purpose].textValue.flatMap(Purpose.init(rawValue:)),
            let text = state[ContributionField.text].textValue,
            let due = state[ContributionField.due].integerValue
        else { return nil }
        id = row.id
        self.site = SiteID(site)
        self.purpose = purpose
        self.text = text
        self.due = due
        func article(_ field: Field) -> EntityID? {
            state[field].bytesValue.flatMap { EntityID(kind: .article, bytes: $0) }
        }
        self.article = article(ContributionField.article)
        version = state[ContributionField.version].integerValue
        title = state[ContributionField.title].textValue ?? ""
        ticketNumber = state[ContributionField.ticketNumber].textValue
        category = state[ContributionField.category].textValue
        outcome = state[ContributionField.outcome].textValue.flatMap(Outcome.init(rawValue:))
        answer = state[ContributionField.answer].textValue
        answeredBy = state[ContributionField.answeredBy].textValue
        made = article(ContributionField.made)
    }
}
