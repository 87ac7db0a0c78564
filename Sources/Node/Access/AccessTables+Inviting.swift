import Replication

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
}
