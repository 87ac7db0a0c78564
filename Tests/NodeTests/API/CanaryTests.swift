import Node
import Standards
import Testing

@Suite struct CanaryTests {
    private static let canary = "KANARIENVOGEL"

    @Test("no refusal repeats what was said about a customer or a ticket")
    func refusalsRepeatNothing() throws {
        let (hub, branch) = try TestNode.pair()
        let canary = JSONValue.string(Self.canary)
        let long = JSONValue.string(Self.canary + String(repeating: "x", count: 300))
        let opened = try branch.open(Self.canary, headers: [("Idempotency-Key", "k")])
        let path = try #require(opened.headers["location"])
        let bodies: [JSONValue] = [
            ["type": "complaint", "fields": ["subject": long]],
            ["type": "complaint", "fields": ["subject": canary, "channel": canary]],
            ["type": "complaint", "fields": ["subject": canary, "amount": canary, "onBehalf": canary]],
            ["type": "complaint", "fields": ["subject": [canary]]],
            ["type": "complaint", "fields": ["subject": canary], "customer": ["name": long, "phone": long]],
            ["type": "complaint", "fields": ["subject": canary], "customer": canary],
            ["type": "complaint", "fields": ["subject": canary], "category": canary],
            ["type": "complaint", "fields": ["subject": canary], "home": canary],
            ["type": "complaint", "fields": canary], canary,
        ]
        var refusals = try bodies.map { try branch.post("/api/tickets", $0) }
        refusals.append(try branch.post("/api/tickets", text: #"{"fields":{"subject":"\#(Self.canary)"#))
        refusals.append(try branch.open("other " + Self.canary, headers: [("Idempotency-Key", "k")]))
        let actions: [JSONValue] = [
            ["action": canary], ["action": "transition", "name": "close", "fields": ["resolution": canary]],
            ["action": "assign", "fields": ["channel": canary]], ["action": "settle", "losing": canary],
            ["action": "requestRefund", "charge": canary, "amountFen": 99_999_999, "reason": canary],
            ["action": "offerTransfer", "to": canary],
        ]
        refusals += try actions.map { try branch.act(path, $0) }
        refusals.append(try branch.get("/api/tickets/\(Self.canary)"))
        refusals.append(try hub.post("/api/decisions", ["request": canary, "outcome": "granted", "reason": canary]))
        for refusal in refusals {
            #expect((400...499).contains(refusal.status), "\(refusal.text)")
            #expect(!refusal.text.contains(Self.canary), "\(refusal.text)")
        }
    }

    @Test("a rejected row does not repeat what it held")
    func rejectedRowsRepeatNothing() throws {
        let hub = try TestNode.hub()
        let canary = JSONValue.string(Self.canary)
        let rows: [JSONValue] = [
            ["key": "1", "type": "complaint", "home": "nx-yinchuan", "fields": ["subject": [canary]]],
            [
                "key": "2", "type": "complaint", "home": "nx-yinchuan",
                "fields": ["subject": canary, "channel": canary],
            ],
            ["key": "3", "type": "complaint", "home": canary, "fields": ["subject": canary]],
            [
                "key": "4", "type": "complaint", "home": "nx-yinchuan", "state": canary,
                "fields": ["subject": canary],
            ],
            canary,
        ]
        let answer = try hub.post("/api/import", ["source": "s", "rows": .array(rows)])
        #expect(answer.status == 200)
        #expect((answer.json["results"]?.arrayValue ?? []).allSatisfy { $0["outcome"] == "rejected" })
        #expect(!answer.text.contains(Self.canary))
    }
}
