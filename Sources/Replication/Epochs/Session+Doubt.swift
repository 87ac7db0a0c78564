extension Session {
    /// An administrator has looked, and lets the hub go on in its epoch. A site that proves the same again stops it
    /// again.
    /// - Parameter reason: what had stopped it.
    public mutating func dismissDoubt(_ reason: String, actor: String, at milliseconds: Int64) throws {
        guard life.isHub, !life.isCopy else {
            throw ReplicationError(
                .refused, "\(life.site) is \(life.isHub ? "a backup" : "a branch"); there is no doubt to dismiss.",
                remedy: life.isHub
                    ? "Make a hub of it: tributary hub restore." : "A branch goes on by itself; nothing is to be done.")
        }
        life.doubt = ""
        try record(
            "doubt dismissed", of: life.site, "\(actor) has looked and lets this hub go on, although \(reason).",
            at: milliseconds)
    }
}
