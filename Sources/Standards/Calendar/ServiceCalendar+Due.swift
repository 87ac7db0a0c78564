/// Due times. A limit is an amount of time that counts, and its unit says which time does: the due time is when that
/// amount is used up, pauses left out. What is measured in days ends with a day.
extension ServiceCalendar {
    /// Days that are looked at before a limit counts as never due: a pause may last for years.
    static let daysWalked = 100 * 366

    /// - Parameters:
    ///   - start: when the clock began to run, in milliseconds since 1970-01-01T00:00Z.
    ///   - pauses: in the order of time, none overlapping another.
    ///   - zone: whose days and hours count.
    /// - Returns: nil while the clock stands still before the time is used up.
    public func due(of limit: TimeLimit, from start: Int64, pauses: [Pause] = [], in zone: some ZoneRules) -> DueTime? {
        if limit.unit == .naturalHours || limit.unit == .naturalMinutes {
            let amount = limit.unit == .naturalHours ? limit.value.hours : Int64(limit.value) * 60_000
            var budget = Budget(amount, pauses: pauses.map { $0.from..<($0.to ?? .max) })
            return budget.spend(start..<Int64.max).map { DueTime(milliseconds: $0, isProvisional: false) }
        }
        let local = zone.local(start)
        let standing = pauses.map { zone.local($0.from)..<($0.to.map { zone.local($0) } ?? .max) }
        guard let (end, isProvisional) = localDue(of: limit, from: local, standing),
            let time = CivilTime(localMilliseconds: end)
        else { return nil }
        return DueTime(milliseconds: zone.instantMilliseconds(of: time), isProvisional: isProvisional)
    }

    /// The same in the calendar's own zone.
    public func due(of limit: TimeLimit, from start: Int64, pauses: [Pause] = []) -> DueTime? {
        due(of: limit, from: start, pauses: pauses, in: zone)
    }

    /// The strictest of several limits: the one that is due first.
    /// - Returns: its place in `limits` too; nil while no clock runs out.
    public func strictest(
        of limits: [TimeLimit], from start: Int64, pauses: [Pause] = [], in zone: some ZoneRules
    ) -> (place: Int, due: DueTime)? {
        limits.indices.compactMap { place in
            due(of: limits[place], from: start, pauses: pauses, in: zone).map { (place, $0) }
        }.min { ($0.due.milliseconds, $0.place) < ($1.due.milliseconds, $1.place) }
    }

    private func localDue(
        of limit: TimeLimit, from start: Int64, _ pauses: [Range<Int64>]
    ) -> (end: Int64, isProvisional: Bool)? {
        let tomorrow = start.startOfDay + .day
        switch limit.unit {
        case .naturalMinutes, .naturalHours, .sameDay:
            let isEarly = start - start.startOfDay < limit.cutOff.milliseconds
            var budget = Budget(isEarly ? tomorrow - start : limit.value.hours, pauses: pauses)
            return budget.spend(start..<Int64.max).map { ($0, false) }
        case .naturalDays:
            var budget = Budget(Int64(limit.value) * .day, pauses: pauses)
            return budget.spend(tomorrow..<Int64.max).map { ($0.endOfDay, false) }
        case .workingDays:
            var budget = Budget(Int64(limit.value) * .day, pauses: pauses)
            return walk(from: tomorrow) { day in budget.spend(day..<day + .day)?.endOfDay }
        case .workingHours:
            var budget = Budget(limit.value.hours, pauses: pauses)
            return walk(from: start.startOfDay) { day in
                for shift in shifts {
                    let (from, to) = (max(start, day + shift.from.milliseconds), day + shift.to.milliseconds)
                    if from < to, let end = budget.spend(from..<to) { return end }
                }
                return nil
            }
        }
    }

    /// Goes over the days that are worked until `spend` has used up what there is.
    private func walk(from first: Int64, _ spend: (Int64) -> Int64?) -> (end: Int64, isProvisional: Bool)? {
        var isProvisional = false
        for number in 0..<Self.daysWalked {
            let start = first + Int64(number) * .day
            guard let date = CivilDate(daysSince1970: Int(start / .day)) else { return nil }
            let day = self.day(date)
            if !day.isAnnounced { isProvisional = true }
            if day.isWorked, let end = spend(start) { return (end, isProvisional) }
        }
        return nil
    }
}

/// An amount of time that is used up while nothing stands still.
private struct Budget {
    private var left: Int64
    private let pauses: [Range<Int64>]

    init(_ amount: Int64, pauses: [Range<Int64>]) {
        left = amount
        self.pauses = pauses.filter { !$0.isEmpty }
    }

    /// - Returns: when the amount was used up within a stretch of time; nil if some is left.
    mutating func spend(_ stretch: Range<Int64>) -> Int64? {
        var from = stretch.lowerBound
        for pause in pauses where pause.upperBound > from && pause.lowerBound < stretch.upperBound {
            if let end = use(from, upTo: pause.lowerBound) { return end }
            from = pause.upperBound
        }
        return use(from, upTo: stretch.upperBound)
    }

    private mutating func use(_ from: Int64, upTo to: Int64) -> Int64? {
        guard from < to else { return nil }
        let (length, isEndless) = to.subtractingReportingOverflow(from)
        guard isEndless || length >= left else {
            left -= length
            return nil
        }
        return from + left
    }
}

extension ZoneRules {
    /// What wall clocks show at an instant, as milliseconds since their own 1970-01-01T00:00.
    fileprivate func local(_ instant: Int64) -> Int64 {
        let seconds = instant >= 0 ? instant / 1_000 : (instant - 999) / 1_000
        return instant + Int64(offsetSeconds(at: seconds)) * 1_000
    }
}

extension Int {
    fileprivate var hours: Int64 { Int64(self) * 3_600_000 }
}

extension Int64 {
    fileprivate static let day: Int64 = 86_400_000

    /// Of a local time, also of one before 1970.
    fileprivate var startOfDay: Int64 {
        let rest = self % .day
        return self - (rest < 0 ? rest + .day : rest)
    }

    /// 24:00 of the day that ends with this time or holds it.
    fileprivate var endOfDay: Int64 { startOfDay == self ? self : startOfDay + .day }
}
