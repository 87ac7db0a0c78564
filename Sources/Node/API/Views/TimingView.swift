import Replication
import ServiceDesk
import Standards

/// The clocks of a ticket, each with why it is due when it is; and who had it for how long.
struct TimingView {
    let timing: TicketTiming
    let wording: Wording
    /// Province time, in milliseconds.
    let now: Int64

    var clocks: JSONValue { .array(timing.readings.map(clock)) }

    var holdings: JSONValue {
        .array(
            timing.course.holdings.map { holding in
                var members: [String: JSONValue] = [
                    "from": wording.time(holding.from), "to": holding.to.map(wording.time) ?? .null,
                    "milliseconds": holding.to.map { .integer($0 - holding.from) } ?? .null,
                ]
                if let department = holding.department { members["department"] = .string(department) }
                if let person = holding.person { members["person"] = .string(person) }
                return .object(members)
            })
    }

    private func clock(_ reading: ClockReading) -> JSONValue {
        let isOverdue = reading.isOverdue(at: now)
        var members: [String: JSONValue] = [
            "clock": .string(reading.kind.rawValue), "standing": .string(reading.standing(at: now).rawValue),
            "startedAt": wording.time(reading.started), "stoppedAt": reading.stopped.map(wording.time) ?? .null,
            "dueAt": reading.due.map { wording.time($0.milliseconds) } ?? .null, "overdue": .bool(isOverdue),
            "atRisk": .bool(reading.isAtRisk(at: now)),
            "provisional": .bool(reading.due?.isProvisional ?? false),
            "pauses": .array(reading.stills.map(pause)),
            "why": .array(reading.lines.enumerated().map { line($1, isDecisive: $0 == 0) }),
        ]
        if let step = reading.step { members["step"] = .string(step) }
        if let field = reading.field { members["field"] = .string(field) }
        let before = timing.provisionally(reading)
        if !before.isEmpty { members["provisionally"] = .array(before.map(provisional)) }
        if isOverdue { members["unconfirmed"] = .bool(!timing.isConfirmed(reading, at: now)) }
        if let version = timing.calendarVersion { members["calendar"] = .string(version) }
        return .object(members)
    }

    private func provisional(_ before: TicketTiming.ProvisionalDue) -> JSONValue {
        ["dueAt": wording.time(before.due.milliseconds), "calendar": .string(before.calendar)]
    }

    private func pause(_ still: ClockReading.Still) -> JSONValue {
        [
            "from": wording.time(still.pause.from), "to": still.pause.to.map(wording.time) ?? .null,
            "state": .string(still.state), "reason": still.reason.map { .string($0) } ?? .null,
        ]
    }

    private func line(_ line: ClockReading.Line, isDecisive: Bool) -> JSONValue {
        [
            "limit": .string(line.rule.id), "name": line.rule.name.json, "time": .string(line.limit.description),
            "source": .string(line.rule.source.rawValue), "reference": .string(line.rule.reference),
            "confidence": .string(line.rule.confidence.rawValue),
            "dueAt": line.due.map { wording.time($0.milliseconds) } ?? .null,
            "provisional": .bool(line.due?.isProvisional ?? false), "decides": .bool(isDecisive),
        ]
    }
}
