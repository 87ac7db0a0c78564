import Node
import Standards
import Testing

/// What a list says of each ticket beside the ticket itself.
@Suite struct ListedTests {
    private func opened(_ node: TestNode, _ subject: String, _ name: String, _ phone: String) throws -> RawAnswer {
        try node.post(
            "/api/tickets",
            [
                "type": "complaint", "fields": ["subject": .string(subject)],
                "customer": ["name": .string(name), "phone": .string(phone)],
            ])
    }

    @Test("a list says whose each ticket is and how often it was chased, and gives those of one customer")
    func listsOfOneCustomer() throws {
        let (_, branch) = try TestNode.pair()
        let first = try opened(branch, "宽带频繁掉线", "马国强", "13900000001")
        #expect(first.status == 201, "\(first.text)")
        _ = try opened(branch, "话费争议", "李秀英", "13900000002")
        let path = try #require(first.headers["location"])
        #expect(try branch.act(path, ["action": "expedite", "text": "又来电"]).status == 200)
        let all = try branch.get("/api/tickets").json["tickets"]
        let mine = try #require(all?.arrayValue?.first { $0["subject"]?.stringValue == "宽带频繁掉线" })
        #expect(mine["customer"]?["name"]?.stringValue == "马国强")
        #expect(mine["expedites"]?.intValue == 1)
        let id = try #require(mine["customer"]?["id"]?.stringValue)
        let own = try branch.get("/api/tickets?customer=\(id)").json
        #expect(own["total"]?.intValue == 1)
        #expect(own["tickets"]?[0]?["number"] == mine["number"])
        #expect(try branch.get("/api/tickets?customer=x").status == 400)
    }
}
