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

    @Test("a standard takes effect when it was published for, and reaches its branches ahead of that")
    func effective() throws {
        let (hub, branch) = try TestNode.pair()
        let document = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
        let later = "2033-01-01T00:00:00+08:00"
        let path = "/api/standards?effective=2033-01-01T00:00:00%2B08:00"
        let answer = try hub.post(path, text: document)
        #expect(answer.status == 201)
        #expect(answer.json["standard"]?["current"] == false)
        try TestExchange(hub: hub, branch: branch).sync()
        let standards = try branch.get("/api/standards").json["standards"]?.arrayValue ?? []
        #expect(standards.map { $0["current"] } == [false, true])
        let effective = standards[0]["effectiveAt"]?.stringValue.flatMap(InstantText.milliseconds)
        #expect(effective == InstantText.milliseconds(later))
        #expect(try hub.post(path, text: document).status == 200)
        #expect(try hub.post("/api/standards?effective=2033-02-01T00:00:00Z", text: document).status == 409)
    }

    @Test("nothing takes effect in the past, or so far ahead that it must be a slip")
    func notInThePast() throws {
        let hub = try TestNode.hub()
        let document = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
        for time in ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"] {
            let answer = try hub.post("/api/standards?effective=\(time)", text: document)
            #expect(answer.status == 422, "\(time)")
        }
        #expect(try hub.post("/api/standards?effective=soon", text: document).status == 400)
        #expect(try hub.get("/api/standards").json["standards"]?.arrayValue?.count == 1)
    }

    @Test("a standard is shown whole under its version and its digest")
    func show() throws {
        let hub = try TestNode.hub()
        let listed = try hub.get("/api/standards").json["standards"]?.arrayValue?.first
        let document = try JSONValue(parsing: TestDocuments.pack(), sizeLimit: StandardPack.sizeLimit)
        for name in ["2026.1", listed?["digest"]?.stringValue ?? ""] {
            let answer = try hub.get("/api/standards/\(name)")
            #expect(answer.status == 200)
            #expect(answer.json["standard"]?["document"] == document)
        }
        #expect(try hub.get("/api/standards/2099.9").status == 404)
    }

    @Test("the hub sees which branch has not got a standard yet")
    func missing() throws {
        let (hub, branch) = try TestNode.pair()
        func missing() throws -> JSONValue? {
            try hub.get("/api/status").json["peers"]?.arrayValue?.first { $0["site"] == "nx-yinchuan" }?[
                "missingStandards"]
        }
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try missing() == [])
        let document = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
        #expect(try hub.post("/api/standards", text: document).status == 201)
        #expect(try missing() == ["2026.2"])
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try missing() == [])
    }
}
