import Replication
import SQLite

/// The requests of an export, in the order of their tickets' numbers, page by page.
struct RequestPlaces {
    struct Place {
        let label: String
        /// The ticket.
        let entity: Int64
        let reference: ChangeReference
        /// Whether the hub has taken the key.
        let isMarked: Bool
        /// What the hub's outbox says of it; nil where nothing is to be done, or this is not the hub.
        let effect: Effect.State?
    }

    private let query: TicketQuery
    private var page: ArraySlice<Place> = []
    private var last: Place?

    init(_ query: TicketQuery) { self.query = query }

    /// The next request; nil when there is none.
    mutating func next(in store: SiteStore) throws -> Place? {
        if page.isEmpty { page = try turn(in: store)[...] }
        guard let place = page.popFirst() else { return nil }
        last = place
        return place
    }

    /// The decisions are looked up a page at a time: nothing finds them by their request.
    private func turn(in store: SiteStore) throws -> [Place] {
        var (condition, values) = try query.filter(in: store)
        condition = Self.head + "(SELECT number AS label, ticket.entity AS holder" + condition + ")" + Self.joins
        if let last {
            condition = condition + " WHERE (label, request.origin, request.sequence) > (?, ?, ?)"
            values += [last.label, last.reference.origin.raw, last.reference.sequence]
        }
        return try store.database.all(
            condition + " ORDER BY label, request.origin, request.sequence LIMIT ?",
            values: values + [Int64(Export.pageTickets)]
        ) { row in
            Place(
                label: row.text(0), entity: row.int64(1),
                reference: ChangeReference(origin: OriginID(raw: row.uint64(2)), sequence: row.uint64(3)),
                isMarked: row.bool(4), effect: row.int64OrNil(5).flatMap { Effect.State(rawValue: $0) })
        }
    }

    private static let head: SQL = """
        SELECT label, request.entity, request.origin, request.sequence, once.key IS NOT NULL, outbox.state FROM
        """

    private static let joins: SQL = """
         JOIN request ON request.entity = holder
        LEFT JOIN once ON once.request_origin = request.origin AND once.request_sequence = request.sequence
        LEFT JOIN outbox ON outbox.key = once.key
        """
}
