import Foundation
import Node
import Standards
import Testing

@Suite("Announcements over the API")
struct AnnouncementTests {
    private let body: JSONValue = [
        "wording": "cableFault", "categories": ["faultBroadband"], "sites": ["nx-yinchuan"], "area": "金凤区",
        "until": "2099-01-01T00:00:00+08:00",
    ]

    private func body(until: Int) -> JSONValue {
        guard case .object(var members) = body else { return .null }
        let time = Date(timeIntervalSinceNow: Double(until))
        members["until"] = .string(ISO8601DateFormatter().string(from: time))
        return .object(members)
    }

    private func list(_ node: TestNode, _ filter: String = "") throws -> [JSONValue] {
        try node.get("/api/announcements" + filter).json["announcements"]?.arrayValue ?? []
    }

    @Test("A7: the hub publishes once, a branch shows it with matching tickets, and a withdrawal ends it")
    func published() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let key = [("Idempotency-Key", "one")]
        let body = body(until: 3_600)
        let made = try hub.post("/api/announcements", body, headers: key)
        #expect(made.status == 201)
        #expect(made.json["announcement"]?["state"] == "current")
        let again = try hub.post("/api/announcements", body, headers: key)
        #expect(again.status == 200)
        #expect(again.headers["idempotency-replayed"] == "true")
        try TestExchange(hub: hub, branch: branch).sync()
        let shown = try list(branch, "?state=current&category=broadbandSpeedFault&site=nx-yinchuan")
        #expect(shown.count == 1)
        #expect(shown.first?["text"]?["zh"]?.stringValue?.contains("光缆") == true)
        #expect(shown.first?["area"] == "金凤区")
        #expect(try list(branch, "?category=faultVoice").isEmpty)
        #expect(try list(branch, "?site=nx-wuzhong").isEmpty)
        let id = try #require(made.json["announcement"]?["id"]?.stringValue)
        #expect(try hub.post("/api/announcements/\(id)/withdraw", ["reason": "已恢复"]).status == 200)
        #expect(try hub.post("/api/announcements/\(id)/withdraw", ["reason": "已恢复"]).status == 409)
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try list(branch).isEmpty)
        let past = try list(branch, "?state=all")
        #expect(past.first?["state"] == "withdrawn")
        #expect(past.first?["withdrawnBy"]?.stringValue?.isEmpty == false)
    }

    @Test("a branch publishes none, and a wrong one is refused with all that is wrong")
    func refused() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let answer = try branch.post("/api/announcements", body(until: 3_600))
        #expect(answer.status == 409)
        #expect(answer.text.contains("at the hub"))
        let far = try hub.post("/api/announcements", body)
        #expect(far.status == 422)
        #expect(far.json["errors"]?[0]?["field"] == "until")
        let empty = try hub.post("/api/announcements", ["categories": ["faultBroadband"]])
        #expect(empty.json["errors"]?[0]?["field"] == "until")
        #expect(try hub.post("/api/announcements/00/withdraw", [:]).status == 404)
        #expect(try list(hub, "?state=all").isEmpty)
    }

    @Test("a preview of a standard names the branches whose overlay would be looser than it, and publishes nothing")
    func preview() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let overlay: JSONValue = [
            "format": 1, "limits": [["limit": "complaintSolution", "time": ["unit": "naturalDays", "value": 6]]],
        ]
        #expect(try branch.post("/api/overlay", overlay).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        let current = try #require(
            try hub.get("/api/standards").json["standards"]?.arrayValue?.first { $0["current"] == true })
        let version = try #require(current["version"]?.stringValue)
        guard case .object(var document) = try hub.get("/api/standards/\(version)").json["standard"]?["document"],
            case .array(var limits) = document["limits"]
        else { throw RawClient.Failure(what: "the standard has no limits") }
        func found(_ document: [String: JSONValue]) throws -> [JSONValue] {
            let answer = try hub.post("/api/standards/preview", .object(document))
            #expect(answer.status == 200, "\(answer.text)")
            let branches = answer.json["branches"]?.arrayValue ?? []
            #expect(branches.count == 2)
            return branches.first { $0["site"] == "nx-yinchuan" }?["findings"]?.arrayValue ?? []
        }
        document["version"] = "2099.1"
        #expect(try found(document).isEmpty)
        let place = try #require(limits.firstIndex { $0["id"] == "complaintSolution" })
        guard case .object(var limit) = limits[place] else { return }
        limit["limit"] = ["unit": "naturalDays", "value": 5]
        limits[place] = .object(limit)
        document["limits"] = .array(limits)
        #expect(try found(document).first?["path"] == "/limits/0/time")
        #expect(try hub.get("/api/standards").json["standards"]?.arrayValue?.count == 2)
        #expect(try branch.post("/api/standards/preview", .object(document)).status == 409)
        #expect(try hub.post("/api/standards/preview", ["format": 1]).status == 422)
    }

    @Test("a supervised ticket says so in lists, and the branch is refused what is the province's")
    func supervised() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let path = try branch.openTicket()
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.act(path, ["action": "supervise", "on": true, "reason": "x"]).status == 403)
        #expect(try hub.act(path, ["action": "supervise", "on": true, "reason": "领导关注"]).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.get("/api/tickets").json["tickets"]?[0]?["supervised"] == true)
        #expect(try hub.act(path, ["action": "reassign", "to": "nx-wuzhong", "reason": "归吴忠"]).status == 200)
        #expect(try hub.get(path).json["ticket"]?["home"] == "nx-wuzhong")
    }
}
