/// What a site does by itself, whether or not anybody asks, and how often. A node keeps to it; a rehearsal has settings
/// of its own.
public enum Upkeep {
    /// Between two rounds.
    public static let roundSeconds: Int64 = 60
    /// Entities checked in one round: a hundred thousand take under two hours.
    public static let entitiesInRound = 1_000
    /// A hub looks at its feeds once in so many rounds.
    public static let roundsBetweenFeeds = 60
    /// How long after its start a branch holds what it has against the hub's sums, and how often from then on.
    public static let firstProofMilliseconds: Int64 = 60_000
    public static let proofMilliseconds: Int64 = 6 * 60 * 60 * 1_000
    /// How long after its start a site from which something was erased writes its database anew, and how often at most
    /// from then on: all of it is copied, and nobody writes meanwhile.
    public static let firstRewriteMilliseconds: Int64 = 10 * 60 * 1_000
    public static let rewriteMilliseconds: Int64 = 24 * 60 * 60 * 1_000
}
