@testable import Standards

/// The schedule of 2026 as the State Council's notice gives it, and a working day with a break at noon.
enum CalendarSamples {
    static let zone = ZoneOffset(minutes: 480)!

    static let document = """
        {"years": [{"year": 2026, "source": "国务院办公厅关于2026年部分节假日安排的通知",
            "holidays": ["2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-16", "2026-02-17",
                "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23", "2026-04-04",
                "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05",
                "2026-06-19", "2026-06-20", "2026-06-21", "2026-09-25", "2026-09-26", "2026-09-27", "2026-10-01",
                "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"],
            "makeUpWorkdays": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]}],
         "shifts": [{"from": "13:30", "to": "17:30"}, {"from": "08:30", "to": "12:00"}]}
        """

    static func read(_ text: String) -> (ServiceCalendar?, [Finding]) {
        JSONReader.check(Array(text.utf8), sizeLimit: 1 << 20, ServiceCalendar.init(reading:))
    }

    static let calendar = read(document).0!

    /// `2026-02-13 16:30` on a wall clock of the sample's zone, as milliseconds since 1970-01-01T00:00Z.
    static func instant(_ text: String) -> Int64 {
        let parts = text.split(separator: " ")
        let time = DayTime(text: String(parts[1]))!
        let date = CivilDate(text: String(parts[0]))!
        return Int64(date.daysSince1970) * 86_400_000 + Int64(time.minutes) * 60_000 - 8 * 3_600_000
    }
}
