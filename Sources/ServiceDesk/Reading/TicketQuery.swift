import Replication
import SQLite
import Standards

/// Which tickets a list shows: newest first or first due first, page by page.
public struct TicketQuery: Sendable {
    public enum Order: String, Sendable, CaseIterable {
        case opened
        /// Those that have an open clock, of which those that stand still come last.
        case due
    }

    /// What of an open ticket calls for the province: marked by it, offered to it, or with it.
    public enum Attention: String, Sendable, CaseIterable {
        case supervised
        case escalated
        case taken

        /// Of the table of these, which is read first, for it is the small one; as the index knows, what has just ended
        /// may still be listed for a moment.
        var entities: SQL {
            let open: SQL = """
                SELECT attention.entity FROM attention CROSS JOIN board ON board.entity = attention.entity
                WHERE closed_day IS NULL AND
                """
            return switch self {
            case .supervised: open + " is_supervised = 1"
            case .escalated: open + " is_escalated = 1"
            case .taken: open + " is_taken = 1"
            }
        }
    }

    /// Tickets on one page.
    public static let limitMax = 500

    /// A place in the list: opened or due, then the row's own number, so that no ticket is shown twice or left out
    /// while others come in.
    public struct Place: Sendable, Equatable {
        public let order: Order
        public let opened: Int64
        public let number: Int64

        /// - Parameter opened: or due, after the order.
        public init(opened: Int64, number: Int64, order: Order = .opened) {
            self.opened = opened
            self.number = number
            self.order = order
        }

        public var text: String { "\(order == .due ? Self.dueMark : "")\(opened)-\(number)" }

        public init?(_ text: String) {
            let order: Order = text.hasPrefix(Self.dueMark) ? .due : .opened
            let text = text.dropFirst(order == .due ? Self.dueMark.count : 0)
            // The last one: what was opened before 1970 begins with a minus sign.
            guard let dash = text.lastIndex(of: "-"), let opened = Int64(text[..<dash]),
                let number = Int64(text[text.index(after: dash)...])
            else { return nil }
            self.init(opened: opened, number: number, order: order)
        }

        private static let dueMark = "due"
    }

    public var state: String?
    public var type: String?
    public var home: String?
    public var category: String?
    public var source: String?
    public var number: String?
    public var customer: EntityID?
    public var hasConflicts = false
    public var attention: Attention?
    /// Only open ones that these announcements hit.
    public var announced: AnnouncementHits?
    /// In TM Forum's word, as the index knows: what has just changed may be missing for a moment.
    public var status: String?
    /// Only open ones that somebody has, as the index knows.
    public var assignee: String?
    /// Only open ones that this department has, as the table of due times knows.
    public var department: String?
    /// Only those on offer to this site, which it has neither accepted nor declined.
    public var offered: String?
    public var standing: DueStanding?
    /// Only those that are not at an end, as the index knows.
    public var isOpen = false
    /// Only those opened on this day of province time, counted from 1970-01-01.
    public var openedOn: Int64?
    /// Only those that came on this day to the end that they are at, as the index knows.
    public var closedOn: Int64?
    /// Of province time, east of UTC: by it is decided when a day begins.
    public var zoneMinutes = 0
    public var order = Order.opened
    /// Province time, by which is decided what is overdue.
    public var now: Int64 = 0
    public var limit = 50
    /// A place of the same order.
    public var after: Place?

    public init() {}

    private var asksForDue: Bool { department != nil || standing != nil || order == .due }

    /// Whether what is open, or was done on a day, leads to the tickets: both are few among all there are.
    private var asksForBoard: Bool { isOpen || closedOn != nil }

    private static let ends = Set(TicketStatus.allCases.filter(\.isEnd).map(\.rawValue))

    /// Whether it asks for something that few of all tickets are, by which they are found. What many are is better met
    /// in the order that it is to have: each page would begin with sorting all of it.
    var isNarrow: Bool {
        let words = [number, assignee, offered]
        if asksForDue || asksForBoard || hasConflicts || words.contains(where: { $0 != nil }) { return true }
        if customer != nil || attention != nil || announced != nil || openedOn != nil { return true }
        return status.map { !Self.ends.contains($0) } ?? false
    }

    private static let joined: SQL = " FROM due JOIN ticket ON ticket.entity = due.entity WHERE 1 = 1"
    private static let byNumber: SQL = " FROM ticket INDEXED BY ticket_number WHERE 1 = 1"

    /// Only the conditions that were asked for, so that each is answered from an index where there is one.
    /// - Parameter byNumber: whether tickets are to be met in the order of their numbers; of what is not narrow only.
    func filter(
        in store: SiteStore, byNumber: Bool = false
    ) throws -> (sql: SQL, values: [(any SQLiteBindable)?]) {
        let all: SQL = byNumber ? Self.byNumber : " FROM ticket WHERE 1 = 1"
        var sql = asksForDue ? Self.joined : all
        var values: [(any SQLiteBindable)?] = []
        if let standing {
            let condition = standing.condition(at: now, heard: try heard(in: store))
            sql = sql + " AND " + condition.sql
            values += condition.values
        }
        // Of all tickets of a branch, the index of branches would have each looked at.
        let ofHome: SQL = asksForBoard || standing != nil ? " AND +ticket.home = ?" : " AND ticket.home = ?"
        let conditions: [(SQL, String?)] = [
            (" AND state = ?", state), (" AND type = ?", type), (ofHome, home),
            (" AND category = ?", category), (" AND source = ?", source), (" AND number = ?", number),
            (" AND department = ?", department), (" AND transfer_to = ?", offered),
        ]
        for (condition, value) in conditions {
            guard let value else { continue }
            sql = sql + condition
            values.append(value)
        }
        if let status {
            // Most tickets have come to an end: these are met in the list's own order. Few have not.
            sql =
                sql
                + (Self.ends.contains(status)
                    ? " AND EXISTS (SELECT 1 FROM board WHERE board.entity = ticket.entity AND status = ?)"
                    : " AND ticket.entity IN (SELECT entity FROM board WHERE status = ?"
                        + " AND status NOT IN ('closed', 'rejected', 'cancelled'))")
            values.append(status)
        }
        if let assignee {
            sql = sql + " AND ticket.entity IN (SELECT entity FROM board WHERE assignee = ? AND closed_day IS NULL)"
            values.append(assignee)
        }
        if let customer {
            sql = sql + " AND customer = ?"
            values.append(customer.bytes)
        }
        if hasConflicts { sql = sql + " AND conflicts > 0" }
        if isOpen { sql = sql + " AND ticket.entity IN (SELECT entity FROM board WHERE closed_day IS NULL)" }
        if let closedOn {
            sql = sql + " AND ticket.entity IN (SELECT entity FROM board WHERE closed_day = ?)"
            values.append(closedOn)
        }
        if let openedOn {
            sql = sql + " AND opened >= ? AND opened < ?"
            let start = openedOn * BoardRow.dayMilliseconds - Int64(zoneMinutes) * 60_000
            values += [start, start + BoardRow.dayMilliseconds]
        }
        if let attention { sql = sql + " AND ticket.entity IN (" + attention.entities + ")" }
        if let hit = announced?.entities {
            sql = sql + " AND ticket.entity IN (" + hit.sql + ")"
            values += hit.values
        }
        return (sql, values)
    }

    /// How many tickets there are on all pages: from counters, where the query asks for nothing that has none.
    public func count(in store: SiteStore) throws -> Int {
        if let counted = try counted(in: store) { return counted }
        let filter = try filter(in: store)
        return try store.database.first("SELECT count(*)" + filter.sql, values: filter.values) { $0.int(0) } ?? 0
    }

    /// Of each branch that is asked for, up to when the hub has heard it, where that is asked.
    private func heard(in store: SiteStore) throws -> [(home: String, time: Int64)] {
        guard standing == .unconfirmed else { return [] }
        return try BoardFigures.heard(in: store).filter { home == nil || $0.home == home }
    }

    private func counted(in store: SiteStore) throws -> Int? {
        guard customer == nil, !hasConflicts, attention == nil, announced == nil, openedOn == nil,
            [state, type, category, source, number, assignee, offered].allSatisfy({ $0 == nil })
        else { return nil }
        if asksForDue {
            guard status == nil, department != "", !asksForBoard else { return nil }
            if standing == .unconfirmed {
                guard department == nil else { return nil }
                return try heard(in: store).reduce(0) { count, one in
                    try count
                        + DueCounter.count(of: one.home, after: one.time, upTo: now, in: store.database)
                }
            }
            let shares = try DueCounter.shares(in: store.database, at: now).filter { share in
                (home == nil || share.home == home) && (department == nil || share.department == department)
            }
            switch standing {
            case nil: return shares.reduce(0) { $0 + $1.open }
            case .unconfirmed: return nil
            case .overdue: return shares.reduce(0) { $0 + $1.overdue }
            case .atRisk: return shares.reduce(0) { $0 + $1.atRisk }
            case .paused: return shares.reduce(0) { $0 + $1.paused }
            }
        }
        if asksForBoard {
            guard status == nil, !(isOpen && closedOn != nil) else { return nil }
            guard let closedOn else { return try TicketTotals.open(of: home, in: store.database) }
            return try TicketTotals.count(closedOn: closedOn, of: home, in: store.database)
        }
        guard let status else { return try TicketTotals.count(of: home, in: store.database) }
        return home == nil ? try TicketTotals.count(status: status, in: store.database) : nil
    }

    /// - Returns: the page, and the place to go on from if there is more.
    public func page(in store: SiteStore) throws -> (rows: [EntityRow], next: Place?) {
        let limit = min(max(1, limit), Self.limitMax)
        var (sql, values) = try filter(in: store)
        if let after {
            sql = sql + (order == .due ? Self.afterDue : " AND (opened, ticket.entity) < (?, ?)")
            values += [after.opened, after.number]
        }
        let places = try store.database.all(
            order == .due ? Self.byDue(sql) : Self.byOpened(sql), values: values + [Int64(limit + 1)]
        ) { Place(opened: $0.int64(0), number: $0.int64(1), order: order) }
        let rows = try places.prefix(limit).map { try store.row(number: $0.number) }
        return (rows, places.count > limit ? places[limit - 1] : nil)
    }

    private static func byOpened(_ sql: SQL) -> SQL {
        "SELECT opened, ticket.entity" + sql + " ORDER BY opened DESC, ticket.entity DESC LIMIT ?"
    }

    private static func byDue(_ sql: SQL) -> SQL {
        "SELECT " + DueStanding.due + ", due.entity" + sql + " ORDER BY " + DueStanding.due + ", due.entity LIMIT ?"
    }

    private static let afterDue: SQL = " AND (" + DueStanding.due + ", due.entity) > (?, ?)"
}
