import Standards

/// Moments of a run as a clock on the province's wall shows them.
struct ReportClock {
    private static let weekdaysZh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    private static let weekdaysEn = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let weekdaysLong = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// A blank at which no line breaks.
    private static let tie = "\u{A0}"

    /// The start on the province's wall clock, in milliseconds since its own 1970.
    let localStart: Int64

    init(_ outcome: Outcome) { localStart = outcome.starts + Int64(outcome.zoneMinutes) * 60_000 }

    /// `6月8日 周一 09:40` and `Mon 8 Jun 09:40`.
    func moment(_ time: VirtualTime) -> Words {
        guard let civil = civil(time) else { return Words(DurationText.clock(time)) }
        return dayAndMonth(civil.date) + "\(Self.tie)\(clock(civil))"
    }

    /// `周一 8 09:40` and `Mon 8 09:40`, where little room is.
    func shortTime(_ time: VirtualTime) -> Words { shortDay(time) + " \(timeOfDay(time))" }

    /// `周一 09:40` and `Monday 09:40`.
    func weekday(_ time: VirtualTime) -> Words {
        guard let civil = civil(time) else { return Words(DurationText.clock(time)) }
        let index = civil.date.weekday
        return Words(zh: Self.weekdaysZh[index], en: Self.weekdaysLong[index]) + "\(Self.tie)\(clock(civil))"
    }

    /// `2026-06-08`, or nothing in a year that no calendar has.
    func date(_ time: VirtualTime) -> String { civil(time)?.date.description ?? "" }

    /// `09:40`.
    func timeOfDay(_ time: VirtualTime) -> String { civil(time).map(clock) ?? DurationText.clock(time) }

    /// `周一 8` and `Mon 8`, for the foot of a picture.
    func shortDay(_ time: VirtualTime) -> Words {
        guard let date = civil(time)?.date else { return Words(DurationText.clock(time)) }
        let index = date.weekday
        return Words(zh: "\(Self.weekdaysZh[index]) \(date.day)", en: "\(Self.weekdaysEn[index]) \(date.day)")
    }

    /// `6月8日` and `8 Jun`.
    func shortDate(_ time: VirtualTime) -> Words {
        guard let date = civil(time)?.date else { return Words(DurationText.clock(time)) }
        return Words(zh: "\(date.month)月\(date.day)日", en: "\(date.day) \(Self.months[date.month - 1])")
    }

    /// Whether a week begins on the day of this moment.
    func isMonday(_ time: VirtualTime) -> Bool { civil(time).map { $0.date.weekday == 0 } ?? false }

    private func civil(_ time: VirtualTime) -> CivilTime? {
        CivilTime(localMilliseconds: localStart + time.milliseconds)
    }

    private func clock(_ civil: CivilTime) -> String {
        "\(civil.hour < 10 ? "0" : "")\(civil.hour):\(civil.minute < 10 ? "0" : "")\(civil.minute)"
    }

    private func dayAndMonth(_ date: CivilDate) -> Words {
        let index = date.weekday
        return Words(
            zh: "\(date.month)月\(date.day)日 \(Self.weekdaysZh[index])",
            en: "\(Self.weekdaysEn[index]) \(date.day) \(Self.months[date.month - 1])")
    }
}
