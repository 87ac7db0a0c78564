import Foundation
import Node
import Standards
import Testing

@Suite("Knowledge over the API")
struct KnowledgeRouteTests {
    private let body: JSONValue = [
        "title": "宽带测速不达标", "agent": "先核对资费速率", "customer": "请用网线再测一次",
        "categories": ["faultBroadband"], "keywords": ["测速"],
    ]

    private func publish(at hub: TestNode) throws -> String {
        let made = try hub.post("/api/articles", body)
        #expect(made.status == 201, "\(made.text)")
        let id = try #require(made.json["article"]?["id"]?.stringValue)
        for action in ["submit", "publish"] {
            let answer = try hub.post("/api/articles/\(id)", ["action": .string(action)])
            #expect(answer.status == 200, "\(answer.text)")
        }
        return id
    }

    private func list(_ node: TestNode, _ filter: String) throws -> [JSONValue] {
        try node.get("/api/articles" + filter).json["articles"]?.arrayValue ?? []
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    @Test("K3: a branch finds by words and by what is typed, with the keywords that led there; drafts are the hub's")
    func found() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let draft = try hub.post("/api/articles", body)
        let draftID = try #require(draft.json["article"]?["id"]?.stringValue)
        let id = try publish(at: hub)
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try list(branch, "?q=" + encoded("资费")).map { $0["id"]?.stringValue } == [id])
        let pushed = try list(branch, "?text=" + encoded("客户测速只有一半") + "&category=broadbandSpeedFault")
        #expect(pushed.first?["id"]?.stringValue == id)
        #expect(pushed.first?["matched"]?.arrayValue == ["测速"])
        #expect(pushed.first?["words"]?["customer"]?.stringValue == "请用网线再测一次")
        #expect(try branch.get("/api/articles?state=draft").status == 409)
        #expect(try branch.get("/api/articles/" + draftID).status == 404)
        #expect(try list(hub, "?state=draft").count == 1)
        #expect(try hub.get("/api/articles?state=all&limit=2").json["cut"] == false)
        #expect(try hub.get("/api/articles?state=all&limit=1").json["cut"] == true)
        #expect(try branch.get("/api/articles?q=x").status == 400)
        let longest = encoded(String(repeating: "测", count: 800))
        #expect(try branch.get("/api/articles?limit=3&category=broadbandSpeedFault&text=" + longest).status == 200)
        #expect(try branch.get("/api/articles?text=" + longest + "a").status == 400)
        for other in ["q=ab", "kind=case", "state=all"] {
            #expect(try hub.get("/api/articles?text=ab&" + other).status == 400, "\(other)")
        }
        #expect(try branch.post("/api/articles", body).status == 409)
        let refused = try hub.post("/api/articles", ["title": "x"])
        #expect(refused.status == 422 && refused.json["errors"]?[0]?["field"] == "agent")
        let stray = try hub.post("/api/articles/\(id)", ["action": "submit", "title": "x"])
        #expect(stray.status == 422)
    }

    @Test("a revision or a publication of somebody who has not seen what others wrote since is refused")
    func stale() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let id = try publish(at: hub)
        let path = "/api/articles/\(id)"
        func take(_ body: JSONValue, shown: String? = nil) throws -> Int {
            try hub.post(path, body, headers: shown.map { [("If-Match", $0)] } ?? []).status
        }
        func shown() throws -> String { try #require(try hub.get(path).headers["etag"]) }
        let first = try shown()
        #expect(try take(["action": "revise", "agent": "甲"], shown: first) == 200)
        #expect(try take(["action": "revise", "agent": "乙"], shown: first) == 412)
        #expect(try take(["action": "submit"]) == 200)
        let read = try shown()
        for body: JSONValue in [["action": "revise", "agent": "未读"], ["action": "submit"]] {
            #expect(try take(body) == 200)
        }
        #expect(try take(["action": "publish"], shown: read) == 412)
        #expect(try hub.get(path).json["article"]?["words"]?["agent"] == "先核对资费速率")
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try list(branch, "").first?["state"] == "published", "a revision is no news at a branch")
        #expect(try branch.get(path).json["article"]?["state"] == "published")
        let latest = try shown()
        #expect(try take(["action": "giveBack", "reason": "再写清楚"], shown: latest) == 200)
        #expect(try hub.get(path).json["article"]?["reason"] == "再写清楚")
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.get(path).json["article"]?["reason"]?.stringValue == nil)
        for body: JSONValue in [["action": "submit"], ["action": "publish"], ["action": "revise", "agent": "丙"]] {
            #expect(try take(body) == 200)
        }
        #expect(try hub.get(path).json["article"]?["reason"] == .null, "it was put right")
    }

    @Test("K1: a ticket shows what it named after a withdrawal, in the version of that day")
    func resolves() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let id = try publish(at: hub)
        try TestExchange(hub: hub, branch: branch).sync()
        let path = try branch.openTicket()
        let used = try branch.act(path, ["action": "useArticle", "article": .string(id)])
        #expect(used.status == 200, "\(used.text)")
        #expect(try branch.act(path, ["action": "transition", "name": "accept"]).status == 200)
        let solved = try branch.act(
            path, ["action": "transition", "name": "resolve", "fields": ["resolution": "更换光猫"]])
        #expect(solved.status == 200, "\(solved.text)")
        #expect(try hub.post("/api/articles/\(id)", ["action": "withdraw"]).status == 422, "without a reason")
        #expect(try hub.post("/api/articles/\(id)", ["action": "withdraw", "reason": "旧"]).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try list(branch, "").isEmpty)
        let named = try branch.get(path).json["ticket"]?["articles"]?[0]
        #expect(named?["title"] == "宽带测速不达标" && named?["state"] == "withdrawn")
        let shown = try branch.get("/api/articles/\(id)?version=1").json["article"]
        #expect(shown?["words"]?["agent"] == "先核对资费速率" && shown?["shownVersion"] == 1)
        #expect(shown?["reason"] == "旧")
        #expect(try branch.get("/api/articles/\(id)?version=2").status == 404)
        #expect(try branch.get("/api/article-use").json["with"]?["solved"] == 1)
    }

    @Test("K2: a branch adds a supplement and says what is wrong; the hub lists that with a due time and answers once")
    func contributed() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let id = try publish(at: hub)
        try TestExchange(hub: hub, branch: branch).sync()
        let added = try branch.post("/api/articles/\(id)/supplement", ["text": "夜间转八班"])
        #expect(added.status == 200, "\(added.text)")
        #expect(added.json["supplements"]?[0]?["text"] == "夜间转八班")
        let said = try branch.post(
            "/api/contributions", ["purpose": "unclear", "article": .string(id), "text": "哪个速率？"])
        #expect(said.status == 201, "\(said.text)")
        try TestExchange(hub: hub, branch: branch).sync()
        let task = try hub.get("/api/contributions").json["contributions"]?[0]
        #expect(task?["purpose"] == "unclear" && task?["overdue"] == false)
        #expect(task?["article"]?["title"] == "宽带测速不达标")
        #expect(try hub.get("/api/articles/\(id)").json["article"]?["supplements"]?[0]?["text"] == "夜间转八班")
        let path = "/api/contributions/" + (try #require(task?["id"]?.stringValue))
        #expect(try branch.post(path, ["outcome": "accepted"]).status == 409)
        #expect(try hub.post(path, ["outcome": "accepted", "text": "已写明"]).status == 200)
        #expect(try hub.post(path, ["outcome": "accepted"]).status == 409)
        try TestExchange(hub: hub, branch: branch).sync()
        let all = try branch.get("/api/contributions?state=all").json["contributions"]
        #expect(all?[0]?["answer"] == "已写明")
    }
}
