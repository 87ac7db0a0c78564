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
            try edit(hub, ["subject": "as the hub has it", "channel": "phone"], by: "supervisor")
            try sync()
        }

        func sync() throws { try TestExchange(hub: hub, branch: branch).sync() }
    }

    @Test("a conflict is listed alike at both ends, with both values, who wrote them and the rule that decided")
    func listedAlike() throws {
        let edited = try Edited()
        let here = try edited.branch.get("/api/conflicts").json
        #expect(try edited.hub.get("/api/conflicts").json == here)
        let conflict = try #require(here["conflicts"]?[0])
        #expect(here["conflicts"]?.arrayValue?.count == 1)
        #expect(here["next"] == .null)
        #expect(conflict["subject"] == "field")
        #expect(conflict["field"] == "subject")
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
