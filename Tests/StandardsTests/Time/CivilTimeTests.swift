import Standards
import Testing

@Suite("Dates and zones")
struct CivilTimeTests {
    @Test(
        "days are counted from 1970",
        arguments: [
            (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 2, 14, 20_498), (1, 1, 1, -719_162),
            (9999, 12, 31, 2_932_896),
        ])
    func days(year: Int, month: Int, day: Int, count: Int) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.daysSince1970 == count)
        #expect(CivilDate(daysSince1970: count) == date)
    }

    @Test("every day of eight hundred years follows the one before")
    func successive() throws {
        var date = try #require(CivilDate(year: 1600, month: 1, day: 1))
        let first = date.daysSince1970
        for count in (first + 1)...(first + 292_194) {
            let next = try #require(CivilDate(daysSince1970: count))
            #expect(date < next && next.daysSince1970 == count)
            date = next
        }
        #expect(date.description == "2400-01-01")
    }

    @Test(
        "days that do not exist are refused",
        arguments: [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (0, 1, 1)])
    func impossible(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("days outside the years 1 to 9999 are refused")
    func outside() {
        #expect(CivilDate(daysSince1970: -719_163) == nil)
        #expect(CivilDate(daysSince1970: 2_932_897) == nil)
        #expect(CivilDate(daysSince1970: .max) == nil)
    }

    @Test(
        "wall clock milliseconds lead there and back", arguments: [0, -1, 86_399_999, 1_700_000_000_123, -86_400_001])
    func milliseconds(count: Int64) throws {
        #expect(try #require(CivilTime(localMilliseconds: count)).localMilliseconds == count)
    }

    @Test(
        "fixed distances are read and written",
        arguments: [("+08:00", 480), ("-03:30", -210), ("+00:00", 0), ("+14:00", 840), ("-14:00", -840)])
    func offsets(text: String, minutes: Int) {
        #expect(ZoneOffset(text)?.minutes == minutes)
        #expect(ZoneOffset(text)?.description == text)
    }

    @Test(
        "what is no distance is refused",
        arguments: ["", "8", "+8:00", "+08:60", "+14:01", "-14:01", "08:00 ", "+0８:00", "+08-00", "z"])
    func badOffsets(text: String) {
        #expect(ZoneOffset(text) == nil)
    }

    /// Clocks go forward from 02:00 to 03:00 at 10,000,000 s and back from 03:00 to 02:00 at 20,000,000 s.
    private struct Seasons: ZoneRules {
        func offsetSeconds(at instantSeconds: Int64) -> Int {
            (10_000_000..<20_000_000).contains(instantSeconds) ? 7_200 : 3_600
        }
    }

    @Test("times that clocks skip or show twice have one meaning")
    func seasons() throws {
        func instant(local seconds: Int64) throws -> Int64 {
            let local = try #require(CivilTime(localMilliseconds: seconds * 1_000))
            return Seasons().instantMilliseconds(of: local) / 1_000
        }
        // The last second before the gap, the first of it, the first after it.
        #expect(try instant(local: 10_003_599) == 9_999_999)
        #expect(try instant(local: 10_003_600) == 10_000_000)
        #expect(try instant(local: 10_007_200) == 10_000_000)
        // Shown twice: the first time. One hour on, shown once again.
        #expect(try instant(local: 20_003_600) == 19_996_400)
        #expect(try instant(local: 20_007_199) == 19_999_999)
        #expect(try instant(local: 20_007_200) == 20_003_600)
    }
}
