import Replication

extension EntityKind {
    /// What the province knows and says: an article, a case or a script.
    public static var article: EntityKind { EntityKind(rawValue: 23) }
    /// What a branch adds to an article for itself; its identifier follows from both.
    public static var supplement: EntityKind { EntityKind(rawValue: 24) }
    /// What somebody at a site says of the knowledge: a case that is proposed, or what is wrong or unclear.
    public static var contribution: EntityKind { EntityKind(rawValue: 25) }
}

/// The fields of an article. What is in force and what is being written stand beside each other, so that a revision
/// changes nothing for anybody before it is published.
public enum ArticleField {
    /// One of ``Article/Kind``, and of ``Article/State``: of what is being written.
    public static var kind: Field { Field(rawValue: 1) }
    public static var state: Field { Field(rawValue: 2) }
    /// Of what is in force: 1 with the first publication; null before.
    public static var version: Field { Field(rawValue: 3) }
    /// What is in force.
    public static var title: Field { Field(rawValue: 4) }
    public static var agent: Field { Field(rawValue: 5) }
    /// What a customer may read of it; null where it is for the desk only.
    public static var customer: Field { Field(rawValue: 6) }
    /// What is being written.
    public static var draftTitle: Field { Field(rawValue: 7) }
    public static var draftAgent: Field { Field(rawValue: 8) }
    public static var draftCustomer: Field { Field(rawValue: 9) }
    /// Who wrote it last, and who published it.
    public static var author: Field { Field(rawValue: 10) }
    public static var reviewer: Field { Field(rawValue: 11) }
    /// The number of the ticket that a case was made of.
    public static var ticketNumber: Field { Field(rawValue: 12) }
    /// The sets of categories and of keywords that it is found by: not wording, so they count at once.
    public static var categories: Field { Field(rawValue: 32) }
    public static var keywords: Field { Field(rawValue: 33) }

    static let all = [
        kind, state, version, title, agent, customer, draftTitle, draftAgent, draftCustomer, author, reviewer,
        ticketNumber, categories, keywords,
    ]
}

/// The fields of what a branch adds to an article.
public enum SupplementField {
    public static var site: Field { Field(rawValue: 1) }
    /// The identifier of the article, and the version of it that the branch had before it.
    public static var article: Field { Field(rawValue: 2) }
    public static var version: Field { Field(rawValue: 3) }
    /// Null once the branch has taken it back.
    public static var text: Field { Field(rawValue: 4) }

    static let all = [site, article, version, text]
}

/// The fields of a contribution: its site's until the province answers, which ends it.
public enum ContributionField {
    public static var site: Field { Field(rawValue: 1) }
    /// One of ``Contribution/Purpose``.
    public static var purpose: Field { Field(rawValue: 2) }
    /// The identifier and version of the article that it speaks of.
    public static var article: Field { Field(rawValue: 3) }
    public static var version: Field { Field(rawValue: 4) }
    public static var title: Field { Field(rawValue: 5) }
    public static var text: Field { Field(rawValue: 6) }
    /// The number and category of the ticket that a case is made of.
    public static var ticketNumber: Field { Field(rawValue: 7) }
    public static var category: Field { Field(rawValue: 8) }
    /// Until when it is to be answered, in milliseconds since 1970.
    public static var due: Field { Field(rawValue: 9) }
    /// The province's: one of ``Contribution/Outcome``, what it says, who said so, and the article that was made of it.
    public static var outcome: Field { Field(rawValue: 16) }
    public static var answer: Field { Field(rawValue: 17) }
    public static var answeredBy: Field { Field(rawValue: 18) }
    public static var made: Field { Field(rawValue: 19) }

    static let provinces = [outcome, answer, answeredBy, made]
    static let all = [site, purpose, article, version, title, text, ticketNumber, category, due] + provinces
}
