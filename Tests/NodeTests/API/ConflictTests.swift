import Node
import Replication
import Standards
import Testing

@Suite struct ConflictTests {
    /// A ticket whose subject was edited at both ends of a line that was down.
    private struct Edited {
        let hub: TestNode
        let branch: TestNode
        let path: String

        init() throws {
            (hub, branch) = try TestNode.pair()
            path = try branch.openTicket("as opened")
            try sync()
            func edit(_ node: TestNode, _ fields: JSONValue, by actor: String) throws {
                let answer = try node.act(
                    path, ["action": "assign", "fields": fields], headers: [("Tributary-Actor", actor)])
                #expect(answer.status == 200)
            }
            try edit(branch, ["subject": "as the branch has it", "amount": 5], by: "clerk")
            try hub.waitUntilLater(than: branch)
            try edit(hub, ["subject": "as the hub has it", "channel": "phone"], by: "supervisor")
            try sync()
        }

        func sync() throws { try TestExchange(hub: hub, branch: branch).sync() }
    }

    @Test("a conflict is listed alike at both ends, with both values, who wrote them and the rule that decided")
    func listedAlike() throws {
        let edited = try Edited()
        let here = try edited.branch.get("/api/conflicts").json
        #expect(try edited.hub.get("/api/conflicts").json["conflicts"] == here["conflicts"])
        let conflict = try #require(here["conflicts"]?[0])
        #expect(here["conflicts"]?.arrayValue?.count == 1)
        #expect(here["next"] == .null)
        #expect(conflict["subject"] == "field")
        #expect(conflict["field"] == "subject")
        #expect(conflict["fieldName"] == ["zh": "主题", "en": "Subject"])
        #expect(conflict["current"] == conflict["winning"])
        #expect(conflict["settledBy"] == .null)
        #expect(conflict["rule"] == "laterWins")
        #expect(conflict["losing"]?["value"] == "as the branch has it")
        #expect(conflict["losing"]?["actor"] == "clerk")
        #expect(conflict["losing"]?["site"] == "nx-yinchuan")
        #expect(conflict["winning"]?["value"] == "as the hub has it")
        #expect(conflict["winning"]?["actor"] == "supervisor")
        #expect(conflict["winning"]?["site"] == "nx-hub")
        #expect(conflict["settled"] == false)
        let ticket = try #require(try edited.hub.get(edited.path).json["ticket"])
        #expect(ticket["conflicts"]?.arrayValue == [conflict])
        #expect(ticket["openConflicts"] == 1)
        #expect(ticket["fields"]?["amount"] == 5)
        #expect(ticket["fields"]?["channel"] == "phone")
        #expect(try edited.hub.get("/api/tickets?conflicts=open").json["total"] == 1)
        #expect(try edited.hub.get("/api/status").json["openConflicts"] == 1)
    }

    @Test("reinstating brings the losing value back as a new change and settles the conflict")
    func reinstate() throws {
        let edited = try Edited()
        let conflict = try #require(try edited.branch.get("/api/conflicts").json["conflicts"]?[0])
        let losing = try #require(conflict["losing"]?["change"])
        let answer = try edited.branch.act(edited.path, ["action": "reinstate", "losing": losing])
        #expect(answer.status == 200)
        #expect(answer.json["ticket"]?["subject"] == "as the branch has it")
        try edited.sync()
        for node in [edited.hub, edited.branch] {
            #expect(try node.get("/api/conflicts").json["conflicts"] == [])
            let ticket = try node.get(edited.path).json["ticket"]
            #expect(ticket?["subject"] == "as the branch has it")
            #expect(ticket?["conflicts"]?[0]?["settled"] == true)
        }
        #expect(try edited.branch.act(edited.path, ["action": "reinstate", "losing": losing]).status == 404)
    }

    @Test("settling leaves the value and takes the conflict off the list")
    func settle() throws {
        let edited = try Edited()
        let conflict = try #require(try edited.hub.get("/api/conflicts").json["conflicts"]?[0])
        let losing = try #require(conflict["losing"]?["change"])
        let answer = try edited.hub.act(edited.path, ["action": "settle", "losing": losing])
        #expect(answer.json["ticket"]?["subject"] == "as the hub has it")
        #expect(answer.json["ticket"]?["openConflicts"] == 0)
        #expect(try edited.hub.get("/api/conflicts").json["conflicts"] == [])
    }

    @Test("what a third change has put in force since is shown beside what won, and If-Match tells who saw less")
    func thirdValue() throws {
        let edited = try Edited()
        let page = try edited.branch.get("/api/conflicts").json
        let conflict = try #require(page["conflicts"]?[0])
        let losing = try #require(conflict["losing"]?["change"]?.stringValue)
        let tag = try #require(page["etags"]?[conflict["ticket"]?.stringValue ?? ""]?.stringValue)
        #expect(try edited.branch.get(edited.path).headers["etag"] == tag)
        let third: JSONValue = ["action": "assign", "fields": ["subject": "a third"]]
        #expect(try edited.branch.act(edited.path, third).status == 200)
        let now = try #require(try edited.branch.get("/api/conflicts").json["conflicts"]?[0])
        #expect(now["winning"] == conflict["winning"])
        #expect(now["current"]?["value"] == "a third")
        #expect(now["current"]?["site"] == "nx-yinchuan")
        for action in ["settle", "reinstate"] {
            let answer = try edited.branch.post(
                "/api/conflicts/\(losing)/\(action)", text: "", headers: [("If-Match", tag)])
            #expect(answer.status == 412, "\(answer.text)")
            #expect(answer.json["changed"]?[0]?["current"] == "a third")
            let new = try #require(answer.headers["etag"])
            #expect(try edited.branch.get(edited.path).headers["etag"] == new)
        }
    }

    @Test("one action settles, another puts back; each is answered again under its key and once only without")
    func resolve() throws {
        for (action, subject) in [("settle", "as the hub has it"), ("reinstate", "as the branch has it")] {
            let edited = try Edited()
            let conflict = try #require(try edited.hub.get("/api/conflicts").json["conflicts"]?[0])
            let losing = try #require(conflict["losing"]?["change"]?.stringValue)
            let path = "/api/conflicts/\(losing)/\(action)"
            let headers = [("Idempotency-Key", "k-\(action)"), ("Tributary-Actor", "supervisor")]
            let answer = try edited.hub.post(path, text: "", headers: headers)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["ticket"]?["subject"] == .string(subject))
            #expect(answer.json["done"]?[0]?["losing"] == .string(losing))
            #expect(answer.json["left"] == [])
            #expect(answer.headers["idempotency-replayed"] == nil)
            let again = try edited.hub.post(path, text: "", headers: headers)
            #expect(again.headers["idempotency-replayed"] == "true")
            #expect(again.json["done"] == answer.json["done"])
            #expect(try edited.hub.post(path, text: "").status == 404)
            try edited.sync()
            for node in [edited.hub, edited.branch] {
                #expect(try node.get("/api/conflicts").json["conflicts"] == [])
                let settled = try node.get("/api/conflicts?open=false").json["conflicts"]
                #expect(settled?[0]?["settledBy"]?["actor"] == "supervisor")
                #expect(try node.get("/api/conflicts?open=all").json["conflicts"] == settled)
                #expect(try node.get(edited.path).json["ticket"]?["conflicts"] == settled)
            }
        }
    }

    @Test("steps that were overtaken are one item that says by what, and one action settles them")
    func overtaken() throws {
        let (hub, branch) = try TestNode.pair()
        let path = try branch.openTicket("as opened")
        _ = try branch.act(path, ["action": "transition", "name": "accept"])
        try TestExchange(hub: hub, branch: branch).sync()
        func step(_ node: TestNode, _ name: String, _ fields: JSONValue, by actor: String) throws {
            let answer = try node.act(
                path, ["action": "transition", "name": .string(name), "fields": fields],
                headers: [("Tributary-Actor", actor)])
            #expect(answer.status == 200, "\(answer.text)")
        }
        try step(hub, "resolve", ["resolution": "by the hub"], by: "supervisor")
        try branch.waitUntilLater(than: hub)
        try step(branch, "resolve", ["resolution": "by the branch"], by: "clerk")
        try step(branch, "close", [:], by: "clerk")
        try TestExchange(hub: hub, branch: branch).sync()
        let all = try hub.get("/api/conflicts").json["conflicts"]
        #expect(try branch.get("/api/conflicts").json["conflicts"] == all)
        // The hub resolved first; the branch closed what the hub had resolved, which a step from there may.
        let conflict = try #require(all?[0])
        #expect(all?.arrayValue?.count == 1)
        #expect(conflict["rule"] == "overtaken")
        #expect(conflict["winning"]?["step"] == ["name": "resolve", "label": ["zh": "解决", "en": "Resolve"]])
        #expect(conflict["winning"]?["actor"] == "supervisor")
        #expect(conflict["winning"]?["site"] == "nx-hub")
        #expect(conflict["current"]?["value"] == "closed")
        let steps = conflict["steps"]?.arrayValue ?? []
        #expect(steps.count == 1)
        #expect(steps.first?["step"]?["name"] == "resolve")
        #expect(steps.first?["from"] == ["inProgress"])
        #expect(steps.first?["to"] == "resolved")
        #expect(steps.first?["fields"]?[0]?["fieldName"]?["zh"] == "结果")
        #expect(steps.first?["fields"]?[0]?["losing"]?["value"] == "by the branch")
        #expect(steps.first?["fields"]?[0]?["current"]?["value"] == "by the hub")
        let losing = try #require(conflict["losing"]?["change"]?.stringValue)
        let refused = try branch.post("/api/conflicts/\(losing)/reinstate", text: "")
        #expect(refused.status == 409)
        #expect(refused.text.contains("resolve leaves inProgress, and the ticket is closed"), "\(refused.text)")
        #expect(try branch.post("/api/conflicts/\(losing)/settle", text: "").status == 200)
        #expect(try branch.get("/api/conflicts").json["conflicts"] == [])
    }

    @Test("conflicts are found by ticket and by site and counted; questions that make no sense are refused")
    func found() throws {
        let edited = try Edited()
        let conflict = try #require(try edited.hub.get("/api/conflicts").json["conflicts"]?[0])
        let number = try #require(conflict["number"]?.stringValue)
        for query in ["ticket=\(number)", "site=nx-hub", "site=nx-yinchuan", "ticket=\(number)&site=nx-hub&open=all"] {
            #expect(try edited.hub.get("/api/conflicts?\(query)").json["conflicts"] == [conflict], "\(query)")
        }
        for query in ["ticket=\(number)&open=false", "site=nx-wuzhong"] {
            #expect(try edited.hub.get("/api/conflicts?\(query)").json["conflicts"] == [], "\(query)")
        }
        let counts = try edited.hub.get("/api/conflicts/counts").json
        let there = try edited.branch.get("/api/conflicts/counts").json
        for member in ["kinds", "sites", "open", "settled"] { #expect(there[member] == counts[member]) }
        #expect(counts["dataAsOf"]?["sites"]?.arrayValue?.map { $0["site"] } == ["nx-yinchuan"])
        #expect(there["dataAsOf"]?["time"]?.stringValue != nil)
        #expect(counts["open"] == 1)
        #expect(counts["settled"] == 0)
        #expect(
            counts["kinds"] == [
                [
                    "subject": "field", "field": "subject", "fieldName": ["zh": "主题", "en": "Subject"],
                    "rule": "laterWins", "open": 1, "settled": 0,
                ]
            ])
        #expect(counts["sites"] == [["losing": "nx-yinchuan", "winning": "nx-hub", "open": 1, "settled": 0]])
        #expect(try edited.hub.get("/api/conflicts?site=nx-nowhere").status == 404)
        #expect(try edited.hub.get("/api/conflicts?ticket=YC-NOTHERE").status == 404)
        #expect(try edited.hub.get("/api/conflicts/counts?open=true").status == 400)
        #expect(try edited.hub.post("/api/conflicts/nonsense/settle", text: "").status == 400)
    }

    @Test("a refused change is shown with the reason and what it would have done")
    func refusedChange() throws {
        let edited = try Edited()
        let wuzhong = try TestNode.branch("nx-wuzhong", of: edited.hub)
        func syncAll() throws {
            for _ in 0..<3 {
                try edited.sync()
                try TestExchange(hub: edited.hub, branch: wuzhong).sync()
            }
        }
        #expect(try edited.branch.act(edited.path, ["action": "offerTransfer", "to": "nx-wuzhong"]).status == 200)
        try syncAll()
        #expect(try wuzhong.act(edited.path, ["action": "acceptTransfer"]).status == 200)
        #expect(try edited.branch.act(edited.path, ["action": "declineTransfer"]).status == 200)
        try edited.sync()
        try TestExchange(hub: edited.hub, branch: wuzhong).exchange(.push)
        let refused = try edited.hub.get(edited.path).json["ticket"]?["refused"]?.arrayValue ?? []
        #expect(refused.count == 1)
        #expect(refused.first?["site"] == "nx-wuzhong")
        #expect(refused.first?["reason"]?.stringValue?.contains("not on offer") == true)
        #expect(refused.first?["effects"]?[0]?["field"] == "home")
        #expect(try edited.hub.get("/api/status").json["refusedChanges"] == 1)
        try syncAll()
        #expect(try edited.hub.get(edited.path).json["ticket"]?["owner"] == "nx-yinchuan")
    }
}
