import ServiceDesk
import Testing

@Suite("Event logs as a map reads them")
struct EventLogTests {
    private static let fields = """
        {"subject": {"column": "Title"}, "assignee": {"column": "By"},
         "state": {"column": "State", "values": {"New": "acknowledged", "Done": "resolved"}},
         "resolution": {"column": "Code", "onlyIn": ["resolved"]}}
        """
    private static let events = """
        "null": ["?"], "events": {"version": {"column": "V", "kind": "integer"},
            "time": {"column": "At", "format": "d/M/yyyy HH:mm", "zone": "+00:00"}, "actor": {"column": "Who"}}
        """

    @Test("a row has its version, time and actor, and says which fields the ticket has no longer")
    func rows() throws {
        let run = try ImportRun(
            """
            No,V,At,Who,Title,By,State,Code
            1,0,29/2/2016 06:42,Li,Slow,Ma,New,c6
            1,3,1/3/2016 06:42,?,Slow,?,Done,c6
            """, try .made(fields: Self.fields, Self.events))
        #expect(run.rejections == [])
        #expect(run.rows.map(\.event?.version) == [0, 3])
        #expect(run.rows.map(\.event?.time) == [1_456_728_120_000, 1_456_814_520_000])
        #expect(run.rows.map(\.event?.actor) == ["Li", nil])
        #expect(run.rows[0].cleared == [])
        #expect(run.rows[1].cleared == ["assignee"])
    }

    @Test("a field that is written onto every row is read only in the states that the map names")
    func onlyIn() throws {
        let run = try ImportRun(
            """
            No,V,At,Who,Title,By,State,Code
            1,0,29/2/2016 06:42,Li,Slow,Ma,New,c6
            1,1,29/2/2016 06:42,Li,Slow,Ma,Done,?
            """,
            try .made(fields: Self.fields, Self.events))
        #expect(run.rows[0].fields["resolution"] == nil)
        #expect(run.rows[0].cleared == [])
        #expect(run.rows[1].cleared == ["resolution"])
    }

    @Test("a row without a version has no place in the order and is rejected")
    func unordered() throws {
        let run = try ImportRun(
            "No,V,At,Who,Title,By,State,Code\n1,?,29/2/2016 06:42,Li,Slow,Ma,New,\n",
            try .made(fields: Self.fields, Self.events))
        #expect(run.rows == [])
        #expect(run.rejections.map(\.column) == ["V"])
    }

    @Test(
        "a map's events need an order, a whole number for a version and a time for a time",
        arguments: [
            (#""events": {"actor": {"column": "Who"}}"#, "/events"),
            (#""events": {"version": {"column": "V"}}"#, "/events/version"),
            (#""events": {"time": {"column": "At"}}"#, "/events/time"),
            (#""events": {"time": {"column": "At", "format": "yyyy"}}"#, "/events/time/format"),
            (#""customer": {"id": {"column": "C"}}"#, "/customer"),
            (#""identity": {"id": {"column": "C"}}"#, "/identity/number"),
            (#""encoding": "latin1""#, "/encoding"), (#""others": "burn""#, "/others"),
            (#""null": ["?", "?"]"#, "/null/1"),
        ])
    func faults(member: String, path: String) {
        let text = """
            {"format": 1, "source": "desk", "key": {"column": "No"}, "type": {"constant": "complaint"},
             "home": {"constant": "nx-yinchuan"}, "fields": {"subject": {"column": "Title"}}, \(member)}
            """
        let (map, findings) = ImportMap.check(Array(text.utf8), zones: SharedData.zones)
        #expect(map == nil)
        #expect(findings.map(\.path).contains(path), "\(findings)")
    }
}
