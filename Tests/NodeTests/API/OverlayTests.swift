import Foundation
import Node
import Standards
import Testing

@Suite("Standards and overlays over the API")
struct OverlayTests {
    private func overlay(_ hours: Int64) -> JSONValue {
        [
            "format": 1,
            "limits": [["limit": "complaintSolution", "time": ["unit": "naturalHours", "value": .integer(hours)]]],
        ]
    }

    @Test("R2: a branch is stricter for itself, and every limit says who may settle it")
    func stricter() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let answer = try branch.post("/api/overlay", overlay(6))
        #expect(answer.status == 200)
        let limit = answer.json["limits"]?[0]
        #expect(limit?["scope"] == "tightenOnly")
        #expect(limit?["branch"] == "6 hours")
        #expect(limit?["province"] == "7 days")
        #expect(limit?["standing"] == "inForce")
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try hub.get("/api/overlay?site=nx-yinchuan").json["overlay"] == overlay(6))
        let settings = try branch.get("/api/settings").json["settings"]?.arrayValue ?? []
        #expect(settings.contains(["setting": "ticketTypes", "scope": "provinceLocked"]))
        #expect(settings.contains(["setting": "limits", "scope": "tightenOnly"]))
        #expect(settings.contains(["setting": "teams", "scope": "branchOnly"]))
    }

    @Test("R2: a looser limit is refused with 422, its place and the province's value; the hub has no overlay")
    func looser() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let answer = try branch.post("/api/overlay", overlay(8_000))
        #expect(answer.status == 422)
        #expect(answer.json["findings"]?[0]?["path"] == "/limits/0/time")
        #expect(answer.json["findings"]?[0]?["problem"] == "is looser than the province's, which is 7 days")
        #expect(try branch.get("/api/overlay").json["overlay"] == .null)
        #expect(try hub.post("/api/overlay", overlay(6)).status == 403)
    }

    @Test("an overlay that somebody has changed since it was shown is not written over")
    func stale() throws {
        let (_, branch) = try TestNode.pairByProvince()
        _ = try branch.post("/api/overlay", overlay(6))
        let shown = try #require(try branch.get("/api/overlay").headers["etag"])
        #expect(try branch.post("/api/overlay", overlay(5)).status == 200)
        #expect(try branch.post("/api/overlay", overlay(4), headers: [("If-Match", shown)]).status == 412)
        #expect(try branch.get("/api/overlay").json["overlay"] == overlay(5))
    }

    @Test("D3: a ticket says of each clock when it is due, and of each limit who set it and how sure that is")
    func clocks() throws {
        let (_, branch) = try TestNode.pairByProvince()
        _ = try branch.post("/api/overlay", overlay(6))
        let path = try branch.openTicket()
        let ticket = try branch.get(path).json["ticket"]
        let clocks = ticket?["clocks"]?.arrayValue ?? []
        #expect(clocks.map { $0["clock"] } == ["response", "update", "solution"])
        let solution = try #require(clocks.last)
        #expect(solution["standing"] == "running")
        #expect(solution["overdue"] == false)
        let why = solution["why"]?.arrayValue ?? []
        #expect(why.first?["source"] == "branch")
        #expect(why.first?["decides"] == true)
        #expect(why.first?["dueAt"] == solution["dueAt"])
        #expect(Set(why.compactMap { $0["source"]?.stringValue }) == ["branch", "province", "regulation"])
        #expect(why.allSatisfy { $0["reference"]?.stringValue?.isEmpty == false && $0["confidence"] != nil })
        #expect(ticket?["standard"] == ["version": "2027.1", "missed": nil])
        #expect(ticket?["department"] == "frontOffice")
        #expect(ticket?["nextSteps"]?.arrayValue?.contains { $0["name"] == "accept" } == true)
    }

    @Test("hand-over and escalation are done over the API; what cannot be done is refused with 403, 409 or 422")
    func actions() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let path = try branch.openTicket()
        #expect(try branch.act(path, ["action": "handOver", "to": "billing"]).status == 200)
        #expect(try branch.act(path, ["action": "handOver", "to": "kitchen"]).status == 422)
        #expect(try branch.act(path, ["action": "acceptHandOver"]).status == 200)
        #expect(try branch.act(path, ["action": "acceptHandOver"]).status == 409)
        #expect(try branch.act(path, ["action": "expedite"]).status == 200)
        #expect(try branch.act(path, ["action": "escalate"]).status == 422)
        #expect(try branch.act(path, ["action": "escalate", "reason": "third time"]).status == 200)
        #expect(try branch.act(path, ["action": "take"]).status == 403)
        #expect(try branch.act(path, ["action": "step", "step": "survey", "to": "done"]).status == 422)
        #expect(try branch.act(path, ["action": "vote", "department": "network", "choice": "approve"]).status == 422)
        #expect(try branch.act(path, ["action": "change", "field": "subject", "add": ["x"]]).status == 422)
        let ticket = try branch.get(path).json["ticket"]
        #expect(ticket?["department"] == "billing")
        #expect(ticket?["expedites"] == 1)
        #expect(ticket?["escalation"] == "third time")
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try hub.act(path, ["action": "take"]).status == 200)
        #expect(try hub.get(path).json["ticket"]?["owner"] == "nx-hub")
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try branch.act(path, ["action": "transition", "name": "accept"]).status == 403)
    }
}
