import Replication
import Standards

/// Reads the clocks of a ticket: out of its course, the limits of the standard that it was opened under, and a
/// calendar.
public struct TicketClocks: Sendable {
    public let course: TicketCourse
    public let type: TicketType
    /// The standard that the ticket was opened under.
    public let pack: StandardPack
    /// What the ticket's branch had settled for itself when it was opened.
    private let overlay: BranchOverlay
    /// What fields hold now: they decide which limits apply.
    private let values: TicketValues
    /// The same as texts, and the grade of the ticket's customer where the ticket names none. Made once: a reference
    /// to a method would copy all of this for every limit that is looked at.
    private let value: @Sendable (String) -> String?
    /// The pack's that could be for the type.
    private let limits: [ClockRule]
    /// The ticket's category and all above it.
    private let lineage: [String]

    /// - Parameter limits: of the pack those that name the type, from whoever has looked them out already.
    public init(
        course: TicketCourse, type: TicketType, pack: StandardPack, state: EntityState,
        overlay: BranchOverlay = BranchOverlay(), customerGrade: String? = nil, limits: [ClockRule]? = nil
    ) {
        self.limits = limits ?? pack.limits
        lineage = state[TicketField.category].textValue.map { pack.lineage(of: $0) } ?? []
        self.overlay = overlay
        self.course = course
        self.type = type
        self.pack = pack
        let values = TicketValues(state: state)
        self.values = values
        value = { values.text($0) ?? ($0 == TicketCourse.gradeField ? customerGrade : nil) }
    }

    /// The clocks that have a limit, in the order of ``ClockKind``; steps and reports have clocks of their own.
    /// - Parameter calendar: the latest that is known; nil where only natural hours count.
    public func readings(in calendar: ServiceCalendar?) -> [ClockReading] {
        let whole = [ClockKind.response, .update, .solution].compactMap { kind in
            span(of: kind).flatMap { reading(kind, from: $0.from, to: $0.to, in: calendar) }
        }
        let steps = course.steps.compactMap {
            reading(.step, step: $0.step, from: $0.ready, to: $0.done, in: calendar)
        }
        // Nobody waits for the report of a ticket that has ended without one.
        let ended = course.stays.last.flatMap { (type.state($0.state)?.isFinal ?? false) ? $0.from : nil }
        let reports = course.reports.compactMap {
            reading(.report, field: $0.field, from: $0.since, to: $0.filled ?? ended, in: calendar)
        }
        return whole + steps + reports
    }

    private func reading(
        _ kind: ClockKind, step: String? = nil, field: String? = nil, from started: Int64, to stopped: Int64?,
        in calendar: ServiceCalendar?
    ) -> ClockReading? {
        // Looked at where they lie: a rule is large, and most of a pack's are of another clock.
        let rules = limits.indices.filter { place in
            limits[place].clock == kind && limits[place].until == field
                && (limits[place].steps.isEmpty || step.map(limits[place].steps.contains) ?? false)
                && limits[place].applies(to: type.id, lineage: lineage, value)
        }.map { limits[$0] }
        guard !rules.isEmpty else { return nil }
        let stills = stills(of: kind, from: started)
        let calendar = calendar ?? pack.calendar ?? ServiceCalendar(years: [], shifts: [])
        let pauses = stills.map(\.pause)
        var lines = rules.compactMap { rule -> ClockReading.Line? in
            guard let limit = limit(of: rule) else { return nil }
            return ClockReading.Line(
                rule: rule, limit: limit, due: calendar.due(of: limit, from: started, pauses: pauses))
        }
        let local = overlay.limits.isEmpty ? calendar : overlay.calendar(beside: calendar)
        for own in overlay.limits {
            guard let rule = rules.first(where: { $0.id == own.limit }) else { continue }
            lines.append(
                ClockReading.Line(
                    rule: rule.ofBranch(own.time), limit: own.time,
                    due: local.due(of: own.time, from: started, pauses: pauses)))
        }
        guard !lines.isEmpty else { return nil }
        let sorted = lines.enumerated().sorted {
            ($0.element.due?.milliseconds ?? .max, $0.offset) < ($1.element.due?.milliseconds ?? .max, $1.offset)
        }
        return ClockReading(
            kind: kind, step: step, field: field, started: started, stopped: stopped, stills: stills,
            lines: sorted.map(\.element))
    }

    private func limit(of rule: ClockRule) -> TimeLimit? {
        if let limit = rule.limit { return limit }
        let hours = rule.hoursField.flatMap(values.integer)
        guard let hours, (1...Int64(TimeLimit.hourLimit)).contains(hours) else { return nil }
        return TimeLimit(.naturalHours, Int(hours))
    }

    /// From when to when a clock runs, as far as it has.
    private func span(of kind: ClockKind) -> (from: Int64, to: Int64?)? {
        switch kind {
        case .response:
            return (course.opened, course.stays.first { status($0) != .acknowledged }?.from)
        case .solution:
            let ended = course.stays.last.flatMap { isEnd($0) ? endOf(course.stays) : nil }
            return (course.opened, ended)
        case .update:
            // It begins anew with everything that is done, so it cannot have stopped before the ticket has.
            return isOver ? nil : (course.lastDone, nil)
        case .step, .report: return nil
        }
    }

    /// When the last run of states that end the work began: resolved, and then closed.
    private func endOf(_ stays: [TicketCourse.Stay]) -> Int64? {
        let last = stays.reversed().prefix(while: isEnd)
        return last.last?.from
    }

    /// Where the clock stood still: while it waited for the customer, for a reason that stops it, or was resolved
    /// before it was reopened.
    private func stills(of kind: ClockKind, from started: Int64) -> [ClockReading.Still] {
        let final = isOver ? endOf(course.stays) : nil
        return course.stays.compactMap { stay in
            guard (stay.to ?? .max) > started, stands(kind, in: stay), stay.from != final || final == nil else {
                return nil
            }
            if let final, stay.from >= final { return nil }
            let pause = Pause(from: max(stay.from, started), to: stay.to)
            return ClockReading.Still(pause: pause, state: stay.state, reason: stay.reason)
        }
    }

    private func stands(_ kind: ClockKind, in stay: TicketCourse.Stay) -> Bool {
        switch status(stay) {
        case .pending: kind != .response && kind != .report
        case .held: stay.reason.flatMap { pack.procedure.pauseReason($0) }?.stops.contains(kind) ?? false
        case .resolved, .closed, .cancelled, .rejected: kind == .solution
        default: false
        }
    }

    /// Whether the work is done, or will not be.
    var isOver: Bool { course.stays.last.map(isEnd) ?? true }

    private func isEnd(_ stay: TicketCourse.Stay) -> Bool {
        switch status(stay) {
        case .resolved, .closed, .cancelled, .rejected: true
        default: false
        }
    }

    private func status(_ stay: TicketCourse.Stay) -> TicketStatus { type.state(stay.state)?.status ?? .inProgress }

}
