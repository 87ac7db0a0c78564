import Foundation
import HTTP
import ServiceDesk
import Standards
import Synchronization
import Testing

@testable import tributary

/// A file on its way to a node that a test plays.
@Suite struct ImportPumpTests {
    private static let mapText = """
        {"format": 1, "source": "old-desk", "key": {"column": "No"}, "type": {"constant": "complaint"},
         "home": {"column": "City", "values": {"Y": "nx-yinchuan", "W": "nx-wuzhong"}},
         "fields": {"subject": {"column": "Title", "required": true},
                    "state": {"column": "Status", "values": {"Done": "closed"}, "otherwise": "acknowledged"},
                    "openedAt": {"column": "Opened", "format": "yyyy-MM-dd HH:mm", "zone": "America/New_York"}}}
        """

    private func map() throws -> ImportMap {
        let (map, findings) = ImportMap.check(Array(Self.mapText.utf8), zones: SystemZones.lookup)
        return try #require(map, "\(findings)")
    }

    private static func file(rows: Int, broken: Set<Int> = []) -> String {
        "No,City,Title,Status,Opened\n"
            + (0..<rows).map { row in
                let opened = broken.contains(row) ? "2015-02-30 10:00" : "2015-04-22 15:53"
                return "\(row),\(row % 2 == 0 ? "Y" : "W"),\"网速慢, \(row)\",Done,\(opened)\n"
            }.joined()
    }

    /// Feeds a text in small pieces.
    private func feed(_ text: String, _ pump: inout ImportPump, pieceBytes: Int = 1_000) throws {
        var rest = Array(text.utf8)[...]
        try pump.run {
            let piece = Array(rest.prefix(pieceBytes))
            rest = rest.dropFirst(pieceBytes)
            return piece
        }
    }

    /// Answers like a node: a key seen before is unchanged, keys ending in 7 are rejected.
    private func node(failures: Int = 0) throws -> FakeNode {
        let known = Mutex<Set<String>>([])
        return try FakeNode { asked, number in
            guard number >= failures else {
                return .problem(status: .serviceUnavailable, detail: "Busy. Try again.")
            }
            let rows = asked.body["rows"]?.arrayValue ?? []
            let results = rows.map { row -> JSONValue in
                let key = row["key"]?.stringValue ?? ""
                if key.hasSuffix("7") {
                    return ["key": .string(key), "outcome": "rejected", "reason": "is not right", "field": "subject"]
                }
                let isNew = known.withLock { $0.insert(key).inserted }
                return ["key": .string(key), "outcome": isNew ? "created" : "unchanged", "ticket": .string("t" + key)]
            }
            return .json(JSONValue.object(["results": .array(results)]).bytes())
        }
    }

    @Test("every row is sent once, in batches of at most 200, with what a ticket has beside its form")
    func batches() throws {
        let node = try node()
        defer { node.stop() }
        let request = ImportRequest(client: try node.client(), source: "old-desk")
        var pump = ImportPump(try map(), lane: { _ in "" }, deliver: { _, rows in try request.send(rows) })
        try feed(Self.file(rows: 401, broken: [10]), &pump)
        #expect(pump.tally.summary == "read 401, created 360, updated 0, unchanged 0, rejected 41")
        let sizes = node.asked.map { $0.body["rows"]?.arrayValue?.count ?? 0 }
        #expect(sizes == [200, 200])
        #expect(node.asked.allSatisfy { $0.path == "/api/import" && $0.body["source"] == "old-desk" })
        let first = node.asked[0].body["rows"]?[0]
        #expect(first?["state"] == "closed")
        #expect(first?["home"] == "nx-yinchuan")
        #expect(first?["openedAt"] == .integer(1_429_732_380_000))
        #expect(first?["fields"] == ["subject": "网速慢, 0"])
    }

    @Test("rejections of the file and of the node are told by line and column, in order")
    func rejections() throws {
        let node = try node()
        defer { node.stop() }
        let request = ImportRequest(client: try node.client(), source: "old-desk")
        var pump = ImportPump(try map(), lane: { _ in "" }, deliver: { _, rows in try request.send(rows) })
        try feed(Self.file(rows: 10, broken: [8]), &pump)
        let told = pump.tally.orderedRejections.map(\.description)
        #expect(told.count == 2)
        #expect(told[0] == "line 9: column \"Title\" is not right")
        #expect(told[1].hasPrefix("line 10: column \"Opened\""))
    }

    @Test("importing a file again changes nothing")
    func again() throws {
        let node = try node()
        defer { node.stop() }
        let request = ImportRequest(client: try node.client(), source: "old-desk")
        for expected in [
            "read 5, created 5, updated 0, unchanged 0, rejected 0",
            "read 5, created 0, updated 0, unchanged 5, rejected 0",
        ] {
            var pump = ImportPump(try map(), lane: { _ in "" }, deliver: { _, rows in try request.send(rows) })
            try feed(Self.file(rows: 5), &pump, pieceBytes: 7)
            #expect(pump.tally.summary == expected)
        }
    }

    @Test("a node that is busy for a moment gets the batch again")
    func busy() throws {
        let node = try node(failures: 2)
        defer { node.stop() }
        let request = ImportRequest(client: try node.client(), source: "old-desk")
        var pump = ImportPump(try map(), lane: { _ in "" }, deliver: { _, rows in try request.send(rows) })
        try feed(Self.file(rows: 3), &pump)
        #expect(pump.tally.created == 3)
        #expect(node.asked.count == 3)
    }

    @Test("rows go by their own lane, and a row without one is rejected")
    func lanes() throws {
        let sent = Mutex<[String: Int]>([:])
        var pump = ImportPump(try map(), lane: { $0.home == "nx-wuzhong" ? nil : $0.home }) { lane, rows in
            sent.withLock { $0[lane, default: 0] += rows.count }
            return rows.compactMap { ImportOutcome(["key": .string($0.key), "outcome": "created", "ticket": "t"]) }
        }
        try feed(Self.file(rows: 4), &pump)
        #expect(sent.withLock { $0 } == ["nx-yinchuan": 2])
        #expect(pump.tally.summary == "read 4, created 2, updated 0, unchanged 0, rejected 2")
    }

    @Test("large rows make smaller batches, so that no request grows beyond what a node takes")
    func largeRows() throws {
        var sizes: [Int] = []
        var pump = ImportPump(try map(), lane: { _ in "" }) { _, rows in
            sizes.append(rows.count)
            return rows.compactMap { ImportOutcome(["key": .string($0.key), "outcome": "created", "ticket": "t"]) }
        }
        let title = String(repeating: "x", count: ImportPump.batchBytesMax / 2)
        try feed(
            "No,City,Title,Status,Opened\n" + (0..<3).map { "\($0),Y,\(title),Done,2015-04-22 15:53\n" }.joined(),
            &pump,
            pieceBytes: 1 << 16)
        #expect(sizes == [1, 1, 1])
    }

    @Test("a file that does not fit its map, or has nothing in it, is bad input")
    func unfit() throws {
        for text in ["", "No,Town,Title,Status,Opened\n1,Y,a,Done,2015-04-22 15:53\n"] {
            var pump = ImportPump(try map(), lane: { _ in "" }, deliver: { _, _ in [] })
            let error = #expect(throws: CommandError.self, "\(text)") { try feed(text, &pump) }
            #expect(error?.exitCode == .usage)
        }
    }

    @Test("an answer that does not go row by row is not believed")
    func strangeAnswer() throws {
        let node = try FakeNode { _, _ in .json(Array(#"{"results":[]}"#.utf8)) }
        defer { node.stop() }
        let request = ImportRequest(client: try node.client(), source: "old-desk")
        var pump = ImportPump(try map(), lane: { _ in "" }, deliver: { _, rows in try request.send(rows) })
        let error = #expect(throws: CommandError.self) { try feed(Self.file(rows: 1), &pump) }
        #expect(error?.exitCode == .unreachable)
    }

    @Test("only so many rejections are kept, and all are counted")
    func rejectionsKept() {
        var tally = ImportTally()
        for line in 1...(ImportTally.rejectionsMax + 1) {
            tally.reject(RowRejection(line: line, column: nil, reason: "is not right"))
        }
        #expect(tally.rejected == ImportTally.rejectionsMax + 1)
        #expect(tally.rejections.count == ImportTally.rejectionsMax)
    }

    @Test("zones are found by their IANA names, with their summer time, and by nothing vaguer")
    func zones() throws {
        let newYork = try #require(SystemZones.lookup("America/New_York"))
        #expect(newYork.offsetSeconds(at: 1_429_732_380) == -4 * 3_600)
        #expect(newYork.offsetSeconds(at: 1_421_000_000) == -5 * 3_600)
        #expect(SystemZones.lookup("EST") == nil)
        #expect(SystemZones.lookup("Mars/Olympus") == nil)
    }
}
