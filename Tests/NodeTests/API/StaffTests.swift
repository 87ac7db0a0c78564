import Foundation
import Node
import Standards
import Testing

@Suite("Roles and allowances over the API")
struct StaffTests {
    private func pair() throws -> (hub: TestNode, branch: TestNode) {
        let (hub, branch) = try TestNode.pair()
        let roles = #""roles": [{"id": "clerk", "name": {"zh": "坐席", "en": "Clerk"}}], "ticketTypes""#
        let pack = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
            .replacingOccurrences(of: "\"ticketTypes\"", with: roles)
        #expect(try hub.post("/api/standards", text: pack).status == 201)
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch)
    }

    @Test("R8: the hub begins a branch's roster; the branch works by it offline, and says no to whoever holds nothing")
    func roster() throws {
        let (hub, branch) = try pair()
        #expect(try branch.get("/api/staff").json["begun"] == .bool(false))
        let grant: JSONValue = ["site": "nx-yinchuan", "person": "wang", "grant": ["clerk"]]
        #expect(try branch.post("/api/staff", grant).status == 403)
        let answer = try hub.post("/api/staff", grant)
        #expect(answer.status == 200)
        #expect(answer.json["people"]?[0]?["person"] == "wang")
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.get("/api/staff").json["begun"] == .bool(true))
        let ticket: JSONValue = ["type": "complaint", "fields": ["subject": "slow"]]
        #expect(try branch.post("/api/tickets", ticket, headers: [("Tributary-Actor", "nobody")]).status == 403)
        #expect(try branch.post("/api/tickets", ticket, headers: [("Tributary-Actor", "wang")]).status == 201)
    }

    @Test("a body that names no person, or nothing to do, is refused with what is wrong")
    func refusals() throws {
        let (hub, _) = try pair()
        #expect(try hub.post("/api/staff", ["grant": ["clerk"]]).status == 422)
        #expect(try hub.post("/api/staff", ["person": "wang"]).status == 422)
        #expect(try hub.post("/api/staff", ["site": "nx-none", "person": "wang", "grant": ["clerk"]]).status == 422)
    }

    @Test("R8: an allowance is granted at the hub, spent at the branch and returned there, each charge once")
    func allowance() throws {
        let (hub, branch) = try pair()
        let grant: JSONValue = ["site": "nx-yinchuan", "prefix": "YC-", "amountFen": 1_000]
        #expect(try branch.post("/api/allowances", grant).status == 403)
        let made = try hub.post("/api/allowances", grant)
        #expect(made.status == 200)
        let name = try #require(made.json["allowance"]?["allowance"]?.stringValue)
        try TestExchange(hub: hub, branch: branch).sync()
        let ticket = try branch.openTicket()
        let pay: JSONValue = ["charge": "YC-1", "amountFen": 600, "reason": "twice"]
        #expect(try branch.post("\(ticket)/payments", pay).status == 200)
        #expect(try branch.post("\(ticket)/payments", pay).status == 403)
        let beyond: JSONValue = ["charge": "YC-2", "amountFen": 401, "reason": "twice"]
        #expect(try branch.post("\(ticket)/payments", beyond).status == 403)
        #expect(try branch.post("/api/allowances/\(name)", ["action": "return"]).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        let held = try hub.get("/api/allowances/\(name)").json["allowance"]
        #expect(held?["state"] == "returned")
        #expect(held?["spentFen"] == 600)
        #expect(held?["payments"]?[0]?["charge"] == "YC-1")
        #expect(try hub.get("/api/allowances").json["allowances"]?.arrayValue?.count == 1)
        #expect(try hub.get("/api/allowances/none").status == 404)
    }
}
