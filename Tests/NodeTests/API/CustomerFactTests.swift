import Node
import Standards
import Testing

@Suite("A customer over the API")
struct CustomerFactTests {
    @Test("A17, I12: its managers, the end of its contract and what to be reminded of are shown with the grade")
    func reminders() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let who: JSONValue = ["name": "某银行", "phone": "13900000001"]
        let first = try branch.post(
            "/api/tickets", ["type": "complaint", "fields": ["subject": "专线中断"], "customer": who])
        #expect(first.status == 201, "\(first.text)")
        let path = try #require(first.headers["location"])
        let id = try #require(try branch.get(path).json["ticket"]?["customer"]?["id"]?.stringValue)
        let soon = branch.site.now() + 86_400_000
        let facts: JSONValue = [
            "facts": [
                "contractEnds": .integer(soon), "accountManager": "马建国", "serviceManager": "李静", "arrears": 1,
            ]
        ]
        #expect(try branch.post("/api/customers/\(id)", facts).status == 200)
        let again: JSONValue = ["name": "某银行", "phone": "13900000001", "id": .string(id)]
        let second = try branch.post(
            "/api/tickets", ["type": "complaint", "fields": ["subject": "专线又中断"], "customer": again])
        #expect(second.status == 201, "\(second.text)")
        try TestExchange(hub: hub, branch: branch).sync()
        for node in [branch, hub] {
            let customer = try node.get("/api/customers/\(id)").json["customer"]
            #expect(customer?["accountManager"] == "马建国" && customer?["serviceManager"] == "李静")
            let kinds = customer?["reminders"]?.arrayValue?.compactMap { $0["kind"]?.stringValue }
            #expect(kinds == ["contract", "repeat", "open", "arrears"])
        }
    }
}
