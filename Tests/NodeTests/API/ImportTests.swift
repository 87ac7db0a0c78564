import Node
import Standards
import Testing

@Suite struct ImportTests {
    private static func row(_ key: String, _ changes: [String: JSONValue] = [:]) -> JSONValue {
        var row: [String: JSONValue] = [
            "key": .string(key), "type": "complaint", "home": "nx-yinchuan", "openedAt": 1_434_000_000_000,
            "state": "closed", "fields": ["subject": .string("导入 \(key)")],
        ]
        for (name, value) in changes { row[name] = value }
        return .object(row)
    }

    private static func outcomes(_ answer: RawAnswer) -> [String] {
        (answer.json["results"]?.arrayValue ?? []).compactMap { $0["outcome"]?.stringValue }
    }

    @Test("rows become tickets in the state and with the time they came with, found by their source")
    func rowsBecomeTickets() throws {
        let hub = try TestNode.hub()
        let rows: JSONValue = [Self.row("250635"), Self.row("250636")]
        let answer = try hub.post("/api/import", ["source": "comcast", "rows": rows])
        #expect(answer.status == 200)
        #expect(Self.outcomes(answer) == ["created", "created"])
        let result = try #require(answer.json["results"]?[0])
        #expect(result["key"] == "250635")
        let ticket = try #require(
            try hub.get("/api/tickets/\(result["ticket"]?.stringValue ?? "")").json["ticket"])
        #expect(ticket["state"] == "closed")
        #expect(ticket["number"] == result["number"])
        #expect(ticket["openedAt"] == "2015-06-11T13:20:00.000+08:00")
        #expect(ticket["source"] == ["name": "comcast", "key": "250635"])
        #expect(try hub.get("/api/tickets?source=comcast").json["total"] == 2)
    }

    @Test("a row imported again creates nothing, here or at another site that has heard of it")
    func repeatingCreatesNothing() throws {
        let (hub, branch) = try TestNode.pair()
        let body: JSONValue = ["source": "comcast", "rows": [Self.row("1"), Self.row("1"), Self.row("2")]]
        #expect(Self.outcomes(try branch.post("/api/import", body)) == ["created", "unchanged", "created"])
        #expect(Self.outcomes(try branch.post("/api/import", body)) == ["unchanged", "unchanged", "unchanged"])
        try TestExchange(hub: hub, branch: branch).sync()
        let there = try hub.post("/api/import", body)
        #expect(Self.outcomes(there) == ["unchanged", "unchanged", "unchanged"])
        #expect(there.json["results"]?[0]?["number"]?.stringValue?.hasPrefix("YC-") == true)
        #expect(try hub.get("/api/tickets").json["total"] == 2)
    }

    @Test("bad rows are rejected by field and reason, and leave no trace; their neighbours go in")
    func badRowsAreAlone() throws {
        let hub = try TestNode.hub()
        let rows: [JSONValue] = [
            Self.row("1"), Self.row("2", ["fields": ["subject": "a", "channel": "pigeon"]]),
            Self.row("3", ["state": "lost"]), Self.row("4", ["home": "nx-nowhere"]),
            Self.row("5", ["customer": ["name": "李静", "phone": "1"], "type": "fault"]), "six",
            Self.row("7", ["fields": ["subject": 1.5]]), Self.row(""), Self.row("9"),
        ]
        let answer = try hub.post("/api/import", ["source": "s", "rows": .array(rows)])
        #expect(answer.status == 200)
        let results = answer.json["results"]?.arrayValue ?? []
        #expect(Self.outcomes(answer) == ["created"] + Array(repeating: "rejected", count: 7) + ["created"])
        #expect(results[1]["field"] == "channel")
        #expect(results[2]["field"] == "state")
        #expect(results[3]["field"] == "home")
        #expect(results[6]["field"] == "subject")
        #expect(results[7]["field"] == "key")
        #expect(results[1...7].allSatisfy { $0["reason"]?.stringValue?.isEmpty == false && $0["ticket"] == nil })
        #expect(try hub.get("/api/tickets").json["total"] == 2)
        #expect(try hub.get("/api/verify").json["clean"] == true)
    }

    @Test("500 rows go in at once, 501 are refused, and so are none")
    func rowLimit() throws {
        let hub = try TestNode.hub()
        let rows = (0...500).map { Self.row("\($0)") }
        #expect(try hub.post("/api/import", ["source": "s", "rows": .array(rows)]).status == 422)
        #expect(try hub.post("/api/import", ["source": "s", "rows": []]).status == 422)
        #expect(try hub.post("/api/import", ["rows": [Self.row("1")]]).status == 422)
        let answer = try hub.post("/api/import", ["source": "s", "rows": .array(Array(rows.dropLast()))])
        #expect(answer.status == 200)
        #expect(Self.outcomes(answer) == Array(repeating: "created", count: 500))
        #expect((answer.json["results"]?.arrayValue ?? []).map { $0["key"]?.stringValue } == (0..<500).map { "\($0)" })
    }
}
