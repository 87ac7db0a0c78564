import Foundation
import Node
import Standards
import Testing

@Suite("A trouble ticket is deleted")
struct TicketDeletionTests {
    /// A hub whose complaints can be cancelled until they are resolved.
    private static func hub(
        asking field: String = #""kind": "text", "maxLength": 20"#
    ) throws -> TestNode {
        let hub = try TestNode.hub()
        let pack = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
            .replacingOccurrences(
                of: "\"kind\": \"text\"}],\n",
                with: """
                    "kind": "text"},
                    {"id": "cancelReason", "name": {"zh": "撤单原因", "en": "Reason"}, \(field)}],

                    """
            )
            .replacingOccurrences(
                of: "\"states\": [",
                with: """
                    "states": [{"id": "cancelled", "name": {"zh": "已撤单", "en": "Cancelled"}, "status": "cancelled",
                                "final": true},
                    """
            )
            .replacingOccurrences(
                of: "\"transitions\": [",
                with: """
                    "transitions": [{"name": "cancel", "label": {"zh": "撤单", "en": "Cancel"},
                      "from": ["acknowledged", "inProgress"], "to": "cancelled", "requires": ["cancelReason"]},
                    """)
        let answer = try hub.post("/api/standards", text: pack)
        #expect(answer.status == 201, "\(answer.text)")
        return hub
    }

    private static func ticket(_ hub: TestNode, _ base: String) throws -> String {
        var members: [String: JSONValue] = [
            "troubleTicketCharacteristic": [["name": "home", "value": .string(TestDocuments.branches[0])]]
        ]
        if base == TroubleTicketTests.v4 {
            let answer = try hub.post(TroubleTicketTests.v5, TroubleTicketTests.minimal(members))
            return "\(base)/\(try #require(answer.json["id"]?.stringValue, "\(answer.text)"))"
        }
        members["name"] = "误建"
        let answer = try hub.post(base, TroubleTicketTests.minimal(members))
        return try #require(answer.headers["location"], "\(answer.text)")
    }

    private static func delete(
        _ hub: TestNode, _ path: String, as token: (String, String)? = nil, headers: [(String, String)] = []
    ) throws -> RawAnswer {
        try RawClient.send(port: hub.port, "DELETE", path, headers: [token ?? hub.token] + headers)
    }

    @Test(
        "it is cancelled by the step of its procedure, once, and the record stays",
        arguments: [
            TroubleTicketTests.v4, TroubleTicketTests.v5,
        ])
    func cancelled(_ base: String) throws {
        let hub = try Self.hub()
        let path = try Self.ticket(hub, base)
        let answer = try Self.delete(hub, path)
        #expect(answer.status == 204, "\(answer.text)")
        let shown = try hub.get(path)
        #expect(shown.json["status"] == "cancelled")
        let id = try #require(shown.json["id"]?.stringValue)
        let ticket = try hub.get("/api/tickets/\(id)").json["ticket"]
        #expect(ticket?["fields"]?["cancelReason"]?.stringValue?.contains("TMF621") == true)
        let again = try Self.delete(hub, path)
        #expect(again.status == 204)
        #expect(try hub.get(path).headers["etag"] == shown.headers["etag"])
    }

    @Test("only an administrator does it")
    func administrators() throws {
        let hub = try Self.hub()
        let path = try Self.ticket(hub, TroubleTicketTests.v5)
        for scopes in [["integration"], ["clerk", "integration"], ["supervisor"]] {
            let token = try hub.systemToken("系统 \(scopes.joined(separator: " "))", scopes)
            let answer = try Self.delete(hub, path, as: token)
            #expect(answer.status == 403, "\(scopes)")
            #expect(answer.json["@type"] == "Error")
        }
        #expect(try hub.get(path).json["status"] == "acknowledged")
        let token = try hub.systemToken("管理系统", ["administrator"])
        #expect(try Self.delete(hub, path, as: token).status == 204)
    }

    @Test("where no step leads there it is a conflict, and what has changed since it was shown is left alone")
    func conflicts() throws {
        let hub = try Self.hub()
        let path = try Self.ticket(hub, TroubleTicketTests.v5)
        let tag = try #require(try hub.get(path).headers["etag"])
        func patch(_ body: JSONValue) throws -> RawAnswer {
            try RawClient.send(
                port: hub.port, "PATCH", path, headers: [hub.token, ("Content-Type", "application/merge-patch+json")],
                body: body.bytes())
        }
        #expect(try patch(["status": "inProgress"]).status == 200)
        #expect(try Self.delete(hub, path, headers: [("If-Match", tag)]).status == 412)
        #expect(try hub.get(path).json["status"] == "inProgress")
        let told: JSONValue = [["name": "resolution", "value": "好了"]]
        #expect(try patch(["status": "resolved", "troubleTicketCharacteristic": told]).status == 200)
        let late = try Self.delete(hub, path)
        #expect(late.status == 409)
        #expect(late.json["message"]?.stringValue?.contains("close") == true, "\(late.text)")
        #expect(try Self.delete(hub, TroubleTicketTests.v5 + "/00000000000000000000000000000000").status == 404)
    }

    @Test("what the step asks for and is no text has to be said with a patch")
    func choices() throws {
        let hub = try Self.hub(asking: #""kind": "integer""#)
        let path = try Self.ticket(hub, TroubleTicketTests.v5)
        let answer = try Self.delete(hub, path)
        #expect(answer.status == 409)
        #expect(answer.json["message"]?.stringValue?.contains("cancelReason") == true, "\(answer.text)")
        #expect(try hub.get(path).json["status"] == "acknowledged")
    }
}
