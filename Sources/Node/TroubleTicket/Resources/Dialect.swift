/// The edition of the TM Forum Trouble Ticket API (TMF621) that a caller speaks.
enum Dialect: String, Sendable, CaseIterable {
    case v4
    case v5

    /// Where each is served; the first of an edition is the one that links and locations name.
    static let bases: [(dialect: Dialect, base: String)] = [
        (.v5, "/tmf-api/troubleTicket/v5"), (.v5, "/tmf-api/troubleTicketManagement/v5"),
        (.v4, "/tmf-api/troubleTicket/v4"),
    ]

    /// The edition of a path; nil for a path of no edition.
    static func of(path: String) -> Dialect? {
        bases.first { path == $0.base || path.hasPrefix($0.base + "/") }?.dialect
    }
}
