import Replication
import SQLite

/// The requests of an export, in the order of their tickets' numbers. They are few beside the tickets, and are found in
/// one go.
struct RequestPlaces {
    struct Place {
        /// The ticket.
        let entity: Int64
        let reference: ChangeReference
        /// Whether the hub has taken the key.
        let isMarked: Bool
        /// What the hub's outbox says of it; nil where nothing is to be done, or this is not the hub.
        let effect: Effect.State?
    }

    private let query: TicketQuery
    private var places: ArraySlice<Place>?

    init(_ query: TicketQuery) { self.query = query }

    /// The next request; nil when there is none.
    mutating func next(in store: SiteStore) throws -> Place? {
        if places == nil { places = ArraySlice(try Self.all(query, in: store)) }
        return places?.popFirst()
    }

    private static func all(_ query: TicketQuery, in store: SiteStore) throws -> [Place] {
        let (condition, values) = try query.filter(in: store)
        let sql = head + "(SELECT number AS label, ticket.entity AS holder" + condition + ")" + joins
        return try store.database.all(
            sql + " ORDER BY label, request.origin, request.sequence", values: values
        ) { row in
            Place(
                entity: row.int64(0),
                reference: ChangeReference(origin: OriginID(raw: row.uint64(1)), sequence: row.uint64(2)),
                isMarked: row.bool(3), effect: row.int64OrNil(4).flatMap { Effect.State(rawValue: $0) })
        }
    }

    private static let head: SQL =
        "SELECT request.entity, request.origin, request.sequence, once.key IS NOT NULL, outbox.state FROM "

    private static let joins: SQL = """
         JOIN request ON request.entity = holder
        LEFT JOIN once ON once.request_origin = request.origin AND once.request_sequence = request.sequence
        LEFT JOIN outbox ON outbox.key = once.key
        """
}
