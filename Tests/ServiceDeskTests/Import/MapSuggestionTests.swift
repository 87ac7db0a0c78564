import ServiceDesk
import Standards
import Testing

@Suite("Maps proposed from a file")
struct MapSuggestionTests {
    private func suggest(_ csv: String) throws -> MapSuggestion {
        var parser = CSVParser()
        let items = parser.feed(Array(csv.utf8)) + parser.finish()
        let records = items.compactMap { if case .record(let record) = $0 { record } else { nil } }
        return MapSuggestion(
            header: try #require(records.first), samples: Array(records.dropFirst()), source: "old-desk",
            home: "nx-yinchuan")
    }

    /// The proposal as the check of maps reads it.
    private func checked(_ suggestion: MapSuggestion) throws -> ImportMap {
        let (map, findings) = ImportMap.check(JSONValue.object(suggestion.map).bytes(), zones: SharedData.zones)
        try #require(findings == [])
        return try #require(map)
    }

    @Test("a file of complaints gives a map that takes its rows")
    func complaints() throws {
        let csv = """
            投诉编号,主题,受理时间,客户电话,状态
            A1,网速慢,2024/1/5 9:03,139,已归档
            A2,断网,2024/12/25 19:30,N/A,处理中
            """
        let suggestion = try suggest(csv)
        let run = try ImportRun(csv, try checked(suggestion))
        #expect(run.rejections == [])
        #expect(run.rows.map(\.key) == ["A1", "A2"])
        #expect(run.rows.map { $0.fields["state"] } == [.text("closed"), .text("inProgress")])
        #expect(run.rows[0].fields["openedAt"] == .time(1_704_416_580_000))
        #expect(suggestion.map["personal"] == ["客户电话"])
        #expect(suggestion.map["null"] == ["N/A"])
    }

    @Test("a file whose numbers repeat is taken for an event log")
    func log() throws {
        let csv = """
            number,state,sys_mod_count,sys_updated_at,title
            I1,New,0,29/2/2016 06:42,a
            I1,Closed,1,1/3/2016 06:42,a
            """
        let suggestion = try suggest(csv)
        let run = try ImportRun(csv, try checked(suggestion))
        #expect(run.rows.map(\.event?.version) == [0, 1])
        #expect(run.rows[1].fields["state"] == .text("closed"))
    }

    @Test("dates that fit two patterns are said to")
    func doubtful() throws {
        let suggestion = try suggest("id,title,date\n1,a,03/04/2020\n2,b,05/06/2020\n")
        #expect(suggestion.remarks.contains { $0.hasPrefix("\"date\" also fits \"M/d/yyyy\"") })
    }
}
