import Testing

@testable import Standards

@Suite("The calendar of a province")
struct ServiceCalendarTests {
    private let calendar = CalendarSamples.calendar

    private func isWorked(_ text: String) throws -> Bool { calendar.day(try #require(CivilDate(text: text))).isWorked }

    @Test("holidays are free, and the weekends that make up for them are worked")
    func makeUpWorkdays() throws {
        for day in ["2026-01-04", "2026-02-14", "2026-02-28", "2026-10-10", "2026-02-13", "2026-12-31"] {
            #expect(try isWorked(day), "\(day)")
        }
        for day in ["2026-01-01", "2026-02-16", "2026-02-21", "2026-10-01", "2026-10-11", "2026-12-26"] {
            #expect(try !isWorked(day), "\(day)")
        }
        let days = try (0..<365).map { number in
            let first = try #require(CivilDate(year: 2026, month: 1, day: 1))
            return try #require(CivilDate(daysSince1970: first.daysSince1970 + number))
        }
        #expect(days.count { calendar.day($0).isWorked } == 248)
    }

    @Test("a year that was not announced counts Mondays to Fridays, and says that it is not sure")
    func provisionalYear() throws {
        let day = calendar.day(try #require(CivilDate(text: "2027-01-01")))
        #expect(day.isWorked && !day.isAnnounced)
        #expect(try !isWorked("2027-01-02"))
        #expect(calendar.day(try #require(CivilDate(text: "2026-12-31"))).isAnnounced)
    }

    @Test(
        "a calendar that cannot be is refused with the place and what to write",
        arguments: [
            (#""2026-01-04", "2026-02-14""#, #""2026-01-05", "2026-02-14""#, "/years/0/makeUpWorkdays"),
            (#""2026-01-04", "2026-02-14""#, #""2026-01-03", "2026-02-14""#, "/years/0/makeUpWorkdays"),
            (#""2026-01-04", "2026-02-14""#, #""2026-02-30", "2026-02-14""#, "/years/0/makeUpWorkdays"),
            (#""2026-01-04", "2026-02-14""#, #""2027-01-03", "2026-02-14""#, "/years/0/makeUpWorkdays"),
            (#""from": "13:30""#, #""from": "11:59""#, "/shifts"),
            (#""to": "17:30""#, #""to": "13:30""#, "/shifts/0/to"),
            (#""to": "17:30""#, #""to": "24:01""#, "/shifts/0/to"),
            (#""year": 2026"#, #""year": 1999"#, "/years/0/year"),
        ])
    func refused(_ old: String, _ new: String, _ path: String) throws {
        let text = CalendarSamples.document.replacing(old, with: new)
        #expect(text != CalendarSamples.document)
        let (calendar, findings) = CalendarSamples.read(text)
        #expect(calendar == nil)
        #expect(findings.contains { $0.path == path && !$0.remedy.isEmpty }, "\(findings)")
    }

    @Test("a pack carries a calendar, and a year given twice in it is refused")
    func inPack() throws {
        let pack = try String(decoding: ProjectFiles.bytes("Topology/standards/first.json"), as: UTF8.self)
        let end = try #require(pack.lastIndex(of: "}"))
        let with = pack[..<end] + ", \"calendar\": " + CalendarSamples.document + "}"
        let (read, findings) = StandardPack.check(Array(with.utf8))
        #expect(findings.isEmpty)
        #expect(read?.calendar == calendar)
        let twice = CalendarSamples.document.replacing(
            #""years": ["#,
            with: #""years": [{"year": 2026, "source": "again", "holidays": [], "makeUpWorkdays": []}, "#)
        #expect(CalendarSamples.read(twice).1.contains { $0.path == "/years/1/year" })
    }
}
