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

    @Test("the tickets that it hits are a queue with their list, at the wall too, and none once it is withdrawn")
    func hits() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        func queue(at node: TestNode) throws -> JSONValue? {
            try node.get("/api/queues").json["queues"]?.arrayValue?.first { $0["id"] == "announced" }
        }
        let made = try hub.post("/api/announcements", body(until: 3_600))
        let id = try #require(made.json["announcement"]?["id"]?.stringValue)
        #expect(try hub.get("/api/wall").json["announced"]?[id] == 0)
        #expect(try queue(at: hub) == nil)
        _ = try branch.openTicket()
        let fault = try branch.post(
            "/api/tickets",
            ["type": "fault", "fields": ["subject": "网页打不开"], "category": "broadbandSpeedFault"])
        #expect(fault.status == 201, "\(fault.text)")
        try TestExchange(hub: hub, branch: branch).sync()
        let ticket = try #require(try branch.get("/api/tickets?category=broadbandSpeedFault").json["tickets"]?[0])
        for node in [hub, branch] {
            let shown = try #require(try queue(at: node))
            #expect(shown["count"] == 1)
            let filter = try #require(shown["filter"]?.stringValue)
            for asked in [filter, "announcement=\(id)", "announcement=\(id)&home=nx-yinchuan"] {
                let list = try node.get("/api/tickets?\(asked)").json
                #expect(list["total"] == 1, "\(asked)")
                #expect(list["tickets"]?[0]?["number"] == ticket["number"], "\(asked)")
            }
            #expect(try node.get("/api/tickets?announcement=\(id)&home=nx-wuzhong").json["total"] == 0)
            #expect(try node.get("/api/tickets?announcement=\(id)&due=overdue&sort=due").json["total"] == 0)
        }
        #expect(try hub.get("/api/wall").json["announced"]?[id] == 1)
        #expect(try hub.post("/api/announcements/\(id)/withdraw", [:]).status == 200)
        #expect(try queue(at: hub) == nil)
        #expect(try hub.get("/api/tickets?announcement=current").json["total"] == 0)
        #expect(try hub.get("/api/tickets?announcement=\(id)").json["total"] == 1)
        #expect(try hub.get("/api/wall").json["announced"] == .object([:]))
    }

    @Test("a list by an announcement that is not known is refused, and says so")
    func unknown() throws {
        let (hub, _) = try TestNode.pairByProvince()
        for name in ["soon", String(repeating: "0", count: 32)] {
            let answer = try hub.get("/api/tickets?announcement=\(name)")
            #expect(answer.status == 400)
            #expect(answer.text.contains("announcement"), "\(answer.text)")
        }
    }

    @Test("a supervised ticket says so in lists, and the branch is refused what is the province's")
    func supervised() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let path = try branch.openTicket()
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.act(path, ["action": "supervise", "reason": "x"]).status == 403)
        #expect(try hub.act(path, ["action": "supervise", "reason": "领导关注"]).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.get("/api/tickets").json["tickets"]?[0]?["supervised"] == true)
        #expect(try hub.act(path, ["action": "reassign", "to": "nx-wuzhong", "reason": "归吴忠"]).status == 200)
        #expect(try hub.get(path).json["ticket"]?["home"] == "nx-wuzhong")
    }
}
