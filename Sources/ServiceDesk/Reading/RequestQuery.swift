import Replication
import SQLite

/// A request for something that may happen once, and where its decision stands.
public struct RequestStanding: Sendable {
    /// Requests in one list.
    public static let limitMax = 500

    public enum State: String, Sendable, CaseIterable {
        case open
        /// The hub has taken the key; the answer follows when enough sites have passed the marker.
        case marked
        case granted
        case refused
    }

    /// A place in the list: when it was asked for, and by which origin.
    public struct Cursor: Sendable, Equatable {
        let stamp: UInt64
        let origin: UInt64

        public var text: String { "\(stamp)-\(origin)" }

        public init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let stamp = UInt64(parts[0]), let origin = UInt64(parts[1]) else { return nil }
            self.init(stamp: stamp, origin: origin)
        }

        init(stamp: UInt64, origin: UInt64) {
            self.stamp = stamp
            self.origin = origin
        }
    }

    public let request: OnceRequest
    public let change: Change
    public let row: EntityRow
    public let state: State
    public let answer: Answer?

    /// The requests that this site may see, the oldest first.
    /// - Parameter state: only those that stand so.
    public static func list(
        in store: SiteStore, state: State? = nil, limit: Int = limitMax
    ) throws -> [RequestStanding] {
        try page(in: store, state: state, limit: limit).standings
    }

    /// A page of them.
    /// - Returns: the page, and the place to go on from if there is more.
    public static func page(
        in store: SiteStore, state: State? = nil, limit: Int = limitMax, after: Cursor? = nil
    ) throws -> (standings: [RequestStanding], next: Cursor?) {
        var sql = selection + condition(state)
        var values: [(any SQLiteBindable)?] = []
        if let after {
            sql = sql + " AND (log.stamp, request.origin) > (?, ?)"
            values += [after.stamp, after.origin]
        }
        let places = try store.database.all(
            sql + " ORDER BY log.stamp, request.origin LIMIT ?", values: values + [Int64(limit + 1)], map: place)
        let standings = try places.prefix(limit).compactMap { try standing($0, in: store) }
        return (standings, places.count > limit ? places[limit - 1].cursor : nil)
    }

    /// How many there are on all pages.
    public static func count(in store: SiteStore, state: State? = nil) throws -> Int {
        try store.database.first("SELECT count(*)" + tables + condition(state)) { $0.int(0) } ?? 0
    }

    /// One request; nil if this site holds none of that name.
    public static func find(_ reference: ChangeReference, in store: SiteStore) throws -> RequestStanding? {
        let found = try store.database.first(
            selection + " WHERE request.origin = ? AND request.sequence = ?", reference.origin.raw, reference.sequence,
            map: place)
        return try found.flatMap { try standing($0, in: store) }
    }

    private struct Place {
        let reference: ChangeReference
        let entity: Int64
        let isMarked: Bool
        let stamp: UInt64

        var cursor: Cursor { Cursor(stamp: stamp, origin: reference.origin.raw) }
    }

    private static let selection: SQL =
        "SELECT request.origin, request.sequence, request.entity, once.key IS NOT NULL, log.stamp" + tables

    private static let tables: SQL = """
         FROM request JOIN origin ON origin.id = request.origin
        JOIN log ON log.origin = origin.number AND log.sequence = request.sequence
        LEFT JOIN once ON once.request_origin = request.origin AND once.request_sequence = request.sequence
        """

    private static func condition(_ state: State?) -> SQL {
        switch state {
        case nil: " WHERE 1 = 1"
        case .open?: " WHERE request.outcome IS NULL AND once.key IS NULL"
        case .marked?: " WHERE request.outcome IS NULL AND once.key IS NOT NULL"
        case .granted?: " WHERE request.outcome = 1"
        case .refused?: " WHERE request.outcome = 2"
        }
    }

    private static func place(_ row: Row) -> Place {
        Place(
            reference: ChangeReference(origin: OriginID(raw: row.uint64(0)), sequence: row.uint64(1)),
            entity: row.int64(2), isMarked: row.bool(3), stamp: row.uint64(4))
    }

    private static func standing(_ place: Place, in store: SiteStore) throws -> RequestStanding? {
        let row = try store.row(number: place.entity)
        guard let asked = row.state.requests.first(where: { $0.by == place.reference }),
            let change = try store.entry(of: place.reference)?.change
        else { return nil }
        let answer = row.state.answer(to: place.reference)
        let state: State =
            switch answer?.outcome {
            case .granted?: .granted
            case .refused?: .refused
            case nil: place.isMarked ? .marked : .open
            }
        return RequestStanding(request: asked.request, change: change, row: row, state: state, answer: answer)
    }
}
