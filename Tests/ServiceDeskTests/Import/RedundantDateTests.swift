import ServiceDesk
import Testing

@Suite("Dates written twice")
struct RedundantDateTests {
    private static func fields(_ more: String) -> String {
        """
        {"openedAt": {"columns": ["Day", "Hour"], "format": "dd-MMM-yy H:mm", "zone": "+00:00",
                      "redundant": [{"column": "Date", "format": "dd-MM-yy"}]\(more)}}
        """
    }

    private static let csv = """
        No,Day,Hour,Date
        1,22-Apr-15,15:53,22-04-15
        2,04-Aug-15,10:22,08-04-15
        3,22-Apr-15,10:22,04-22-15
        4,22-Apr-15,10:22,
        """

    @Test("a row whose columns disagree is rejected, and says which column contradicts which")
    func rejected() throws {
        let run = try ImportRun(Self.csv, try .made(fields: Self.fields("")))
        #expect(run.rows.map(\.key) == ["1", "4"])
        #expect(run.rejections.map(\.line) == [3, 4])
        #expect(run.rejections.map(\.column) == ["Date", "Date"])
        #expect(run.rejections[0].reason.hasPrefix("holds another date where \"Day + Hour\" has one"))
        #expect(run.rejections[1].reason.hasPrefix("is a date or time that does not exist"))
    }

    @Test("where the map names the truth it is taken, and every contradiction is reported")
    func truth() throws {
        let run = try ImportRun(Self.csv, try .made(fields: Self.fields(", \"truth\": true")))
        #expect(run.rejections == [])
        #expect(run.rows[1].fields["openedAt"] == .time(1_438_683_720_000))
        #expect(run.rows.map(\.warnings.count) == [0, 1, 1, 0])
        #expect(run.rows[1].warnings.first?.line == 3)
        #expect(run.rows[1].warnings.first?.column == "Date")
    }

    @Test("times of day are compared where both columns have one")
    func timeOfDay() throws {
        let fields = """
            {"openedAt": {"column": "A", "format": "yyyy-MM-dd HH:mm", "zone": "+00:00",
                          "redundant": [{"column": "B", "format": "d/M/yyyy[ HH:mm]"}]}}
            """
        let run = try ImportRun(
            """
            No,A,B
            1,2020-01-02 10:00,2/1/2020 10:00
            2,2020-01-02 10:00,2/1/2020 10:01
            3,2020-01-02 10:00,2/1/2020
            4,,2/1/2020
            """, try .made(fields: fields))
        #expect(run.rows.map(\.key) == ["1", "3"])
        #expect(run.rejections.map(\.line) == [3, 5])
        #expect(run.rejections.first?.reason.hasPrefix("holds another time of day") == true)
        #expect(run.rejections.last?.reason == "holds a date where \"A\" is empty")
    }

    @Test(
        "a map that compares what is no time, or names a truth for nothing, is refused",
        arguments: [
            (#"{"column": "A", "redundant": [{"column": "B", "format": "d/M/yyyy"}]}"#, "/fields/subject/redundant"),
            (#"{"column": "A", "truth": true}"#, "/fields/subject/truth"),
        ])
    func faults(rule: String, path: String) {
        let text = """
            {"format": 1, "source": "desk", "key": {"column": "No"}, "type": {"constant": "complaint"},
             "home": {"constant": "nx-yinchuan"}, "fields": {"subject": \(rule)}}
            """
        #expect(ImportMap.check(Array(text.utf8), zones: SharedData.zones).1.map(\.path) == [path])
    }

    @Test("a rule whose zone is wrong is told of that, and of nothing that is right in it")
    func wrongZone() {
        let rule = #"""
            {"column": "A", "format": "d/M/yyyy", "zone": "Mars/Olympus", "onlyIn": ["closed"],
             "redundant": [{"column": "B", "format": "d/M/yyyy"}], "truth": true}
            """#
        let text = """
            {"format": 1, "source": "desk", "key": {"column": "No"}, "type": {"constant": "complaint"},
             "home": {"constant": "nx-yinchuan"}, "fields": {"openedAt": \(rule)}}
            """
        #expect(ImportMap.check(Array(text.utf8), zones: SharedData.zones).1.map(\.path) == ["/fields/openedAt/zone"])
    }
}
