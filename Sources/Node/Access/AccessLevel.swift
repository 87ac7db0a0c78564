/// Which routes an account may use; each level includes the ones before.
///
/// What a person may do to a ticket is another matter: the site's roster says it.
public enum AccessLevel: String, CaseIterable, Comparable, Sendable {
    /// Reads.
    case observer
    /// Works on tickets.
    case clerk
    /// Decides: reviews, allowances, overlays, imports, exports of whole tables, rosters; at the hub also over what
    /// branches have.
    case supervisor
    /// Accounts, tokens, sites, standards, backups, verification.
    case administrator

    public static func < (first: AccessLevel, second: AccessLevel) -> Bool { first.rank < second.rank }

    private var rank: Int {
        switch self {
        case .observer: 0
        case .clerk: 1
        case .supervisor: 2
        case .administrator: 3
        }
    }
}
