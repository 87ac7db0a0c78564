import SQLite

extension SiteStore {
    /// At the hub: the sites whose audience is everything. One whose credential was revoked is none.
    public func standbys() throws -> [SiteID] {
        let memo = memo
        if let known = memo?.standbys { return known }
        let found = try database.all("SELECT site FROM peer WHERE is_standby = 1 ORDER BY site") { SiteID($0.text(0)) }
        memo?.standbys = found
        return found
    }

    /// Takes what the directory says of a site. One that has become a standby is told of everything there is.
    func noteStandby(_ site: SiteID, _ isStandby: Bool) throws {
        try database.run(
            "UPDATE peer SET is_standby = ?1, entering = CASE WHEN ?1 THEN 0 END WHERE site = ?2 AND is_standby <> ?1",
            isStandby, site.text)
        memo?.standbys = nil
    }
}
