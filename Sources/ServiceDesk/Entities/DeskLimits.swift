/// Every bound that the desk holds its input to, beyond those of a form; texts are counted in Unicode scalars.
///
/// A text holds no NUL character: SQLite's own functions, C programs and most readers of CSV end a text there, so it
/// would not come out of an export as it went in. Every other character is kept as it is.
public enum DeskLimits {
    /// What is wrong with a text; nil when nothing is.
    static func problem(_ text: String, longestLength limit: Int) -> Flaw? {
        // Few texts have more bytes than they may have characters, and only those are counted.
        if text.utf8.count > limit, text.unicodeScalars.count > limit { return .tooLong(limit) }
        return holdsNUL(text) ? .holdsNUL : nil
    }

    /// Looks at every byte, also after a NUL: then many are looked at in one step.
    private static func holdsNUL(_ text: String) -> Bool {
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.reduce(0 as UInt8) { $0 | ($1 == 0 ? 1 : 0) }
        }
        return found.map { $0 > 0 } ?? text.utf8.contains(0)
    }

    /// Of a text that every ticket has and its form does not name, and of a note.
    public static let textLength = 20_000
    /// Of a ticket's number: the letters of a site, a hyphen and up to 24 characters.
    public static let numberLength = 40
    public static let customerNameLength = 100
    public static let customerPhoneLength = 40
    /// Of the name of somebody who looks after a customer.
    public static let managerNameLength = 100
    /// Of the name of the source that a ticket was imported from.
    public static let sourceNameLength = 100
    /// Of a ticket's key at its source.
    public static let sourceKeyLength = 200
    /// Bytes of the columns of a source that no field of ours takes, kept with a ticket.
    public static let sourceColumnsBytes = 65_536
    /// Of a circuit's number, and of what is noted of a circuit.
    public static let circuitNumberLength = 60
    public static let circuitFactLength = 200
    /// Branches that one circuit concerns.
    public static let circuitSites = 50
    /// Of the words for the place that an announcement is about.
    public static let announcementAreaLength = 200
    /// Categories that one announcement is about, and branches that it is for.
    public static let announcementCategories = 20
    public static let announcementSites = 50
    /// Announcements that hold at one time: every list of them is looked through whole.
    public static let announcementsAtOnce = 100
    /// Milliseconds that an announcement holds at most, and by which it may begin ahead.
    public static let announcementLength: Int64 = 31 * 86_400_000
    /// Articles that are not withdrawn: whoever searches them looks through them whole.
    public static let articles = 2_000
    public static let articleTitleLength = 100
    /// Of each of the two views of an article, and of a contribution.
    public static let articleTextLength = 10_000
    public static let articleCategories = 20
    public static let articleKeywords = 30
    /// Of a keyword: with one character it would stand in nearly every text.
    public static let articleKeywordShortest = 2
    public static let articleKeywordLength = 20
    /// Of what a branch adds to an article.
    public static let supplementLength = 2_000
    /// Milliseconds in which the province answers a contribution, and the most that any software may give it.
    public static let contributionDue: Int64 = 5 * 86_400_000
    public static let contributionDueMax: Int64 = 31 * 86_400_000
    /// Articles that one ticket names as of use.
    public static let ticketArticles = 20
    /// Of the charge that a refund is for.
    public static let chargeLength = 100
    /// Of the reason that a refund is asked for.
    public static let reasonLength = 2_000
    /// Milliseconds by which a standard may be late to take effect: it was written a while ago.
    public static let effectiveLateness: Int64 = 600_000
    /// Milliseconds ahead at which a standard may take effect.
    public static let effectiveAhead: Int64 = 3_653 * 86_400_000
    /// Of the hash that names a file, in hexadecimal.
    public static let hashLength = 64
    /// Of what a customer writes on the page of its ticket.
    public static let customerTextLength = 500
    /// What a customer may do to one ticket in 24 hours, and how often it may ask to hurry meanwhile, by what the
    /// site that it asks knows of them.
    public static let customerActsInDay = 20
    public static let customerExpeditesInDay = 2
    public static let customerDay: Int64 = 24 * 3_600_000
    /// Texts in one set of a form.
    public static let setSize = 500
}
