/// One site of a province: its hub or a branch.
public struct TopologySite: Hashable, Sendable {
    /// Such as `nx-yinchuan`; the same in every file, flag and message.
    public let id: String
    public let role: SiteRole
    /// The administrative division, six digits (GB/T 2260).
    public let divisionCode: String
    public let name: LocalText
    /// Degrees east.
    public let longitude: Double
    /// Degrees north.
    public let latitude: Double
    public let staff: Staffing
    /// The line to the hub. Every branch has one; the hub may state its own access line.
    public let link: LinkProfile?
    /// What this site's ticket numbers begin with; unique in the province.
    public let ticketLetters: String

    public init(
        id: String, role: SiteRole, divisionCode: String, name: LocalText, longitude: Double, latitude: Double,
        staff: Staffing, link: LinkProfile?, ticketLetters: String
    ) {
        self.id = id
        self.role = role
        self.divisionCode = divisionCode
        self.name = name
        self.longitude = longitude
        self.latitude = latitude
        self.staff = staff
        self.link = link
        self.ticketLetters = ticketLetters
    }
}
