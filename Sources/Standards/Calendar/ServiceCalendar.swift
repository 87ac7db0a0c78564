/// Which days are worked in a province, and when on each.
///
/// The schedule of a year is announced about November of the year before. Until then its Mondays to Fridays count as
/// worked, and what was computed from them is provisional.
public struct ServiceCalendar: Hashable, Sendable {
    public static let yearLimit = 30
    public static let shiftLimit = 8

    public struct Day: Hashable, Sendable {
        public let isWorked: Bool
        /// Whether the schedule of its year is known.
        public let isAnnounced: Bool
    }

    public let years: [Int: CalendarYear]
    /// In the order of the day, none overlapping another.
    public let shifts: [Shift]
    /// Whose days and hours count.
    public let zone: ZoneOffset

    public init(years: [CalendarYear], shifts: [Shift], zone: ZoneOffset = .chinaStandard) {
        self.zone = zone
        self.years = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { first, _ in first })
        self.shifts = shifts.sorted { $0.from < $1.from }
    }

    public func day(_ date: CivilDate) -> Day {
        guard let year = years[date.year] else { return Day(isWorked: !date.isWeekend, isAnnounced: false) }
        let isWorked =
            date.isWeekend ? year.makeUpWorkdays.contains(date) : !year.holidays.contains(date)
        return Day(isWorked: isWorked, isAnnounced: true)
    }
}

extension ServiceCalendar {
    init?(reading reader: JSONReader) {
        var known: Set<Int> = []
        reader.explain([
            "years": "The years whose schedule has been announced; what reaches beyond them is provisional",
            "shifts": "When people are at work on a day that is worked",
            "zone": "Whose days count; +08:00 when left out",
        ])
        let years = reader.objects("years", count: 1...Self.yearLimit) { CalendarYear(reading: $0, known: &known) }
        let shifts = reader.objects("shifts", count: 1...Self.shiftLimit, read: Shift.init(reading:))
        let ordered = shifts.sorted { $0.from < $1.from }
        for (shift, next) in zip(ordered, ordered.dropFirst()) where next.from < shift.to {
            reader.report(
                "shifts", "has windows that overlap: \(shift.from) to \(shift.to) and \(next.from) to \(next.to)",
                "let each begin when the one before has ended")
        }
        let text = reader.text("zone", .anything(6), .optional)
        let zone = text.map { ZoneOffset($0) } ?? .chinaStandard
        if zone == nil { reader.report("zone", "is no offset from UTC", "write it as +08:00") }
        self.init(years: years, shifts: shifts, zone: zone ?? .chinaStandard)
    }
}
