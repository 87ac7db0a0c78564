/// Where a site's comparison with the hub stands; kept in the database, so that it goes on after a restart.
public enum ComparingStage: Int64, Sendable {
    /// There is nothing to compare.
    case none = 0
    /// The hub is to be told of a new origin first, if there is one.
    case due = 1
    /// What the site wrote under each of its origins is held against what the hub holds of it.
    case streams = 2
    /// The sums of all buckets are sent.
    case buckets = 3
    /// Buckets that differ are listed, entity by entity.
    case listing = 4
    /// What the hub lacks is sent back.
    case returning = 5
    /// The hub lets enter, or withdraws, what still differs.
    case levelling = 6
    /// The hub is told that all has been compared.
    case finishing = 7
}
