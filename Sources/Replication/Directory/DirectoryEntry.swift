import SQLite

/// A site as the directory has it.
public struct DirectoryEntry: Sendable {
    public let site: SiteID
    public let isHub: Bool
    public let isBranch: Bool
    public let nameZH: String
    public let nameEN: String
    public let divisionCode: String
    public let ticketLetters: String
    /// Whether it has ever announced an origin.
    public let hasJoined: Bool
    public let isRevoked: Bool

    /// - Parameter state: of an entity of kind ``EntityKind/site``.
    public init(_ state: EntityState) {
        site = SiteID(state[SiteField.id].textValue ?? "")
        isHub = state[SiteField.role] == .text("hub")
        isBranch = state[SiteField.role] == .text("branch")
        nameZH = state[SiteField.nameZH].textValue ?? ""
        nameEN = state[SiteField.nameEN].textValue ?? ""
        divisionCode = state[SiteField.divisionCode].textValue ?? ""
        ticketLetters = state[SiteField.ticketLetters].textValue ?? ""
        hasJoined = !state.elements(of: SiteField.origins).isEmpty
        isRevoked = state[SiteField.isRevoked].boolValue ?? false
    }
}

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
