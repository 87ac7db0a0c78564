/// Finds limits of the province that would let a ticket take longer than regulation does.
///
/// Which of two limits is the longer depends on when the clock starts, so both are computed for starts all over the
/// years that the calendar holds, and any start at which the province's ends later is a finding.
struct LooseLimits {
    let limits: [ClockRule]
    let calendar: ServiceCalendar

    /// A start every seven hours goes through all hours of all days of the week.
    private static let strideHours: Int64 = 7

    func report(to log: FindingLog) {
        for (place, rule) in limits.enumerated() where rule.source == .province {
            guard let own = rule.limit else { continue }
            for other in limits where other.source == .regulation && isWithin(rule, other) {
                guard let regulated = other.limit, let start = looseStart(own, than: regulated) else { continue }
                let text = InstantText.utc(start)
                log.add(
                    "/limits/\(place)/limit",
                    "is looser than the regulation \(Finding.quote(other.id)): from \(text) on it ends later",
                    "make it at most as long")
            }
        }
    }

    /// Whether the regulation applies to every ticket of some type to which the province's limit does. Where it applies
    /// to some of them only, the strictest wins and nothing is loosened.
    private func isWithin(_ own: ClockRule, _ regulation: ClockRule) -> Bool {
        own.clock == regulation.clock && own.measure == regulation.measure && own.until == regulation.until
            && !Set(own.types).isDisjoint(with: regulation.types)
            && own.conditions.imply(regulation.conditions)
            && (regulation.steps.isEmpty || (!own.steps.isEmpty && Set(own.steps).isSubset(of: regulation.steps)))
    }

    /// Whether a limit never ends later than another, whenever it starts.
    func isAtMost(_ one: TimeLimit, _ other: TimeLimit) -> Bool { looseStart(one, than: other) == nil }

    /// Whether it moreover ends earlier for some start.
    func isStricter(_ one: TimeLimit, than other: TimeLimit) -> Bool {
        isAtMost(one, other) && !isAtMost(other, one)
    }

    private func looseStart(_ own: TimeLimit, than regulated: TimeLimit) -> Int64? {
        if own.unit == regulated.unit, own.cutOff == regulated.cutOff {
            return own.value > regulated.value ? first : nil
        }
        var start = first
        while start < end {
            if let due = calendar.due(of: own, from: start),
                let latest = calendar.due(of: regulated, from: start),
                due.milliseconds > latest.milliseconds
            {
                return start
            }
            start += Self.strideHours * 3_600_000
        }
        return nil
    }

    /// The last few years are enough to have met every kind of holiday.
    private var years: [Int] { calendar.years.keys.sorted().suffix(3) }

    private var first: Int64 { Self.beginning(of: years.first ?? 2026) - Int64(calendar.zone.minutes) * 60_000 }

    private var end: Int64 { Self.beginning(of: (years.last ?? 2026) + 1) - Int64(calendar.zone.minutes) * 60_000 }

    private static func beginning(of year: Int) -> Int64 {
        Int64(CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0) * 86_400_000
    }
}
