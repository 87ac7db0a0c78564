import Replication
import SQLite

/// A request for something that may happen once, and where its decision stands.
public struct RequestStanding: Sendable {
    public enum State: String, Sendable {
        case open
        /// The hub has taken the key; the answer follows when enough sites have passed the marker.
        case marked
        case granted
        case refused
    }

    public let request: OnceRequest
    public let change: Change
    public let row: EntityRow
    public let state: State
    public let answer: Answer?

    /// Every request that this site may see, the oldest first.
    public static func all(in store: SiteStore) throws -> [RequestStanding] {
        let references = try store.database.all(
            "SELECT origin, sequence, entity FROM request ORDER BY entity, origin, sequence"
        ) { (ChangeReference(origin: OriginID(raw: $0.uint64(0)), sequence: $0.uint64(1)), $0.int64(2)) }
        return try references.compactMap { reference, entity in
            let row = try store.row(number: entity)
            guard let asked = row.state.requests.first(where: { $0.by == reference }),
                let change = try store.entry(of: reference)?.change
            else { return nil }
            let answer = row.state.answer(to: reference)
            let isMarked = try store.database.first(
                "SELECT 1 FROM once WHERE request_origin = ? AND request_sequence = ?", reference.origin.raw,
                reference.sequence
            ) { _ in true }
            let state: State =
                switch answer?.outcome {
                case .granted?: .granted
                case .refused?: .refused
                case nil: isMarked == nil ? .open : .marked
                }
            return RequestStanding(request: asked.request, change: change, row: row, state: state, answer: answer)
        }.sorted { $0.change.position < $1.change.position }
    }
}
