/// Why replication could not do what it was asked: what failed, on what, why, and what to do next.
///
/// Never carries a field's value, a note's text or a customer's name: only identifiers and numbers.
public struct ReplicationError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// The bytes are not what this version writes: torn, flipped, truncated or from a newer version.
        case malformed
        /// A named limit would be passed.
        case oversized
        /// Two histories carry the same numbers: a database was restored or cloned.
        case forked
        /// Another database of the same site has been announced since: this one may send, and is not fed.
        case superseded
        /// The hub was put back behind what it has acknowledged or given out: it does nothing until an administrator
        /// has begun a new epoch.
        case behind
        /// The hub keeps this site's feed no longer: the two have to be compared.
        case feedDropped
        /// A request or batch that is older than one already had.
        case stale
        /// Stamps lie too far in the future.
        case tooFarAhead
        /// The site may not do this.
        case refused
        /// The entity has changed since the author looked (HTTP 412).
        case changedSince
        /// The idempotency key was used for something else (HTTP 422).
        case keyReused
        /// There is no such entity here, or not for this site.
        case notFound
        /// What answers is not the hub that this site follows: nothing of it is believed, and it is asked again.
        case foreign
        /// The hub's clock is not believed: it tells nobody its time, so this is never sent in an answer that does.
        case unsureOfTime
        /// The other end has had too much of this for now; later it takes more.
        case limited
        /// The database holds something that this code does not allow: damage, or a defect of ours.
        case inconsistent
    }

    public let kind: Kind
    /// What failed, on what, and why.
    public let message: String
    /// What to do next.
    public let remedy: String

    public init(_ kind: Kind, _ message: String, remedy: String) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }

    /// Whether doing the same again later may succeed without anybody's help.
    public var isRecoverable: Bool {
        switch kind {
        case .malformed, .stale, .tooFarAhead, .foreign, .limited, .behind, .superseded, .feedDropped,
            .unsureOfTime:
            true
        case .oversized, .forked, .refused, .changedSince, .keyReused, .notFound, .inconsistent: false
        }
    }

    public var description: String { "\(message) \(remedy)" }

    static func malformed(_ message: String) -> ReplicationError {
        ReplicationError(
            .malformed, message, remedy: "Send it again; if it fails twice, compare versions at both ends.")
    }
}
