import Replication

/// One-time links.
extension AccessTables {
    /// Makes a one-time link; one that was made before for the same person is good no longer.
    /// - Parameters:
    ///   - account: nil for one that makes an administrator.
    ///   - now: in milliseconds since 1970.
    /// - Returns: the link's key, which is kept nowhere.
    public func invite(_ account: String?, origin: OriginID, at now: Int64) throws -> String {
        let key = Secrets.hex(Secrets.random(bytes: Invitation.keyBytes))
        try put(
            Invitation(
                digest: Secrets.hash(key), account: account, expires: now + AccessLimits.linkMilliseconds,
                origin: origin))
        return key
    }

    /// Of several links of one person the last made is good.
    public func put(_ invitation: Invitation) throws {
        try removeInvitations(of: invitation.account)
        try database.run(
            "INSERT INTO invitation VALUES (?, ?, ?, ?)", invitation.digest, invitation.account, invitation.expires,
            invitation.origin.raw)
    }

    public func invitation(_ digest: [UInt8]) throws -> Invitation? {
        try database.first("SELECT digest, account, expires, origin FROM invitation WHERE digest = ?", digest) { row in
            Invitation(
                digest: row.blob(0), account: row.textOrNil(1), expires: row.int64(2),
                origin: OriginID(raw: row.uint64(3)))
        }
    }

    public func removeInvitations(of account: String?) throws {
        try database.run("DELETE FROM invitation WHERE account IS ?", account)
    }
}
