import Replication

/// One sign-in that goes on. Its token is known to the browser alone; here is only its digest.
public struct AccountSession: Equatable, Sendable {
    /// SHA-256 of the token.
    public let digest: [UInt8]
    public let account: String
    /// Of the database's life in which it began: a database that was restored, put back or promoted has another, so
    /// that nobody goes on with what was signed out since.
    public let origin: OriginID
    /// In milliseconds since 1970.
    public let made: Int64
    public var seen: Int64

    public init(digest: [UInt8], account: String, origin: OriginID, made: Int64, seen: Int64) {
        self.digest = digest
        self.account = account
        self.origin = origin
        self.made = made
        self.seen = seen
    }

    public func hasEnded(at now: Int64) -> Bool {
        now >= seen + AccessLimits.idleMilliseconds || now >= made + AccessLimits.sessionMilliseconds
    }
}
