import Standards
import Testing

@testable import ServiceDesk

@Suite("Dates in files")
struct DatePatternTests {
    private func pattern(_ text: String) throws -> DatePattern {
        try DatePattern.compile(text).get()
    }

    private func shown(_ result: Result<DatePattern.Reading, DatePattern.Problem>) -> String {
        switch result {
        case .failure(let problem):
            return "\(problem)"
        case .success(let reading):
            let time = reading.time
            let fraction = time.millisecond == 0 ? "" : ".\(time.millisecond)"
            return "\(time.date) \(time.hour):\(time.minute):\(time.second)\(fraction)"
                + (reading.offset.map { " \($0)" } ?? "")
        }
    }

    @Test(
        "each form is read",
        arguments: [
            ("dd-MM-yy h:mm:ss a", "22-04-15 3:53:50 PM", "2015-04-22 15:53:50"),
            ("dd-MM-yy h:mm:ss a", "22-04-15 12:00:00 am", "2015-04-22 0:0:0"),
            ("dd-MM-yy hh:mm a", "22-04-15 12:05 pm", "2015-04-22 12:5:0"),
            ("d-MMM-yy", "4-aug-15", "2015-08-04 0:0:0"), ("dd MMM yyyy", "29 Feb 2024", "2024-02-29 0:0:0"),
            ("d/M/yyyy H:m:s", "29/2/2016 1:6:9", "2016-02-29 1:6:9"),
            ("d/M/yyyy H:mm", "9/12/2016 01:16", "2016-12-09 1:16:0"),
            ("yyyyMMddHHmmss", "20260214235959", "2026-02-14 23:59:59"),
            ("yyyy-MM-dd HH:mm:ss[.SSS]", "2023-01-08 17:06:40", "2023-01-08 17:6:40"),
            ("yyyy-MM-dd HH:mm:ss[.SSS]", "2023-01-08 17:06:40.020000", "2023-01-08 17:6:40.20"),
            ("yyyy-MM-dd HH:mm:ss.SSS", "2023-01-08 17:06:40.5", "2023-01-08 17:6:40.500"),
            ("yyyy-MM-dd[ HH:mm[:ss]]", "2023-01-08", "2023-01-08 0:0:0"),
            ("yyyy-MM-dd[ H:mm[:ss[.SSS]]] a", "2023-01-08", "-"),
            ("yyyy-MM-dd[ HH:mm[:ss[.SSS]]]XXX", "2023-01-08 09:10:11.25-03:00", "2023-01-08 9:10:11.250 -03:00"),
            ("yyyy-MM-dd'T'HH:mm:ssXXX", "2023-01-08T09:10:11Z", "2023-01-08 9:10:11 +00:00"),
            ("yyyy年M月d日 HH时mm分", "2026年2月4日 08时05分", "2026-02-04 8:5:0"),
            ("yy''MM''dd", "68'01'02", "2068-01-02 0:0:0"), ("yy-MM-dd", "69-01-02", "1969-01-02 0:0:0"),
        ])
    func forms(pattern text: String, input: String, expected: String) throws {
        guard expected != "-" else {
            #expect(throws: DatePattern.Fault.self) { try pattern(text) }
            return
        }
        #expect(shown(try pattern(text).read(input)) == expected)
    }

    @Test(
        "what has another form is refused",
        arguments: [
            ("yyyy-MM-dd", ""), ("yyyy-MM-dd", "2023-1-08"), ("yyyy-MM-dd", "2023-01-08 "), ("yyyy-MM-dd", "23-01-08"),
            ("yyyy-MM-dd", "2023/01/08"), ("d/M/yyyy", "008/1/2023"), ("d-MMM-yy", "4-foo-15"),
            ("dd-MM-yy h:mm a", "22-04-15 3:53"), ("dd-MM-yy h:mm a", "22-04-15 3:53 XM"),
            ("yyyy-MM-ddXXX", "2023-01-08+8"), ("yyyy-MM-ddXXX", "2023-01-08"), ("yyyy-MM-dd", "２０２３-01-08"),
            ("yyyy-MM-dd HH:mm:ss[.SSS]", "2023-01-08 17:06:40."), ("yyyy-MM-dd", "+023-01-08"),
        ])
    func otherForms(pattern text: String, input: String) throws {
        #expect(shown(try pattern(text).read(input)) == "differsFromPattern")
    }

    @Test(
        "dates and times that do not exist are refused",
        arguments: [
            "2023-02-29 00:00", "2023-04-31 00:00", "2023-13-01 00:00", "2023-00-01 00:00", "2023-01-00 00:00",
            "0000-01-01 00:00", "2023-01-01 24:00", "2023-01-01 23:60",
        ])
    func impossible(input: String) throws {
        #expect(shown(try pattern("yyyy-MM-dd HH:mm").read(input)) == "impossible")
    }

    @Test("a half day has the hours 1 to 12 and a minute the seconds 0 to 59")
    func impossibleTimes() throws {
        for input in ["01-01-20 0:10 AM", "01-01-20 13:10 PM"] {
            #expect(shown(try pattern("dd-MM-yy h:mm a").read(input)) == "impossible")
        }
        #expect(shown(try pattern("yyyy-MM-dd HH:mm:ss").read("2016-12-31 23:59:60")) == "impossible")
    }

    @Test(
        "patterns that cannot work are refused with the reason",
        arguments: [
            ("", "1 to 100 bytes"), (String(repeating: "-", count: 101), "1 to 100 bytes"), ("MM-dd", "lacks the year"),
            ("yyyy[-MM]-dd", "lacks the month"), ("yyyy-MM-dd-MMM", "the month twice"),
            ("yyyy-MM-dd h:mm", "need each other"),
            ("yyyy-MM-dd HH:mm a", "need each other"), ("yyyy-MM-dd mm", "the minute without"),
            ("yyyy-MM-dd HH:ss", "the second without"), ("yyyy-MM-dd HH:mm.SSS", "the fraction without"),
            ("yyyy-MM-dd H h a", "the hour twice"), ("yyyy-MM-ddT", "\"T\" has no meaning"),
            ("yyy-MM-dd", "\"yyy\" has no meaning"),
            ("yyyy-MM-dd'", "never closed"), ("yyyy-MM-dd[", "never closed"), ("yyyy-MM-dd]", "no \"[\""),
            ("yyyy-MM-dd[XXX]", "may not be optional"), ("yyyy-MM-dd[1][2][3][4][5]", "more than 4 groups"),
        ])
    func faults(text: String, reason: String) {
        guard case .failure(let fault) = DatePattern.compile(text) else {
            Issue.record("\(text) was accepted")
            return
        }
        #expect(fault.reason.contains(reason), "\(fault.reason)")
    }
}
