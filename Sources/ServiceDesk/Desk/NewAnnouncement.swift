import Replication

/// What is to be announced.
public struct NewAnnouncement: Sendable {
    /// An approved wording of the standard in force; nil for words of its own.
    public var wording: String?
    /// Words of its own.
    public var zh = ""
    public var en = ""
    /// Branches that it is for; all when empty.
    public var sites: [SiteID] = []
    /// Categories that it is about, each with all below it.
    public var categories: [String] = []
    public var area = ""
    /// In milliseconds since 1970; at once when nil.
    public var from: Int64?
    public var until: Int64 = 0
    /// The fault that it is about, by number or identifier.
    public var ticket: String?

    public init() {}
}
