import Replication
import Standards

/// The clocks of a ticket as one site knows them.
public struct TicketTiming: Sendable {
    public let course: TicketCourse
    public let readings: [ClockReading]
    /// The version of the standard whose calendar was counted by; nil without one.
    public let calendarVersion: String?
    /// The sites of which the hub may not have heard all: up to when it has.
    private let heard: [SiteID: Int64]

    /// - Returns: nil while the standard that the ticket was opened under is not here.
    public init?(of row: EntityRow, in store: SiteStore, shelf: PackShelf, at now: Int64) throws {
        guard let name = row.state[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let pack = try shelf.pack(name, in: store),
            let type = row.state[TicketField.type].textValue.flatMap({ pack.ticketType($0) })
        else { return nil }
        let course = TicketCourse(of: try store.entries(of: row.number).map(\.change), type: type, pack: pack)
        self.course = course
        // The latest calendar counts for every ticket: a year may have been announced since.
        let latest = try shelf.current(in: store, at: now)?.pack
        let holder = latest?.calendar == nil ? pack : latest
        calendarVersion = holder?.calendar == nil ? nil : holder?.version
        let home = row.state[TicketField.home].textValue.map { SiteID($0) }
        let overlay = try home.flatMap { try OverlayBook.overlay(of: $0, at: course.opened, in: store) }
        let grade = try Self.grade(of: row, in: store, latest?.customers ?? pack.customers, at: now)
        readings = TicketClocks(
            course: course, type: type, pack: pack, state: row.state, overlay: overlay ?? BranchOverlay(),
            customerGrade: grade
        ).readings(in: holder?.calendar)
        heard = Dictionary(
            try store.life().isHub ? store.dataAsOf().parts.map { ($0.site, $0.time) } : [],
            uniquingKeysWith: { first, _ in first })
    }

    /// The grade of the ticket's customer, as far as the customer is held here.
    private static func grade(
        of ticket: EntityRow, in store: SiteStore, _ rules: StandardPack.CustomerRules, at now: Int64
    ) throws -> String? {
        guard let id = TicketSummary(ticket).customer, let customer = try store.row(id), customer.state.exists,
            !customer.isWithdrawn
        else { return nil }
        return try CustomerGrading(of: customer, in: store, rules: rules, at: now).grade
    }

    /// Whether a clock's time is over and nothing that is still under way can change that: every site that could have
    /// written to the ticket has declared that all up to then is with the hub.
    public func isConfirmed(_ reading: ClockReading, at now: Int64) -> Bool {
        guard let due = reading.due, reading.isOverdue(at: now) else { return false }
        return course.sites.allSatisfy { (heard[$0] ?? .max) >= due.milliseconds }
    }
}
