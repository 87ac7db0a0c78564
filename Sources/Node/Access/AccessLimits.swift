/// The limits of accounts, sessions and tokens.
public enum AccessLimits {
    /// Characters of the name of an account or a token: those of a person in a roster.
    public static let nameLength = 64
    public static let passwordBytes = 8...256
    public static let accounts = 500
    /// Sessions of one account; the one used longest ago ends when there is one more.
    public static let sessionsOfAccount = 10
    public static let apiTokens = 100
    /// Rows of the record of sign-ins; the oldest go.
    public static let signInsKept = 10_000
    /// Bytes of the bodies that anybody may send: a name, a key and a password.
    public static let openBodyBytes = 4 << 10
    /// Requests of one address that nobody has signed yet, and that are under way at once.
    public static let openRequestsOfAddress = 8
    /// Requests of one session's account or of one token that are under way at once: some pages with their streams.
    public static let requestsOfHolder = 64
    /// Passwords that wait to be hashed, the one in work included: at about 25 ms each, some 0.8 s.
    public static let hashesWaiting = 32
    /// A session that was not used for so long has ended: 12 hours.
    public static let idleMilliseconds: Int64 = 12 * 3_600_000
    /// A session ends after so long however it is used: 7 days.
    public static let sessionMilliseconds: Int64 = 7 * 24 * 3_600_000
    /// A session's last use is written down at most so often: 5 minutes.
    public static let seenMilliseconds: Int64 = 5 * 60_000
    /// A one-time link is good for so long: 24 hours.
    public static let linkMilliseconds: Int64 = 24 * 3_600_000
}
