import SQLite

extension SiteStore {
    /// Every site that the directory names, the hub first, then by identifier.
    public func directory() throws -> [DirectoryEntry] {
        // Written out, since the index on directory entries is used for this very condition.
        let numbers = try database.all("SELECT number FROM entity WHERE kind = 1 ORDER BY number") { $0.int64(0) }
        return try numbers.map { try row(number: $0) }.filter(\.state.exists).map { DirectoryEntry($0.state) }
            .sorted { ($0.isHub ? 0 : 1, $0.site) < ($1.isHub ? 0 : 1, $1.site) }
    }

    /// What the directory says of one site; nil if it does not name it.
    public func directoryEntry(of site: SiteID) throws -> DirectoryEntry? {
        let memo = memo
        if let known = memo?.directory[site] { return known }
        let row = try row(Session.directoryEntity(of: site))
        let entry = row.flatMap { $0.state.exists ? DirectoryEntry($0.state) : nil }
        memo?.directory[site] = .some(entry)
        return entry
    }
}
