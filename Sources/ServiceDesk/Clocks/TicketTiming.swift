import Replication
import Standards

/// The clocks of a ticket as one site knows them.
public struct TicketTiming: Sendable {
    public let course: TicketCourse
    public let readings: [ClockReading]
    /// Whether the work is done, or will not be: then no clock of the ticket's counts any more.
    public let isOver: Bool
    /// The version of the standard whose calendar was counted by; nil without one.
    public let calendarVersion: String?
    /// The sites of which the hub may not have heard all: up to when it has.
    private let heard: [SiteID: Int64]

    /// - Returns: nil while the standard that the ticket was opened under is not here.
    public init?(of row: EntityRow, in store: SiteStore, shelf: PackShelf, at now: Int64) throws {
        try self.init(of: row.state, store.changes(of: row.number), on: TimingBasis(store, shelf: shelf, at: now))
    }

    /// The same for one of many.
    /// - Parameters:
    ///   - state: what its changes make of it.
    ///   - changes: those that have effect here, in any order.
    init?(of state: EntityState, _ changes: [Change], on basis: TimingBasis) throws {
        guard let standing = try basis.standing(of: state) else { return nil }
        let course = TicketCourse(of: changes, type: standing.type, pack: standing.pack)
        self.course = course
        // The latest calendar counts for every ticket: a year may have been announced since.
        let holder = basis.latest?.calendar == nil ? standing.pack : basis.latest
        calendarVersion = holder?.calendar == nil ? nil : holder?.version
        let home = state[TicketField.home].textValue.map { SiteID($0) }
        let overlay = try home.flatMap { try basis.overlay(of: $0, at: course.opened) }
        let rules = basis.latest?.customers ?? standing.pack.customers
        let clocks = TicketClocks(
            course: course, type: standing.type, pack: standing.pack, state: state, overlay: overlay ?? BranchOverlay(),
            customerGrade: try basis.grade(of: state, rules), limits: standing.limits)
        readings = clocks.readings(in: holder?.calendar)
        isOver = clocks.isOver
        heard = try basis.heard()
    }

    /// Whether a clock's time is over and nothing that is still under way can change that: every site that could have
    /// written to the ticket has declared that all up to then is with the hub.
    public func isConfirmed(_ reading: ClockReading, at now: Int64) -> Bool {
        guard let due = reading.due, reading.isOverdue(at: now) else { return false }
        return course.sites.allSatisfy { (heard[$0] ?? .max) >= due.milliseconds }
    }
}
