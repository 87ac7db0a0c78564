import Replication

/// The fields of an announcement: the province's, for everybody to read.
public enum AnnouncementField {
    /// What is said to customers. It is copied from the standard, so that every branch reads the same words, whichever
    /// standard has reached it.
    public static var zh: Field { Field(rawValue: 1) }
    public static var en: Field { Field(rawValue: 2) }
    /// The approved wording that it is, and the version of the standard that has it; null for words of its own.
    public static var wording: Field { Field(rawValue: 3) }
    public static var standard: Field { Field(rawValue: 4) }
    /// From when until when it holds, in milliseconds since 1970.
    public static var from: Field { Field(rawValue: 5) }
    public static var until: Field { Field(rawValue: 6) }
    /// The place that it is about, in words.
    public static var area: Field { Field(rawValue: 7) }
    /// The identifier and the number of the fault that it is about; its end ends the announcement.
    public static var ticket: Field { Field(rawValue: 8) }
    public static var ticketNumber: Field { Field(rawValue: 9) }
    /// When it was withdrawn, in milliseconds since 1970, and who did it.
    public static var withdrawnAt: Field { Field(rawValue: 10) }
    public static var withdrawnBy: Field { Field(rawValue: 11) }
    /// The set of branches that it is for; all when empty.
    public static var sites: Field { Field(rawValue: 32) }
    /// The set of categories that it is about, each with all below it.
    public static var categories: Field { Field(rawValue: 33) }

    static let all = [
        zh, en, wording, standard, from, until, area, ticket, ticketNumber, withdrawnAt, withdrawnBy, sites, categories,
    ]
}
