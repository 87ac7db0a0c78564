import Node
import Standards
import Testing

@Suite struct TroubleTicketPatchTests {
    private static func ticket(_ node: TestNode, _ more: [String: JSONValue] = [:]) throws -> String {
        let answer = try node.post(TroubleTicketTests.v5, TroubleTicketTests.minimal(more))
        return try #require(answer.headers["location"], "\(answer.text)")
    }

    private static func patch(
        _ node: TestNode, _ path: String, _ body: JSONValue, type: String = "application/merge-patch+json",
        headers: [(String, String)] = []
    ) throws -> RawAnswer {
        try RawClient.send(
            port: node.port, "PATCH", path, headers: [node.token, ("Content-Type", type)] + headers, body: body.bytes())
    }

    @Test("a merge patch changes what it names and takes away what it calls null")
    func merge() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch, ["priority": "1", "name": "旧"])
        let answer = try Self.patch(
            branch, path,
            [
                "severity": "Critical", "priority": nil, "name": "新主题", "note": [["text": "补充"]],
                "troubleTicketCharacteristic": [["name": "amount", "value": 5]],
            ])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["severity"] == "Critical")
        #expect(answer.json["priority"] == nil)
        #expect(answer.json["name"] == "新主题")
        #expect(answer.json["note"]?[0]?["text"] == "补充")
        let shown = try branch.get(path)
        #expect(shown.json == answer.json)
        // One request is one change, beside the creation.
        let id = shown.json["id"]?.stringValue ?? ""
        #expect(try branch.get("/api/tickets/\(id)").json["ticket"]?["timeline"]?.arrayValue?.count == 2)
        // The same again finds everything as it is to be.
        let again = try Self.patch(branch, path, ["severity": "Critical", "note": [["text": "补充"]]])
        #expect(again.headers["etag"] == answer.headers["etag"])
    }

    @Test("a text that differs only in how a letter is spelled is another text")
    func respelled() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch, ["name": "caf\u{E9}", "note": [["text": "caf\u{E9}"]]])
        let answer = try Self.patch(branch, path, ["name": "cafe\u{301}", "note": [["text": "cafe\u{301}"]]])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try branch.get(path).json["name"] == "cafe\u{301}")
        #expect(try branch.get(path).json["note"]?.arrayValue?.count == 2)
    }

    @Test("a JSON Patch is carried out whole or not at all")
    func jsonPatch() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch, ["note": [["text": "一"]]])
        let type = "application/json-patch+json"
        let good: JSONValue = [
            ["op": "test", "path": "/severity", "value": "Major"],
            ["op": "replace", "path": "/severity", "value": "Minor"],
            ["op": "add", "path": "/note/-", "value": ["text": "二"]],
            ["op": "add", "path": "/priority", "value": "3"],
            ["op": "move", "from": "/priority", "path": "/@baseType"],
        ]
        let answer = try Self.patch(branch, path, good, type: type)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["severity"] == "Minor")
        #expect(answer.json["@baseType"] == "3")
        #expect(answer.json["note"]?.arrayValue?.compactMap { $0["text"] } == ["一", "二"])
        let wrong: [(JSONValue, Int)] = [
            ([["op": "test", "path": "/severity", "value": "Major"]], 409), ([["op": "add", "path": "severity"]], 400),
            ([["op": "remove", "path": "/nothing"]], 400), ([["op": "remove", "path": "/note/0"]], 400),
            ([["op": "remove", "path": "/id"]], 400), ([["op": "leap", "path": "/id"]], 400),
            ([["op": "replace", "path": "", "value": 1]], 400), (["severity": "x"], 400),
            ([["op": "replace", "path": "/severity", "value": "x"], ["op": "remove", "path": "/none"]], 400),
            (.array(Array(repeating: ["op": "test", "path": "/severity", "value": "Minor"], count: 101)), 400),
        ]
        for (body, status) in wrong {
            #expect(try Self.patch(branch, path, body, type: type).status == status, "\(body.text())")
        }
        #expect(try branch.get(path).headers["etag"] == answer.headers["etag"])
        let most = JSONValue.array(Array(repeating: ["op": "test", "path": "/severity", "value": "Minor"], count: 100))
        #expect(try Self.patch(branch, path, most, type: type).status == 200)
    }

    @Test("a status is reached by the step of the procedure that leads there, and by no other way")
    func status() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch)
        let early = try Self.patch(branch, path, ["status": "closed"])
        #expect(early.status == 409)
        #expect(early.json["message"]?.stringValue?.contains("inProgress (by accept)") == true, "\(early.text)")
        #expect(try Self.patch(branch, path, ["status": "inProgress"]).json["status"] == "inProgress")
        let elsewhere: JSONValue = [["name": "transition", "value": "resolve"], ["name": "resolution", "value": "x"]]
        let named = try Self.patch(branch, path, ["status": "closed", "troubleTicketCharacteristic": elsewhere])
        #expect(named.status == 409, "the step that is named leads to another status")
        let bare = try Self.patch(branch, path, ["status": "resolved"])
        #expect(bare.status == 400)
        #expect(bare.json["message"]?.stringValue?.contains("resolution") == true)
        let told: JSONValue = [["name": "resolution", "value": "已更换光猫"]]
        let resolved = try Self.patch(
            branch, path, ["status": "resolved", "statusChangeReason": "好了", "troubleTicketCharacteristic": told])
        #expect(resolved.status == 200, "\(resolved.text)")
        #expect(resolved.json["status"] == "resolved")
        #expect(resolved.json["statusChangeReason"] == "好了")
        #expect(resolved.json["resolutionDate"] == resolved.json["statusChangeDate"])
        let history = resolved.json["statusChangeHistory"]?.arrayValue?.compactMap { $0["status"] }
        #expect(history == ["acknowledged", "inProgress", "resolved"])
        let steps: JSONValue = [["name": "transition", "value": "accept"]]
        let other = try Self.patch(branch, path, ["status": "closed", "troubleTicketCharacteristic": steps])
        #expect(other.status == 409)
        let close: JSONValue = [["name": "transition", "value": "close"]]
        #expect(try Self.patch(branch, path, ["troubleTicketCharacteristic": close]).json["status"] == "closed")
        #expect(try Self.patch(branch, path, ["status": "gone"]).status == 400)
    }

    @Test("a step between two states of one status is no change of status, and notes of one text keep their authors")
    func sameStatus() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let listener = try EventListener()
        let hub: JSONValue = ["@type": "Hub", "callback": .string(listener.callback)]
        #expect(try branch.post("/tmf-api/troubleTicket/v5/hub", hub).status == 201)
        let path = try Self.ticket(branch, ["note": [["text": "催", "author": "a"], ["text": "催", "author": "b"]]])
        let note: JSONValue = [["op": "add", "path": "/note/-", "value": ["text": "催", "author": "c"]]]
        let noted = try Self.patch(branch, path, note, type: "application/json-patch+json")
        #expect(noted.json["note"]?.arrayValue?.compactMap { $0["author"] } == ["a", "b", "c"], "\(noted.text)")
        for step in ["accept", "dispatchNetwork"] {
            let named: JSONValue = ["troubleTicketCharacteristic": [["name": "transition", "value": .string(step)]]]
            #expect(try Self.patch(branch, path, named).json["status"] == "inProgress")
        }
        let history = try branch.get(path).json["statusChangeHistory"]?.arrayValue?.compactMap { $0["status"] }
        #expect(history == ["acknowledged", "inProgress"])
        try listener.wait(for: 5)
        let changes = listener.types.map { $0.replacing("TroubleTicket", with: "").replacing("Event", with: "") }
        #expect(changes.filter { $0 == "StatusChange" }.count == 1, "\(changes)")
        #expect(changes.last == "AttributeValueChange", "\(changes)")
    }

    @Test("what is the node's own, or does not change, is refused by name")
    func fixed() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch)
        for name in [
            "id", "href", "creationDate", "lastUpdate", "statusChangeDate", "ticketType", "attachment", "colour",
        ] {
            let answer = try Self.patch(branch, path, .object([name: "2026-01-01T00:00:00Z"]), type: "application/json")
            #expect(answer.status == 400, "\(name): \(answer.text)")
            #expect(answer.json["message"]?.stringValue?.contains(name) == true, "\(answer.text)")
        }
        #expect(
            try Self.patch(branch, path, ["severity": "x"], type: "application/json-patch-query+json").status == 415)
    }

    @Test("a patch of what has changed since it was shown is refused with 412")
    func stale() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch)
        let tag = try #require(try branch.get(path).headers["etag"])
        #expect(try Self.patch(branch, path, ["name": "甲"], headers: [("If-Match", tag)]).status == 200)
        let late = try Self.patch(branch, path, ["name": "乙"], headers: [("If-Match", tag)])
        #expect(late.status == 412)
        #expect(late.json["code"] == "changedSince")
        #expect(try branch.get(path).json["name"] == "甲")
    }

    @Test("a repeated patch under one key is carried out once")
    func repeated() throws {
        let (_, branch) = try TestNode.pair()
        let path = try Self.ticket(branch)
        let key = ("Idempotency-Key", "p-1")
        let body: JSONValue = [["op": "add", "path": "/note/-", "value": ["text": "一"]]]
        for _ in 0..<2 {
            let answer = try Self.patch(branch, path, body, type: "application/json-patch+json", headers: [key])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["note"]?.arrayValue?.count == 1)
        }
    }
}
