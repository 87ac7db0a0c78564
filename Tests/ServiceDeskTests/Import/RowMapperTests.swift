import ServiceDesk
import Standards
import Testing

@Suite("From records to rows")
struct RowMapperTests {
    private func map(_ members: String, home: String = #"{"constant": "nx-yinchuan"}"#, header: Bool = true) throws
        -> ImportMap
    {
        let text = """
            {"format": 1, "source": "desk", "header": \(header), "key": {"columns": ["\(header ? "No" : "1")"]},
             "type": {"constant": "complaint"}, "home": \(home), "fields": \(members)}
            """
        let (map, findings) = ImportMap.check(Array(text.utf8), zones: SharedData.zones)
        try #require(findings == [])
        return try #require(map)
    }

    private func run(_ csv: String, _ map: ImportMap) throws -> ImportRun { try ImportRun(Array(csv.utf8), map: map) }

    @Test("each way of filling a field is followed")
    func ways() throws {
        let map = try map(
            """
            {"subject": {"column": "Title"}, "place": {"columns": ["Street", "City"], "join": ", "},
             "raw": {"column": "Title", "trim": false}, "channel": {"constant": "web"}, "flag": {"constant": true},
             "minutes": {"column": "Min", "kind": "integer"},
             "state": {"column": "Status", "ignoreCase": true, "values": {"Done": "closed"}, "otherwise": "open"},
             "urgent": {"column": "Urgent", "values": {"Y": true, "N": false, "": false}},
             "openedAt": {"columns": ["Day", "Hour"], "format": "dd-MM-yy h:mm a", "zone": "America/New_York"}}
            """)
        let run = try run(
            """
             No ,Title,Street,City,Min,Status,Urgent,Day,Hour
            7,\u{3000} Line dead\u{A0} ,,Yinchuan,-90,DONE,Y,22-04-15,3:53 PM
            8,,Main St,,,,,05-01-15,12:00 AM
            9,x,,,,what,N,,
            """, map)
        #expect(run.rejections == [])
        #expect(run.rows.map(\.key) == ["7", "8", "9"])
        #expect(run.rows.map(\.line) == [2, 3, 4])
        #expect(run.rows.allSatisfy { $0.type == "complaint" && $0.home == "nx-yinchuan" })
        #expect(
            run.rows[0].fields == [
                "subject": .text("Line dead"), "place": .text("Yinchuan"), "raw": .text("\u{3000} Line dead\u{A0} "),
                "channel": .text("web"), "flag": .boolean(true), "minutes": .integer(-90), "state": .text("closed"),
                "urgent": .boolean(true), "openedAt": .time(1_429_732_380_000),
            ])
        #expect(
            run.rows[1].fields == [
                "place": .text("Main St"), "channel": .text("web"), "flag": .boolean(true), "state": .text("open"),
                "urgent": .boolean(false), "openedAt": .time(1_420_434_000_000),
            ])
        #expect(run.rows[2].fields["state"] == .text("open"))
    }

    @Test("what is wrong with a row names its line, its column and the rule, never the cell")
    func rejections() throws {
        let map = try map(
            """
            {"subject": {"column": "Title", "required": true}, "minutes": {"column": "Min", "kind": "integer"},
             "state": {"column": "Status", "values": {"Done": "closed"}},
             "openedAt": {"column": "Day", "format": "yyyy-MM-dd", "zone": "+08:00"}}
            """, home: #"{"column": "City", "values": {"Yinchuan": "nx-yinchuan"}}"#)
        let run = try run(
            """
            No,Title,Min,Status,Day,City
            ,a,1,Done,2020-01-01,Yinchuan
            1,  ,1,Done,2020-01-01,Yinchuan
            1,a,+1,Done,2020-01-01,Yinchuan
            1,a,13912345678x,Done,2020-01-01,Yinchuan
            1,a,1,done,2020-01-01,Yinchuan
            1,a,1,Done,13912345678,Yinchuan
            1,a,1,Done,2020-02-30,Yinchuan
            1,a,1,Done,2020-01-01,Secret
            1,a,1,Done,2020-01-01
            1,a\0,1,Done,2020-01-01,Yinchuan
            \(String(repeating: "9", count: 201)),a,1,Done,2020-01-01,Yinchuan
            1,"a"b,1,Done,2020-01-01,Yinchuan
            \(String(repeating: "9", count: 200)),a,1,Done,2020-01-01,Yinchuan
            """, map)
        #expect(
            run.rejections.map(\.description) == [
                "line 2: column \"No\" is empty", "line 3: column \"Title\" is empty, and the map requires it",
                "line 4: column \"Min\" is not a whole number", "line 5: column \"Min\" is not a whole number",
                "line 6: column \"Status\" holds a value that the map does not list",
                "line 7: column \"Day\" is not written as \"yyyy-MM-dd\"",
                "line 8: column \"Day\" is a date or time that does not exist",
                "line 9: column \"City\" holds a value that the map gives no site for",
                "line 10: the record has 5 columns where the header has 6",
                "line 11: column \"Title\" holds a NUL character",
                "line 12: column \"No\" is longer than 200 characters",
                "line 13: column \"2\" has text after its closing quote",
            ])
        #expect(run.rows.map(\.line) == [14])
    }

    @Test("a key of several columns keeps its empty parts, so that two tickets never become one")
    func joinedKeys() throws {
        let text = """
            {"format": 1, "source": "desk", "key": {"columns": ["A", "B"], "join": "/"}, "type": {"column": "T"},
             "home": {"constant": "nx-yinchuan"}, "fields": {"subject": {"column": "A"}}}
            """
        let map = try #require(ImportMap.check(Array(text.utf8), zones: { _ in nil }).0)
        let run = try run("A,B,T\n1,,fault\n,1,fault\n1,1,not a type\n1,1,\n", map)
        #expect(run.rows.map(\.key) == ["1/", "/1"])
        #expect(run.rejections.map(\.reason) == ["names no ticket type", "names no ticket type"])
    }

    @Test("a rotation sends equal cells to one site, spreads the others, and never changes its mind")
    func rotation() throws {
        let map = try map(
            #"{"subject": {"column": "Title"}}"#,
            home: """
                {"column": "City", "values": {"Hub": "nx-hub"}, "ignoreCase": true,
                 "rotate": ["nx-aa", "nx-bb", "nx-cc"]}
                """)
        let csv = "No,Title,City\n" + (0..<600).map { "\($0),t,City \($0 % 300)\n" }.joined() + "x,t,hub\n"
        let run = try run(csv, map)
        #expect(run.rows.prefix(300).map(\.home) == run.rows.dropFirst(300).prefix(300).map(\.home))
        let counts = run.counts(\.home)
        #expect(counts["nx-hub"] == 1)
        for site in ["nx-aa", "nx-bb", "nx-cc"] { #expect((140...260).contains(counts[site] ?? 0), "\(counts)") }
        #expect(run.rows.prefix(6).map(\.home).joined(separator: " ") == Self.firstHomes)
    }

    /// Where FNV-1a sends "City 0" to "City 5"; worked out apart from the code under test.
    static let firstHomes = "nx-cc nx-cc nx-bb nx-bb nx-bb nx-bb"

    @Test("columns that the file lacks or has twice are listed at once, with the nearest name")
    func header() throws {
        let map = try map(#"{"subject": {"column": "Title"}, "area": {"column": "Region"}, "x": {"column": "Twice"}}"#)
        let header = CSVRecord(line: 1, fields: ["No", "Titel", "Twice", " Twice "])
        let (mapper, findings) = RowMapper.make(map, first: header)
        #expect(mapper == nil)
        #expect(findings.map(\.path) == ["/fields/area", "/fields/subject", "/fields/x"])
        #expect(findings[1].remedy == "did you mean \"Titel\"?")
    }

    @Test("of a file without a header, cells that may be a customer's are not told as names of columns")
    func noNames() throws {
        let (_, findings) = RowMapper.make(
            try map(#"{"subject": {"column": "Title"}}"#), first: CSVRecord(line: 1, fields: ["张三", "13812345678"]))
        #expect(findings.count == 2)
        #expect(findings.allSatisfy { !$0.description.contains("张三") && $0.remedy.contains("\"header\": false") })
    }

    @Test("a name of a column may have 300 bytes and not 301")
    func longNames() throws {
        let map = try map(#"{"subject": {"column": "No"}}"#)
        for (length, isTaken) in [(300, true), (301, false)] {
            let first = CSVRecord(line: 1, fields: ["No", String(repeating: "x", count: length)])
            #expect((RowMapper.make(map, first: first).0 != nil) == isTaken)
        }
    }

    @Test("a file without a header is read by position, and a record of another width is rejected alone")
    func noHeader() throws {
        let map = try map(#"{"subject": {"column": "3"}}"#, header: false)
        let run = try run("1,a,b\n2,a\n3,a,c,d\n4,a,e\n", map)
        #expect(run.rows.map(\.fields) == [["subject": .text("b")], ["subject": .text("e")]])
        #expect(
            run.rejections.map(\.description) == [
                "line 2: the record has 2 columns where the first record has 3",
                "line 3: the record has 4 columns where the first record has 3",
            ])
    }
}
