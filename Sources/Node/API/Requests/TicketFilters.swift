import Replication
import ServiceDesk
import Standards

/// What a list of tickets and an export of them are asked for alike.
struct TicketFilters: Sendable {
    static let names =
        ["state", "type", "home", "category", "source", "department", "due", "sort", "open", "opened", "closed"]
        + ["number", "customer", "conflicts", "attention", "announcement", "status", "assignee", "offered"]

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
        query.hasConflicts = try reader.choice("conflicts", of: ["open"]) != nil
        query.attention = try reader.choice("attention", of: TicketQuery.Attention.allCases.map(\.rawValue)).flatMap(
            TicketQuery.Attention.init)
        query.department = reader.text("department")
        query.status = try reader.choice("status", of: TicketStatus.allCases.map(\.rawValue))
        query.assignee = reader.text("assignee")
        query.offered = reader.text("offered")
        query.standing = try reader.choice("due", of: DueStanding.allCases.map(\.rawValue)).flatMap(DueStanding.init)
        query.isOpen = try reader.choice("open", of: ["true", "false"]) == "true"
        query.openedOn = try reader.value("opened", Self.aDay, Self.day)
        query.closedOn = try reader.value("closed", Self.aDay, Self.day)
        let orders = TicketQuery.Order.allCases.map(\.rawValue)
        query.order = try reader.choice("sort", of: orders).flatMap(TicketQuery.Order.init) ?? .opened
        query.now = now
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
