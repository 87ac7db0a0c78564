import Replication
import SQLite

/// Which tickets a list shows: newest first, page by page.
public struct TicketQuery: Sendable {
    /// Tickets on one page.
    public static let limitMax = 500

    /// A place in the list: opened, then the row's own number, so that no ticket is shown twice or left out while others
    /// come in.
    public struct Place: Sendable, Equatable {
        public let opened: Int64
        public let number: Int64

        public init(opened: Int64, number: Int64) {
            self.opened = opened
            self.number = number
        }

        public var text: String { "\(opened)-\(number)" }

        public init?(_ text: String) {
            let parts = text.split(separator: "-")
            guard parts.count == 2, let opened = Int64(parts[0]), let number = Int64(parts[1]) else { return nil }
            self.init(opened: opened, number: number)
        }
    }

    public var state: String?
    public var type: String?
    public var home: String?
    public var category: String?
    public var source: String?
    public var number: String?
    public var hasConflicts = false
    public var limit = 50
    public var after: Place?

    public init() {}

    private static let filter: SQL = """
         FROM ticket WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR type = ?2) AND (?3 IS NULL OR home = ?3)
        AND (?4 IS NULL OR category = ?4) AND (?5 IS NULL OR source = ?5) AND (?6 IS NULL OR number = ?6)
        AND (?7 = 0 OR conflicts > 0)
        """

    private var values: [(any SQLiteBindable)?] {
        [state, type, home, category, source, number, hasConflicts]
    }

    public func count(in store: SiteStore) throws -> Int {
        try store.database.first("SELECT count(*)" + Self.filter, values: values) { $0.int(0) } ?? 0
    }

    /// - Returns: the page, and the place to go on from if there is more.
    public func page(in store: SiteStore) throws -> (rows: [EntityRow], next: Place?) {
        let limit = min(max(1, limit), Self.limitMax)
        let places = try store.database.all(
            "SELECT opened, entity" + Self.filter + """
                 AND (?8 IS NULL OR (opened, entity) < (?8, ?9)) ORDER BY opened DESC, entity DESC LIMIT ?10
                """, values: values + [after?.opened, after?.number, Int64(limit + 1)]
        ) { Place(opened: $0.int64(0), number: $0.int64(1)) }
        let rows = try places.prefix(limit).map { try store.row(number: $0.number) }
        return (rows, places.count > limit ? places[limit - 1] : nil)
    }
}
