import ServiceDesk
import Standards
import Testing

@testable import tributary

/// Event logs in disorder on their way to a node.
@Suite struct EventLogPumpTests {
    private static let mapText = """
        {"format": 1, "source": "log", "key": {"column": "No"}, "type": {"constant": "incident"},
         "home": {"column": "City", "values": {"Y": "nx-yinchuan", "W": "nx-wuzhong"}},
         "events": {"version": {"column": "V", "kind": "integer"}}, "fields": {"subject": {"column": "Title"}}}
        """

    private func map() throws -> ImportMap {
        let (map, findings) = ImportMap.check(Array(Self.mapText.utf8), zones: SystemZones.lookup)
        return try #require(map, "\(findings)")
    }

    /// What would be sent, lane by lane and batch by batch.
    private func batches(_ csv: String) throws -> [(lane: String, rows: [ImportRow])] {
        var batches: [(lane: String, rows: [ImportRow])] = []
        var pump = ImportPump(try map(), lane: { $0.home }) { lane, rows in
            batches.append((lane, rows))
            return rows.map { ImportOutcome(["key": .string($0.key), "outcome": "updated"]) }.compactMap(\.self)
        }
        var pieces = [Array(csv.utf8), []]
        try pump.run { pieces.removeFirst() }
        #expect(pump.tally.updated == pump.tally.read - pump.tally.rejected)
        return batches
    }

    @Test("rows are sent ticket by ticket in the order of their versions, those of one version in the file's order")
    func order() throws {
        let csv = "No,V,City,Title\nB,1,W,b1\nA,10,Y,a10\nB,0,W,b0\nA,9,Y,first\nA,9,Y,second\nA,-1,Y,a\n"
        let sent = try batches(csv)
        #expect(sent.map(\.lane) == ["nx-wuzhong", "nx-yinchuan"])
        #expect(sent[1].rows.map(\.event?.version) == [-1, 9, 9, 10])
        #expect(sent[1].rows.map(\.line) == [7, 5, 6, 3])
        #expect(sent[0].rows.map(\.event?.version) == [0, 1])
    }

    @Test("a ticket's rows all go where its first one says")
    func lane() throws {
        let sent = try batches("No,V,City,Title\nA,1,W,x\nA,0,Y,x\nA,2,W,x\n")
        #expect(sent.map(\.lane) == ["nx-yinchuan"])
        #expect(sent.first?.rows.map(\.home) == ["nx-yinchuan", "nx-yinchuan", "nx-yinchuan"])
    }

    @Test("a batch ends between tickets, unless one alone fills a request")
    func batchEnds() throws {
        var csv = "No,V,City,Title\n"
        for version in 0..<150 { csv += "A,\(version),Y,x\n" }
        for version in 0..<150 { csv += "B,\(version),Y,x\n" }
        for version in 0..<501 { csv += "C,\(version),Y,x\n" }
        let sent = try batches(csv)
        #expect(sent.map(\.rows.count) == [300, 500, 1])
        #expect(Set(sent[1].rows.map(\.key)) == ["C"])
    }
}
