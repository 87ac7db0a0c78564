import Node
import Replication
import Standards
import Testing

@Suite struct DecisionTests {
    private static let asked: JSONValue = [
        "action": "requestRefund", "charge": "C-1001", "amountFen": 3600, "reason": "重复扣费",
    ]

    @Test("a refund for one charge is granted once; the second request is refused with the reason")
    func onceForACharge() throws {
        let (hub, branch) = try TestNode.pair()
        let exchange = TestExchange(hub: hub, branch: branch)
        for _ in 0..<2 { #expect(try branch.act(try branch.openTicket(), Self.asked).status == 200) }
        try exchange.sync()
        let open = try hub.get("/api/decisions?state=open").json["decisions"]?.arrayValue ?? []
        #expect(open.count == 2)
        #expect(open[0]["charge"] == "C-1001")
        #expect(open[0]["amountFen"] == 3600)
        #expect(open[0]["reason"] == "重复扣费")
        #expect(open[0]["site"] == "nx-yinchuan")
        #expect(open[0]["number"]?.stringValue?.hasPrefix("YC-") == true)

        func decide(_ request: JSONValue, _ outcome: JSONValue) throws -> RawAnswer {
            try hub.post("/api/decisions", ["request": request, "outcome": outcome, "reason": "核实"])
        }
        let requests = try open.map { try #require($0["request"]) }
        let first = try decide(requests[0], "granted")
        #expect(first.status == 200)
        #expect(first.json["decision"]?["state"] == "marked")
        #expect(try hub.get("/api/decisions?state=marked").json["decisions"]?.arrayValue?.count == 1)
        let second = try decide(requests[1], "granted")
        #expect(second.json["decision"]?["state"] == "refused")
        #expect(second.json["decision"]?["answerReason"]?.stringValue?.contains("granted to another") == true)
        try exchange.sync()
        try exchange.sync()
        #expect(try decide(requests[0], "refused").json["decision"]?["state"] == "granted")
        let granted = try branch.get("/api/decisions?state=granted").json["decisions"]?.arrayValue ?? []
        #expect(granted.map { $0["request"] } == [requests[0]])
        let ticket = try #require(granted.first?["ticket"]?.stringValue)
        let request = try branch.get("/api/tickets/\(ticket)").json["ticket"]?["requests"]?[0]
        #expect(request?["outcome"] == "granted")
        #expect(request?["answerReason"] == "核实")
    }

    @Test("requests are listed page by page, each once, and all of them are counted on every page")
    func pages() throws {
        let (hub, branch) = try TestNode.pair()
        for _ in 0..<3 { #expect(try branch.act(try branch.openTicket(), Self.asked).status == 200) }
        try TestExchange(hub: hub, branch: branch).sync()
        let first = try hub.get("/api/decisions?state=open&limit=2").json
        let next = try #require(first["next"]?.stringValue)
        let rest = try hub.get("/api/decisions?state=open&limit=2&after=\(next)").json
        #expect(first["total"] == 3 && rest["total"] == 3)
        #expect(rest["next"] == .null)
        let pages = [first, rest].map { $0["decisions"]?.arrayValue ?? [] }
        #expect(pages.map(\.count) == [2, 1])
        #expect(Set(pages.joined().compactMap { $0["request"]?.stringValue }).count == 3)
        #expect(try hub.get("/api/decisions?state=granted").json["total"] == 0)
    }

    @Test("a branch decides nothing: 409 names the hub")
    func branchesDoNotDecide() throws {
        let (_, branch) = try TestNode.pair()
        let answer = try branch.post(
            "/api/decisions", ["request": "0123456789abcdef-1", "outcome": "granted", "reason": ""])
        #expect(answer.status == 409)
        #expect(answer.text.contains("at the hub"))
    }

    @Test("a decision about nothing is refused with 404, one that is not whole with 422")
    func wrongDecisions() throws {
        let hub = try TestNode.hub()
        let none: JSONValue = ["request": "0123456789abcdef-1", "outcome": "granted"]
        #expect(try hub.post("/api/decisions", none).status == 404)
        #expect(try hub.post("/api/decisions", ["request": "x", "outcome": "granted"]).status == 422)
        #expect(try hub.post("/api/decisions", ["request": "0123456789abcdef-1", "outcome": "maybe"]).status == 422)
    }
}
