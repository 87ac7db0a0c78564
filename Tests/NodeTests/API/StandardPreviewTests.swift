import Node
import Standards
import Testing

@Suite("What a standard would change for branches, before it is published")
struct StandardPreviewTests {
    private func overlay(_ hours: Int64) -> JSONValue {
        [
            "format": 1,
            "limits": [["limit": "complaintSolution", "time": ["unit": "naturalHours", "value": .integer(hours)]]],
            "teams": [["id": "bills", "name": ["zh": "账务组", "en": "Bills"], "department": "billing"]],
        ]
    }

    /// The standard in force under another version, corrected.
    private func document(_ node: TestNode, _ correct: (inout [String: JSONValue]) -> Void) throws -> JSONValue {
        let version = try #require(
            try node.get("/api/standards").json["standards"]?.arrayValue?.first { $0["current"] == true }?["version"]?
                .stringValue)
        let whole = try node.get("/api/standards/\(version)").json["standard"]?["document"]
        var members = try #require(whole?.objectValue)
        members["version"] = "2028.1"
        correct(&members)
        return .object(members)
    }

    private func tightened(_ members: inout [String: JSONValue], hours: Int64) {
        let limits = members["limits"]?.arrayValue ?? []
        members["limits"] = .array(
            limits.map { rule in
                guard rule["id"] == "complaintSolution", case .object(var rule) = rule else { return rule }
                rule["limit"] = ["unit": "naturalHours", "value": .integer(hours)]
                return .object(rule)
            })
    }

    @Test("a limit as strict as the branch's own is told with both, and the branch that has none is not named")
    func overtaken() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        #expect(try branch.post("/api/overlay", overlay(6)).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        let same = try hub.post("/api/standards/preview", document(hub) { _ in })
        #expect(same.status == 200, "\(same.text)")
        #expect(same.json["preview"]?["branches"] == [])
        let milder = try hub.post("/api/standards/preview", document(hub) { tightened(&$0, hours: 7) })
        #expect(milder.json["preview"]?["branches"] == [])
        let stricter = try hub.post("/api/standards/preview", document(hub) { tightened(&$0, hours: 6) })
        let preview = stricter.json["preview"]
        #expect(preview?["version"] == "2028.1" && preview?["current"] == "2027.1")
        #expect(preview?["concerns"]?.arrayValue?.contains("complaint") == true)
        #expect(
            preview?["branches"] == [
                [
                    "site": "nx-yinchuan", "broken": [],
                    "overtaken": [["limit": "complaintSolution", "branch": "6 hours", "province": "6 hours"]],
                ]
            ])
        let standards = try hub.get("/api/standards").json["standards"]?.arrayValue ?? []
        #expect(!standards.contains { $0["version"] == "2028.1" }, "nothing is published")
        let published = try hub.post(
            "/api/standards", document(hub) { tightened(&$0, hours: 6) })
        #expect(published.status == 201, "\(published.text)")
        let next = try document(hub) { members in
            members["version"] = "2028.2"
            tightened(&members, hours: 5)
        }
        let again = try hub.post("/api/standards/preview", next)
        #expect(again.json["preview"]?["current"] == "2028.1", "\(again.text)")
        #expect(again.json["preview"]?["branches"] == [], "what did not count before is no news")
    }

    @Test("a standard with faults is refused with all of them, and a branch previews nothing")
    func refused() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let answer = try hub.post("/api/standards/preview", ["format": 1, "version": "x"])
        #expect(answer.status == 422)
        #expect(answer.json["findings"]?.arrayValue?.isEmpty == false)
        #expect(try branch.post("/api/standards/preview", document(hub) { _ in }).status == 409)
    }
}
