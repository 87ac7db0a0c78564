import HTTP
import Standards
import Testing

@Suite struct AccessTests {
    @Test("health and readiness are told to anyone")
    func healthIsOpen() throws {
        let hub = try TestNode.hub()
        let health = try RawClient.send(port: hub.port, "GET", "/healthz")
        #expect(health.status == 200)
        #expect(health.json == ["status": "ok"])
        let ready = try RawClient.send(port: hub.port, "GET", "/readyz")
        #expect(ready.status == 200)
        #expect(ready.json == ["ready": true, "reasons": []])
    }

    @Test("a branch that no standard has reached is not ready, and a ticket there is refused with what to do")
    func withoutStandardNotReady() throws {
        let hub = try TestNode.hub()
        let branch = try TestNode.branch(of: hub)
        let ready = try RawClient.send(port: branch.port, "GET", "/readyz")
        #expect(ready.status == 503)
        #expect(ready.json["ready"] == false)
        #expect(ready.json["reasons"]?[0]?.stringValue?.contains("standard") == true)
        let ticket = try branch.open()
        #expect(ticket.status == 503)
        #expect(ticket.text.contains("wait for the first exchange"))
    }

    @Test("who acts is read from percent-encoded UTF-8, and stands in the timeline")
    func actorIsDecoded() throws {
        let hub = try TestNode.hub()
        let answer = try hub.open(headers: [("Tributary-Actor", PercentCoding.encode("王芳"))])
        let shown = try hub.get(try #require(answer.headers["location"]))
        #expect(shown.json["ticket"]?["timeline"]?[0]?["actor"] == "王芳")
        let unnamed = try hub.get(try hub.openTicket())
        #expect(unnamed.json["ticket"]?["timeline"]?[0]?["actor"] == "api")
    }

    @Test("a name that is empty, broken, too long or has control characters is refused with 400")
    func badActorsAreRefused() throws {
        let hub = try TestNode.hub()
        for name in ["%zz", "%0A", String(repeating: "a", count: 257)] {
            #expect(try hub.open(headers: [("Tributary-Actor", name)]).status == 400)
        }
        let longest = String(repeating: "a", count: 256)
        #expect(try hub.open(headers: [("Tributary-Actor", longest)]).status == 201)
    }

    @Test("a body above a route's limit is refused with 413")
    func largeBodiesAreRefused() throws {
        let hub = try TestNode.hub()
        let large = String(repeating: " ", count: (16 << 10) + 1)
        #expect(try hub.post("/api/decisions", text: large).status == 413)
        #expect(try hub.post("/api/sites", text: large).status == 413)
        #expect(try hub.post("/api/tickets", text: String(repeating: " ", count: (1 << 20) + 1)).status == 413)
    }

    @Test("JSON that cannot be read is refused with 400 and the place of the fault")
    func brokenJSONIsPlaced() throws {
        let hub = try TestNode.hub()
        let paths = ["/api/tickets", "/api/import", "/api/decisions", "/api/sites", "/api/standards"]
        for path in paths + ["/api/tickets/x/actions"] {
            let answer = try hub.post(path, text: "{\n  \"type\" 1}")
            #expect(answer.status == 400, "\(path)")
            #expect(answer.isProblem)
            #expect(answer.text.contains("2:"), "\(path): \(answer.text)")
        }
    }

    @Test("a query that is unknown, repeated or out of range is refused with 400")
    func queriesAreStrict() throws {
        let hub = try TestNode.hub()
        let targets = [
            "/api/tickets?stat=closed", "/api/tickets?state=a&state=b", "/api/tickets?limit=0",
            "/api/tickets?limit=501", "/api/tickets?after=x", "/api/tickets?conflicts=all",
            "/api/tickets?open=no", "/api/tickets?open=false", "/api/export/tickets?open=false",
            "/api/tickets?opened=2026-02-30", "/api/tickets?closed=today",
            "/api/conflicts?open=no", "/api/decisions?state=no", "/api/decisions?after=1",
            "/api/sites?x=1", "/api/standards?x=1", "/api/status?x=1", "/api/verify?x=1",
        ]
        for target in targets {
            let answer = try hub.get(target)
            #expect(answer.status == 400, "\(target)")
            #expect(answer.isProblem)
        }
        #expect(try hub.get("/api/tickets?stat=closed").text.contains("did you mean"))
        #expect(try hub.get("/api/tickets?open=false").text.contains("open can only be true"))
    }

    @Test("what a node answers about its tickets is kept by nobody on the way")
    func answersAreNotStored() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        for target in [path, "/api/tickets", "/api/tickets/none"] {
            #expect(try hub.get(target).headers["cache-control"] == "no-store")
        }
    }
}
