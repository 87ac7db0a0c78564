import Replication
import ServiceDesk
import Standards

/// What a list of tickets and an export of them are asked for alike.
struct TicketFilters: Sendable {
    /// What a filter may be.
    enum FilterKind: Sendable {
        case text
        case day
        case word([String])
    }

    /// By this list queries are read and both are described.
    static let all: [(name: String, kind: FilterKind)] = [
        ("state", .text), ("type", .text), ("home", .text), ("category", .text), ("source", .text),
        ("department", .text), ("number", .text), ("customer", .text), ("announcement", .text), ("assignee", .text),
        ("offered", .text), ("opened", .day), ("closed", .day), ("open", .word(["true"])),
        ("conflicts", .word(["open"])), ("due", .word(DueStanding.allCases.map(\.rawValue))),
        ("attention", .word(TicketQuery.Attention.allCases.map(\.rawValue))),
        ("status", .word(TicketStatus.allCases.map(\.rawValue))),
        ("sort", .word(TicketQuery.Order.allCases.map(\.rawValue))),
    ]

    static let names = all.map { $0.name }

    /// The announcements whose tickets are asked for.
    private enum Announced: Sendable {
        case current
        case one(EntityID)

        init?(_ text: String) {
            if text == "current" {
                self = .current
            } else if let id = EntityID(kind: .announcement, text: text.lowercased()) {
                self = .one(id)
            } else {
                return nil
            }
        }
    }

    /// Without what has to be looked up.
    private(set) var query = TicketQuery()
    private let announced: Announced?

    init(_ reader: QueryReader, at now: Int64) throws {
        announced = try reader.value("announcement", "current or the identifier of one", Announced.init)
        query.state = reader.text("state")
        query.type = reader.text("type")
        query.home = reader.text("home")
        query.category = reader.text("category")
        query.source = reader.text("source")
        query.number = reader.text("number")?.uppercased()
        query.customer = try reader.value("customer", "the identifier of a customer") { text in
            EntityID(kind: .customer, text: text.lowercased())
        }
        query.hasConflicts = try Self.word("conflicts", reader) != nil
        query.attention = try Self.word("attention", reader).flatMap(TicketQuery.Attention.init)
        query.department = reader.text("department")
        query.status = try Self.word("status", reader)
        query.assignee = reader.text("assignee")
        query.offered = reader.text("offered")
        query.standing = try Self.word("due", reader).flatMap(DueStanding.init)
        query.isOpen = try Self.word("open", reader) != nil
        query.openedOn = try reader.value("opened", Self.aDay, Self.day)
        query.closedOn = try reader.value("closed", Self.aDay, Self.day)
        query.order = try Self.word("sort", reader).flatMap(TicketQuery.Order.init) ?? .opened
        query.now = now
    }

    /// One of the words that there are for it.
    private static func word(_ name: String, _ reader: QueryReader) throws -> String? {
        guard case .word(let words)? = all.first(where: { $0.name == name })?.kind else { return nil }
        return try reader.choice(name, of: words)
    }

    private static let aDay = "a day such as 2026-02-14"

    private static func day(_ text: String) -> Int64? { CivilDate(text: text).map { Int64($0.daysSince1970) } }

    /// With what stands in the database: when a day begins, and what an announcement hits.
    func query(in store: SiteStore, _ shelf: PackShelf) throws -> TicketQuery {
        guard announced != nil || query.openedOn != nil else { return query }
        var whole = query
        let pack = try shelf.current(in: store, at: query.now)?.pack
        whole.zoneMinutes = (pack?.calendar?.zone ?? .chinaStandard).minutes
        switch announced {
        case nil: break
        case .current: whole.announced = try AnnouncementHits(currentIn: store, pack: pack, at: query.now)
        case .one(let id):
            guard let row = try store.row(id), !row.isWithdrawn, let announcement = Announcement(row) else {
                throw QueryReader.wrong("announcement names none that is known here")
            }
            whole.announced = AnnouncementHits([announcement], pack: pack)
        }
        return whole
    }
}
