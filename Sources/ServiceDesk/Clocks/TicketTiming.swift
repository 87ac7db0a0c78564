import Replication
import Standards

/// The clocks of a ticket as one site knows them.
public struct TicketTiming: Sendable {
    /// When something was due by a calendar that did not have all its years yet.
    public struct ProvisionalDue: Equatable, Sendable {
        /// The version of the standard whose calendar it was.
        public let calendar: String
        public let due: DueTime
    }

    private struct Past {
        let version: String
        let readings: [ClockReading]
        /// When another calendar took its place.
        var until: Int64
    }

    public let course: TicketCourse
    public let readings: [ClockReading]
    /// Whether the work is done, or will not be: then no clock of the ticket's counts any more.
    public let isOver: Bool
    /// The version of the standard whose calendar was counted by; nil without one.
    public let calendarVersion: String?
    /// The sites of which the hub may not have heard all: up to when it has.
    private let heard: [SiteID: Int64]
    /// The clocks by each calendar that was in force before this one, the earliest first.
    private let past: [Past]

    /// - Returns: nil while the standard that the ticket was opened under is not here.
    public init?(of row: EntityRow, in store: SiteStore, shelf: PackShelf, at now: Int64) throws {
        try self.init(
            of: row.state, store.changes(of: row.number), on: TimingBasis(store, shelf: shelf, at: now), withPast: true)
    }

    /// The same for one of many.
    /// - Parameters:
    ///   - state: what its changes make of it.
    ///   - changes: those that have effect here, in any order.
    ///   - withPast: whether it is told too what was due before the calendar of now.
    init?(of state: EntityState, _ changes: [Change], on basis: TimingBasis, withPast: Bool = false) throws {
        guard let standing = try basis.standing(of: state) else { return nil }
        // The latest calendar counts for every ticket: a year may have been announced since.
        let holder = basis.latest?.calendar == nil ? standing.pack : basis.latest
        calendarVersion = holder?.calendar == nil ? nil : holder?.version
        let grade = try basis.grade(of: state, basis.latest?.customers ?? standing.pack.customers)
        let course = TicketCourse(
            of: changes, type: standing.type, pack: standing.pack, customerGrade: grade)
        self.course = course
        let home = state[TicketField.home].textValue.map { SiteID($0) }
        let overlay = try home.flatMap { try basis.overlay(of: $0, at: course.opened) }
        let clocks = TicketClocks(
            course: course, type: standing.type, pack: standing.pack, state: state, overlay: overlay ?? BranchOverlay(),
            customerGrade: grade, limits: standing.limits)
        let readings = clocks.readings(in: holder?.calendar)
        self.readings = readings
        isOver = clocks.isOver && !readings.contains { $0.kind == .report && $0.stopped == nil }
        past =
            try withPast && readings.contains(where: \.countsWorkdays)
            ? Self.past(
                of: clocks, before: holder?.calendar,
                basis.shelf.inForce(from: course.opened, to: basis.now, in: basis.store))
            : []
        heard = try basis.heard()
    }

    /// - Parameter standards: those that have been in force since the ticket was opened, the earliest first.
    private static func past(
        of clocks: TicketClocks, before current: ServiceCalendar?, _ standards: [(effective: Int64, pack: StandardPack)]
    ) -> [Past] {
        var found: [Past] = []
        var last: ServiceCalendar?
        for (effective, standard) in standards {
            let calendar = standard.calendar ?? clocks.pack.calendar
            guard let calendar, calendar != last else { continue }
            last = calendar
            if !found.isEmpty { found[found.count - 1].until = effective }
            found.append(Past(version: standard.version, readings: clocks.readings(in: calendar), until: .max))
        }
        if last == current { found = found.dropLast() }
        return found
    }

    /// The times at which a clock was due provisionally before its years were announced, the earliest calendar first;
    /// empty where it never was, or still is as it was.
    public func provisionally(_ reading: ClockReading) -> [ProvisionalDue] {
        var found: [ProvisionalDue] = []
        // A calendar that had gone when the clock began was never counted by.
        for before in past where before.until > reading.started {
            let then = before.readings.first {
                $0.kind == reading.kind && $0.step == reading.step && $0.field == reading.field
            }
            guard let due = then?.due, due.isProvisional, due != found.last?.due else { continue }
            found.append(ProvisionalDue(calendar: before.version, due: due))
        }
        if let due = reading.due, due == found.last?.due { found.removeLast() }
        return found
    }

    /// Whether a clock's time is over and nothing that is still under way can change that: every site that could have
    /// written to the ticket has declared that all up to then is with the hub.
    public func isConfirmed(_ reading: ClockReading, at now: Int64) -> Bool {
        guard let due = reading.due, reading.isOverdue(at: now) else { return false }
        return course.sites.allSatisfy { (heard[$0] ?? .max) >= due.milliseconds }
    }
}
