import ServiceDesk
import Standards
import Testing

@Suite("Import maps")
struct ImportMapTests {
    private func check(_ text: String) -> (ImportMap?, [Finding]) {
        ImportMap.check(Array(text.utf8), zones: SharedData.zones)
    }

    private func paths(_ text: String) -> [String] { check(text).1.map(\.path) }

    private func map(
        key: String = #"{"column": "No"}"#, type: String = #"{"constant": "complaint"}"#,
        home: String = #"{"constant": "nx-yinchuan"}"#, fields: String = #"{"subject": {"column": "Title"}}"#,
        more: String = ""
    ) -> String {
        """
        {"format": 1, "source": "desk", "key": \(key), "type": \(type), "home": \(home), "fields": \(fields)\(more)}
        """
    }

    @Test(
        "our own maps fit our own pack and topology",
        arguments: ["comcast", "metrofiber2", "uci-incidents", "volvo-incidents"])
    func own(name: String) throws {
        let map = try ImportMap.project(name)
        let pack = try #require(
            StandardPack.check(try SharedData.projectBytes("Topology/standards/first.json")).0)
        let topology = try #require(Topology.check(try SharedData.projectBytes("Topology/ningxia.json")).0)
        #expect(map.findings(pack: pack, topology: topology) == [])
        #expect(map.home.sites == topology.branches.map(\.id).sorted())
    }

    @Test("a small map is read with its defaults")
    func small() throws {
        let (read, findings) = check(map())
        #expect(findings == [])
        let map = try #require(read)
        #expect(map.separator == UInt8(ascii: ","))
        #expect(map.hasHeader)
        #expect(map.key == ColumnJoin(columns: ["No"]))
        #expect(map.fields.map(\.name) == ["subject"])
    }

    @Test("all faults of a map are listed at once, each with its path")
    func all() {
        let text = """
            {"format": 2, "source": "my desk", "separator": ":", "header": "yes",
             "key": {"column": "A", "columns": ["B"]},
             "type": {"constant": 7}, "home": {"column": "C"},
             "fields": {"9lives": {"column": "D"},
                        "a": {},
                        "b": {"column": "D", "format": "dd-MM", "zone": "+08:00"},
                        "c": {"column": "D", "format": "dd-MM-yy"},
                        "d": {"column": "D", "zone": "+08:00"},
                        "e": {"column": "D", "format": "dd-MM-yy", "zone": "Asia/Yinchuan"},
                        "f": {"column": "D", "values": {"x": [1]}, "ignoreCas": true},
                        "g": {"column": "D", "join": "-"},
                        "h": {"column": "D", "format": "dd-MM-yy", "zone": "+08:00", "otherwise": "x"},
                        "i": {"column": "D", "ignoreCase": true},
                        "j": {"column": "D", "ignoreCase": true, "values": {"x": "1", "X": "2"}},
                        "openedAt": {"column": "D"}},
             "filds": {}}
            """
        let found = paths(text)
        let expected = [
            "/format", "/source", "/separator", "/header", "/type/constant", "/home", "/fields/9lives", "/fields/a",
            "/fields/b/format", "/fields/c/zone", "/fields/d/zone", "/fields/e/zone", "/fields/f/values/x",
            "/fields/f", "/fields/g/join", "/fields/h", "/fields/i/ignoreCase", "/fields/j/values/x",
            "/fields/openedAt", "",
        ]
        for path in expected { #expect(found.contains(path), "nothing found at \(path)") }
        #expect(found.count >= expected.count)
    }

    @Test("a value has exactly one source, and a site is chosen in one way")
    func contradictions() {
        let twice = #"{"a": {"column": "A", "constant": "x"}}"#
        #expect(paths(map(fields: twice)) == ["/fields/a"])
        #expect(paths(map(key: #"{"column": "A", "columns": ["B"]}"#)).count == 1)
        #expect(paths(map(home: #"{"column": "A", "otherwise": "nx-ab", "rotate": ["nx-cd"]}"#)) == ["/home/rotate"])
        #expect(paths(map(home: #"{"column": "A", "values": {"x": "Nowhere"}}"#)) == ["/home/values/x"])
        #expect(paths(map(home: #"{"constant": "nx-ab", "column": "A"}"#)) == ["/home"])
        #expect(paths(map(fields: "{}")) == ["/fields"])
    }

    @Test("a file without a header calls its columns by numbers")
    func numbers() {
        let ok = map(key: #"{"column": "1"}"#, fields: #"{"subject": {"column": "1000"}}"#, more: #", "header": false"#)
        #expect(paths(ok).isEmpty)
        let bad = map(
            key: #"{"column": "0"}"#, fields: #"{"subject": {"column": "1001"}}"#, more: #", "header": false"#)
        #expect(paths(bad) == ["/key", "/fields/subject"])
    }

    @Test("what the pack or the topology does not know is listed")
    func standards() throws {
        let pack = try #require(
            StandardPack.check(try SharedData.projectBytes("Topology/standards/first.json")).0)
        let topology = try #require(Topology.check(try SharedData.projectBytes("Topology/ningxia.json")).0)
        let fields = """
            {"state": {"column": "S", "values": {"x": "clozed"}, "otherwise": "closed"},
             "category": {"constant": "fire"},
             "channel": {"constant": "fone"}, "onBehalf": {"column": "B"}, "subjct": {"column": "T"},
             "occurredAt": {"column": "D"}, "subject": {"column": "T", "format": "dd-MM-yy", "zone": "+08:00"}}
            """
        let read = check(map(home: #"{"constant": "nx-yinchan"}"#, fields: fields))
        let found = try #require(read.0).findings(pack: pack, topology: topology)
        #expect(
            found.map(\.path) == [
                "/home", "/fields/category", "/fields/channel", "/fields/occurredAt", "/fields/onBehalf",
                "/fields/state", "/fields/subjct", "/fields/subject",
            ])
        #expect(found[0].remedy == "did you mean \"nx-yinchuan\"?")
        let unknown = check(map(type: #"{"constant": "complant"}"#)).0
        #expect(unknown?.findings(pack: pack, topology: topology).map(\.path) == ["/type"])
    }
}
