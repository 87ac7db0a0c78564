import Replication

/// What the province says to everybody who asks about a disturbance: one wording, for a while, about some categories.
public struct Announcement: Equatable, Sendable {
    public enum Standing: String, Sendable {
        case planned
        case current
        case over
        case withdrawn
    }

    public let id: EntityID
    public let zh: String
    public let en: String
    /// The approved wording that it is, and the standard that it was taken from; nil for words of its own.
    public let wording: String?
    public let standard: String?
    /// Milliseconds since 1970.
    public let from: Int64
    public let until: Int64
    public let area: String?
    /// The fault that it is about.
    public let ticket: EntityID?
    public let ticketNumber: String?
    public let withdrawnAt: Int64?
    public let withdrawnBy: String?
    /// Branches that it is for; all when empty.
    public let sites: [String]
    public let categories: [String]

    /// - Returns: nil for what says no words or no time, which no hub admits.
    public init?(_ row: EntityRow) {
        let state = row.state
        guard let zh = state[AnnouncementField.zh].textValue, let en = state[AnnouncementField.en].textValue,
            let from = state[AnnouncementField.from].integerValue,
            let until = state[AnnouncementField.until].integerValue
        else { return nil }
        id = row.id
        self.zh = zh
        self.en = en
        self.from = from
        self.until = until
        wording = state[AnnouncementField.wording].textValue
        standard = state[AnnouncementField.standard].textValue
        area = state[AnnouncementField.area].textValue
        ticket = state[AnnouncementField.ticket].bytesValue.flatMap { EntityID(kind: .ticket, bytes: $0) }
        ticketNumber = state[AnnouncementField.ticketNumber].textValue
        withdrawnAt = state[AnnouncementField.withdrawnAt].integerValue
        withdrawnBy = state[AnnouncementField.withdrawnBy].textValue
        sites = state.elements(of: AnnouncementField.sites).compactMap(\.textValue)
        categories = state.elements(of: AnnouncementField.categories).compactMap(\.textValue)
    }

    /// - Parameter now: province time, in milliseconds.
    public func standing(at now: Int64) -> Standing {
        if withdrawnAt != nil { return .withdrawn }
        if now >= until { return .over }
        return now < from ? .planned : .current
    }

    /// Tickets of a category in one day from which on an announcement is worth while, if it is also twice the usual.
    public static let suggestedFrom = 5

    /// Whether a category has so many tickets today that those who ask next should be told at once.
    /// - Parameter usualPerCent: of the days before, so many a day, in hundredths.
    public static func isSuggested(today: Int, usualPerCent: Int) -> Bool {
        today >= suggestedFrom && today * 100 >= 2 * usualPerCent
    }

    /// Whether it is about a branch's ticket of a category.
    /// - Parameters:
    ///   - site: any when nil.
    ///   - lineage: the category and all above it; any when nil.
    public func covers(site: String?, lineage: [String]?) -> Bool {
        let isFor = site.map { sites.isEmpty || sites.contains($0) } ?? true
        return isFor && (lineage.map { $0.contains(where: categories.contains) } ?? true)
    }
}
