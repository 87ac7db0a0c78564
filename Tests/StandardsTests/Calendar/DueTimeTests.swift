import Testing

@testable import Standards

@Suite("Due times")
struct DueTimeTests {
    private static let zone = CalendarSamples.zone
    private let calendar = CalendarSamples.calendar

    struct Example: Sendable, CustomTestStringConvertible {
        let limit: TimeLimit
        let from: String
        var pauses: [(String, String?)] = []
        /// Nil while the clock stands still.
        let due: String?
        var isProvisional = false

        var testDescription: String { "\(limit.value) \(limit.unit) from \(from)" }
    }

    static let examples = [
        Example(limit: TimeLimit(.naturalHours, 48), from: "2026-02-13 16:30", due: "2026-02-15 16:30"),
        Example(
            limit: TimeLimit(.naturalHours, 2), from: "2026-02-13 16:30",
            pauses: [("2026-02-13 17:00", "2026-02-14 09:00")], due: "2026-02-14 10:30"),
        // The day on which it begins does not count.
        Example(limit: TimeLimit(.naturalDays, 15), from: "2026-02-13 16:30", due: "2026-03-01 00:00"),
        Example(limit: TimeLimit(.naturalDays, 1), from: "2026-02-13 00:00", due: "2026-02-15 00:00"),
        // A pause of half a day puts it off by a whole one: what is counted in days ends with a day.
        Example(
            limit: TimeLimit(.naturalDays, 1), from: "2026-02-13 08:00",
            pauses: [("2026-02-14 08:00", "2026-02-14 20:00")], due: "2026-02-16 00:00"),
        // 14 February is a Saturday that is worked; then all are free up to the 23rd.
        Example(limit: TimeLimit(.workingDays, 1), from: "2026-02-13 23:59", due: "2026-02-15 00:00"),
        Example(limit: TimeLimit(.workingDays, 2), from: "2026-02-13 23:59", due: "2026-02-25 00:00"),
        Example(limit: TimeLimit(.workingHours, 3), from: "2026-02-14 16:30", due: "2026-02-24 10:30"),
        Example(limit: TimeLimit(.workingHours, 4), from: "2026-02-13 09:00", due: "2026-02-13 14:30"),
        Example(limit: TimeLimit(.workingHours, 3), from: "2026-02-13 09:00", due: "2026-02-13 12:00"),
        Example(
            limit: TimeLimit(.sameDay, 24, cutOff: DayTime(text: "16:00")!), from: "2026-02-13 15:59",
            due: "2026-02-14 00:00"),
        Example(
            limit: TimeLimit(.sameDay, 24, cutOff: DayTime(text: "16:00")!), from: "2026-02-13 16:00",
            due: "2026-02-14 16:00"),
        // The schedule of 2027 is not known yet: that its first day counts as worked is not sure.
        Example(
            limit: TimeLimit(.workingDays, 2), from: "2026-12-30 10:00", due: "2027-01-02 00:00", isProvisional: true),
        Example(limit: TimeLimit(.workingDays, 1), from: "2026-12-30 10:00", due: "2027-01-01 00:00"),
        Example(limit: TimeLimit(.naturalHours, 48), from: "2026-12-31 10:00", due: "2027-01-02 10:00"),
        Example(
            limit: TimeLimit(.workingHours, 8), from: "2026-02-13 09:00", pauses: [("2026-02-13 10:00", nil)],
            due: nil),
        Example(
            limit: TimeLimit(.naturalHours, 8), from: "2026-02-13 09:00", pauses: [("2026-02-13 10:00", nil)],
            due: nil),
    ]

    @Test("each unit counts what it says, around holidays, breaks and pauses", arguments: examples)
    func due(_ example: Example) {
        let pauses = example.pauses.map {
            Pause(from: CalendarSamples.instant($0.0), to: $0.1.map(CalendarSamples.instant))
        }
        let due = calendar.due(
            of: example.limit, from: CalendarSamples.instant(example.from), pauses: pauses, in: Self.zone)
        let expected = example.due.map {
            DueTime(milliseconds: CalendarSamples.instant($0), isProvisional: example.isProvisional)
        }
        #expect(due == expected)
    }

    @Test("what was provisional is settled by the announcement of the year")
    func announced() {
        let start = CalendarSamples.instant("2026-12-30 10:00")
        let newYear = CivilDate(text: "2027-01-01")!
        let announced = CalendarYear(year: 2027, holidays: [newYear], makeUpWorkdays: [], source: "a notice")
        let later = ServiceCalendar(years: calendar.years.map(\.value) + [announced], shifts: calendar.shifts)
        #expect(
            later.due(of: TimeLimit(.workingDays, 2), from: start, in: Self.zone)
                == DueTime(milliseconds: CalendarSamples.instant("2027-01-05 00:00"), isProvisional: false))
    }

    @Test("the strictest of several limits is the one that is due first")
    func strictest() throws {
        let limits = [
            TimeLimit(.naturalHours, 48), TimeLimit(.sameDay, 24, cutOff: DayTime(text: "16:00")!),
            TimeLimit(.workingDays, 1),
        ]
        let early = try #require(
            calendar.strictest(of: limits, from: CalendarSamples.instant("2026-02-13 10:00"), in: Self.zone))
        #expect(early.place == 1)
        #expect(early.due.milliseconds == CalendarSamples.instant("2026-02-14 00:00"))
        let late = try #require(
            calendar.strictest(of: limits, from: CalendarSamples.instant("2026-02-15 17:00"), in: Self.zone))
        #expect(late.place == 1)
        #expect(calendar.strictest(of: [], from: 0, in: Self.zone) == nil)
    }

    @Test("a limit is read at its bounds and refused beyond, and a cut-off belongs to the same day only")
    func limits() {
        func read(_ text: String) -> (TimeLimit?, [Finding]) {
            JSONReader.check(Array(text.utf8), sizeLimit: 1_000, TimeLimit.init(reading:))
        }
        #expect(read(#"{"unit": "naturalHours", "value": 8784}"#).0 == TimeLimit(.naturalHours, 8_784))
        #expect(read(#"{"unit": "workingDays", "value": 400}"#).0 == TimeLimit(.workingDays, 400))
        #expect(
            read(#"{"unit": "sameDay", "cutOff": "16:00", "value": 24}"#).0
                == TimeLimit(.sameDay, 24, cutOff: DayTime(text: "16:00")!))
        for text in [
            #"{"unit": "naturalHours", "value": 8785}"#, #"{"unit": "workingDays", "value": 401}"#,
            #"{"unit": "naturalHours", "value": 0}"#, #"{"unit": "sameDay", "value": 24}"#,
            #"{"unit": "naturalDays", "value": 3, "cutOff": "16:00"}"#, #"{"unit": "hours", "value": 3}"#,
        ] {
            #expect(read(text).0 == nil, "\(text)")
            #expect(!read(text).1.isEmpty, "\(text)")
        }
    }
}
