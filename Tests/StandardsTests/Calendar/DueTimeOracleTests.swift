import Testing

@testable import Standards

/// A second implementation that goes over time in steps of five minutes and knows nothing of stretches and sums.
private struct SteppedClock {
    static let step = 5
    let calendar: ServiceCalendar

    /// All times in minutes of the wall clock since its own 1970-01-01T00:00.
    func due(
        of limit: TimeLimit, from start: Int, pauses: [(from: Int, to: Int)]
    ) -> (minute: Int, isProvisional: Bool) {
        let isInDays = limit.unit == .naturalDays || limit.unit == .workingDays
        let isEarly = limit.unit == .sameDay && start % 1_440 < limit.cutOff.minutes
        let unit = isInDays ? 1_440 : limit.unit == .naturalMinutes ? 1 : 60
        var left = isEarly ? 1_440 - start % 1_440 : limit.value * unit
        var minute = start
        var isProvisional = false
        var today = (number: -1, day: ServiceCalendar.Day(isWorked: false, isAnnounced: true))
        while true {
            if minute / 1_440 != today.number {
                today = (minute / 1_440, calendar.day(CivilDate(daysSince1970: minute / 1_440)!))
            }
            let isOfFirstDay = minute / 1_440 == start / 1_440
            let isOpen = calendar.shifts.contains { ($0.from.minutes..<$0.to.minutes).contains(minute % 1_440) }
            let counts =
                switch limit.unit {
                case .naturalMinutes, .naturalHours, .sameDay: true
                case .naturalDays: !isOfFirstDay
                case .workingDays: !isOfFirstDay && today.day.isWorked
                case .workingHours: today.day.isWorked && isOpen
                }
            let isConsulted = limit.unit == .workingHours || limit.unit == .workingDays && !isOfFirstDay
            if isConsulted && !today.day.isAnnounced { isProvisional = true }
            let isPaused = pauses.contains { ($0.from..<$0.to).contains(minute) }
            minute += Self.step
            guard counts && !isPaused else { continue }
            left -= Self.step
            guard left <= 0 else { continue }
            let isEndOfDay = minute % 1_440 == 0
            return (isInDays && !isEndOfDay ? (minute / 1_440 + 1) * 1_440 : minute, isProvisional)
        }
    }
}

@Suite("Due times, computed a second time")
struct DueTimeOracleTests {
    private static let cases = 10_000

    @Test("ten thousand random starts, limits and pauses are due when counting step by step says")
    func stepByStep() {
        var random = SeededGenerator()
        let seed = random.seed
        let clock = SteppedClock(calendar: CalendarSamples.calendar)
        let first = CalendarSamples.instant("2025-12-20 00:00") / 60_000 + 480
        for number in 0..<Self.cases {
            let start = Int(first) + Int.random(in: 0..<(400 * 288), using: &random) * 5
            let unit = TimeLimit.Unit.allCases.randomElement(using: &random)!
            let isInDays = unit == .naturalDays || unit == .workingDays
            let limit = TimeLimit(
                unit,
                Int.random(in: 1...(isInDays ? 6 : 30), using: &random)
                    * (unit == .naturalMinutes ? SteppedClock.step : 1),
                cutOff: unit == .sameDay ? DayTime(hour: 16, minute: 0)! : .midnight)
            var pauses: [(from: Int, to: Int)] = []
            var end = start - 300
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let from = end + Int.random(in: 0...400, using: &random) * 5
                end = from + Int.random(in: 1...500, using: &random) * 5
                pauses.append((from, end))
            }
            let expected = clock.due(of: limit, from: start, pauses: pauses)
            let found = CalendarSamples.calendar.due(
                of: limit, from: instant(start),
                pauses: pauses.map { Pause(from: instant($0.from), to: instant($0.to)) }, in: CalendarSamples.zone)
            let isEqual =
                found == DueTime(milliseconds: instant(expected.minute), isProvisional: expected.isProvisional)
            #expect(isEqual, "seed \(seed), case \(number): \(limit) from minute \(start), pauses \(pauses)")
            guard isEqual else { return }
        }
    }

    private func instant(_ localMinute: Int) -> Int64 { Int64(localMinute - 480) * 60_000 }
}
