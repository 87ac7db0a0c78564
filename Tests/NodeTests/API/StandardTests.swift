import Node
import Standards
import Testing

@Suite struct StandardTests {
    @Test("a published standard is the current one, everywhere after the exchange")
    func publish() throws {
        let (hub, branch) = try TestNode.pair()
        let document = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
        let answer = try hub.post("/api/standards", text: document)
        #expect(answer.status == 201)
        #expect(answer.json["standard"]?["version"] == "2026.2")
        #expect(answer.json["standard"]?["current"] == true)
        try TestExchange(hub: hub, branch: branch).sync()
        for node in [hub, branch] {
            let standards = try node.get("/api/standards").json["standards"]?.arrayValue ?? []
            #expect(standards.map { $0["version"] } == ["2026.2", "2026.1"])
            #expect(standards.map { $0["current"] } == [true, false])
            #expect(standards[0]["digest"] == answer.json["standard"]?["digest"])
        }
    }

    @Test("the same standard again publishes nothing; another one under its version is refused with 409")
    func publishAgain() throws {
        let hub = try TestNode.hub()
        let document = String(decoding: TestDocuments.pack(), as: UTF8.self)
        #expect(try hub.post("/api/standards", text: document).status == 200)
        #expect(try hub.post("/api/standards", text: document + " ").status == 409)
        #expect(try hub.get("/api/standards").json["standards"]?.arrayValue?.count == 1)
    }

    @Test("a standard with faults is refused with 422 and every fault, its place and what to do")
    func faults() throws {
        let hub = try TestNode.hub()
        let answer = try hub.post("/api/standards", ["format": 1, "version": "x"])
        #expect(answer.status == 422)
        let findings = answer.json["findings"]?.arrayValue ?? []
        #expect(findings.count > 1)
        #expect(findings.allSatisfy { $0["path"]?.stringValue != nil && $0["remedy"]?.stringValue?.isEmpty == false })
    }

    @Test("a branch publishes nothing")
    func branchesDoNotPublish() throws {
        let (_, branch) = try TestNode.pair()
        let document = String(decoding: TestDocuments.pack(version: "3"), as: UTF8.self)
        #expect(try branch.post("/api/standards", text: document).status == 409)
    }
}
