import Standards

/// A clock of a ticket, as it stands: since when it runs, when it was still, against which limits, and which of them
/// decides.
public struct ClockReading: Equatable, Sendable {
    /// A limit that applies, and what comes of it: one line of the explanation.
    public struct Line: Equatable, Sendable {
        public let rule: ClockRule
        /// The limit itself, also where the rule takes it from a field.
        public let limit: TimeLimit
        /// Nil while the clock stands still before the time is used up.
        public let due: DueTime?
    }

    /// A time in which the clock stood still, and why.
    public struct Still: Equatable, Sendable {
        public let pause: Pause
        public let state: String
        public let reason: String?
    }

    public enum Standing: String, Sendable {
        case running
        /// It stands still for now.
        case paused
        /// What it measures has happened.
        case stopped
    }

    public let kind: ClockKind
    /// Of a step's clock: which.
    public let step: String?
    /// Of a report's clock: the field that is to be filled in.
    public let field: String?
    /// Milliseconds since 1970.
    public let started: Int64
    /// When what it measures happened; nil while it has not.
    public let stopped: Int64?
    public let stills: [Still]
    /// Every limit that applies, the strictest first.
    public let lines: [Line]

    /// The limit that is due first.
    public var decisive: Line? { lines.first }
    public var due: DueTime? { decisive?.due }

    /// Whether the calendar's days decide when one of its limits is due.
    var countsWorkdays: Bool { lines.contains { $0.limit.unit == .workingDays || $0.limit.unit == .workingHours } }

    public func standing(at now: Int64) -> Standing {
        if stopped != nil { return .stopped }
        let isStill = stills.last.map { $0.pause.from <= now && ($0.pause.to ?? .max) > now } ?? false
        return isStill ? .paused : .running
    }

    /// Whether the time was or is over.
    public func isOverdue(at now: Int64) -> Bool {
        due.map { (stopped ?? now) >= $0.milliseconds } ?? false
    }

    /// Whether so much of the time has gone by that the limit asks for a warning; counted by the clock on the wall.
    public func isAtRisk(at now: Int64) -> Bool {
        stopped == nil && !isOverdue(at: now) && (warnsAt.map { now >= $0 } ?? false)
    }

    /// From when on it does; nil while it is not due at all.
    public var warnsAt: Int64? {
        guard let decisive, let due else { return nil }
        let part = (due.milliseconds - started) * Int64(decisive.rule.warnPercent)
        return started + (part + 99) / 100
    }
}
