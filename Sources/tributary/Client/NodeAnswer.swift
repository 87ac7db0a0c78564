import HTTP
import Standards

/// What a node answered to a request it did not refuse.
struct NodeAnswer: Sendable {
    let status: Int
    /// The body; null when there was none.
    let json: JSONValue
    let headers: Headers

    /// The version of the ticket it shows, to be given back in `If-Match`.
    var etag: String? { headers["etag"] }

    /// Whether a write was known already under its key, so that nothing new was made.
    var isReplayed: Bool { headers["idempotency-replayed"] == "true" }
}
