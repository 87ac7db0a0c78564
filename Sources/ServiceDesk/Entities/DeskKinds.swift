import Hashing
import Replication

extension EntityKind {
    /// A published standard pack; its identifier is the digest of its content.
    public static let standard = EntityKind(rawValue: 3)
    public static let ticket = EntityKind(rawValue: 16)
    public static let customer = EntityKind(rawValue: 17)
}

/// The fields of a published standard.
public enum StandardField {
    public static let version = Field(rawValue: 1)
    /// The pack's JSON, as published.
    public static let document = Field(rawValue: 2)
    /// When it takes effect, in milliseconds since 1970.
    public static let effective = Field(rawValue: 3)
}

/// The fields of a customer.
public enum CustomerField {
    public static let name = Field(rawValue: 1)
    public static let phone = Field(rawValue: 2)
    /// The set of sites that may see the customer: kept by the hub as it admits tickets that name the customer.
    public static let sites = Field(rawValue: 32)
}

/// The fields that every ticket has, whatever its type; a form's own fields are numbered by ``FieldNumbers``.
public enum TicketField {
    public static let type = Field(rawValue: 1)
    public static let subject = Field(rawValue: 2)
    public static let description = Field(rawValue: 3)
    /// The branch that owns the ticket: exactly one at any time.
    public static let home = Field(rawValue: 4)
    /// The branch to which the owner has offered it; null when it is not on offer.
    public static let transferTo = Field(rawValue: 5)
    public static let customer = Field(rawValue: 6)
    public static let category = Field(rawValue: 7)
    public static let assignee = Field(rawValue: 8)
    /// The digest of the standard that it was opened under.
    public static let pack = Field(rawValue: 9)
    /// When it was opened where it came from, in milliseconds; the creation's stamp when null.
    public static let openedAt = Field(rawValue: 10)
    /// Where an imported ticket came from, and its key there.
    public static let source = Field(rawValue: 11)
    public static let sourceKey = Field(rawValue: 12)
    /// Marked for the province's attention (挂牌督办): the province's to set.
    public static let isSupervised = Field(rawValue: 13)
    /// Of a ticket from an event log: the number of the last state that was brought in, and when that was, in
    /// milliseconds.
    public static let sourceVersion = Field(rawValue: 14)
    public static let sourceTime = Field(rawValue: 15)
    /// What its source knew of it and no field of ours takes: a JSON object of texts, in canonical form.
    public static let sourceColumns = Field(rawValue: 16)
    /// The set of branches that help.
    public static let collaborators = Field(rawValue: 32)
}
