/// A site as the directory has it.
public struct DirectoryEntry: Sendable {
    public let site: SiteID
    public let isHub: Bool
    public let isBranch: Bool
    /// Whether it holds a copy of everything and takes no work.
    public let isStandby: Bool
    public let nameZH: String
    public let nameEN: String
    public let divisionCode: String
    public let ticketLetters: String
    /// Whether it has ever announced an origin.
    public let hasJoined: Bool
    public let isRevoked: Bool

    /// `hub`, `standby` or `branch`.
    public var role: String { isHub ? "hub" : isStandby ? "standby" : "branch" }

    /// - Parameter state: of an entity of kind ``EntityKind/site``.
    public init(_ state: EntityState) {
        site = SiteID(state[SiteField.id].textValue ?? "")
        isHub = state[SiteField.role] == .text("hub")
        isBranch = state[SiteField.role] == .text("branch")
        isStandby = state[SiteField.role] == .text("standby")
        nameZH = state[SiteField.nameZH].textValue ?? ""
        nameEN = state[SiteField.nameEN].textValue ?? ""
        divisionCode = state[SiteField.divisionCode].textValue ?? ""
        ticketLetters = state[SiteField.ticketLetters].textValue ?? ""
        hasJoined = !state.elements(of: SiteField.origins).isEmpty
        isRevoked = state[SiteField.isRevoked].boolValue ?? false
    }
}
