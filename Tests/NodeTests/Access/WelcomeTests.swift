import HTTP
import Node
import Replication
import SQLite
import Standards
import Testing

@Suite struct WelcomeTests {
    private static func link(_ node: TestNode) throws -> String {
        try #require(try node.post("/api/invitations", text: "").json["link"]?["path"]?.stringValue)
    }

    private static func use(_ node: TestNode, _ path: String, _ name: String?, _ password: String = Visitor.password)
        throws -> RawAnswer
    {
        try RawClient.send(
            port: node.port, "POST", "/api/welcome", body: Visitor.welcomeBody(path, name, password).bytes())
    }

    @Test("a new site has no account and no usual password; its link makes one administrator, once")
    func firstAdministrator() throws {
        let hub = try TestNode.hub()
        #expect(try hub.get("/api/accounts").json["accounts"] == [])
        for name in ["admin", "administrator", "root", "站长"] {
            #expect(try Visitor.attempt(hub, name, name).status == 401)
        }
        let path = try Self.link(hub)
        let visitor = try Visitor.welcome(hub, path, name: "站长")
        #expect(visitor.session["access"] == "administrator")
        #expect(try visitor.get("/api/accounts").status == 200)
        let again = try Self.use(hub, path, "别人")
        #expect(again.status == 403 && again.text.contains("was used"))
        #expect(try hub.get("/api/accounts").json["accounts"]?.arrayValue?.count == 1)
    }

    @Test("a link made anew makes the one before good no longer")
    func replaced() throws {
        let hub = try TestNode.hub()
        let (first, second) = (try Self.link(hub), try Self.link(hub))
        #expect(try Self.use(hub, first, "站长").status == 403)
        #expect(try Self.use(hub, second, "站长").status == 200)
    }

    @Test("a link is good for 24 hours")
    func expires() throws {
        let hub = try TestNode.hub()
        let path = try Self.link(hub)
        func expire(in milliseconds: Int64) throws {
            let expires = SystemClock.wall() + milliseconds
            _ = try hub.write { session, _ in
                try session.store.database.run("UPDATE invitation SET expires = ?", expires)
            }
        }
        let left = try hub.site.read { store in
            try store.database.first("SELECT expires FROM invitation") { $0.int64(0) - SystemClock.wall() }
        }
        #expect((86_340_000...86_400_000).contains(left ?? 0))
        try expire(in: -1)
        #expect(try Self.use(hub, path, "站长").status == 403)
        try expire(in: 60_000)
        #expect(try Self.use(hub, path, "站长").status == 200)
    }

    @Test("what is wrong with a name or a password leaves the link good")
    func mistakes() throws {
        let hub = try TestNode.hub()
        let path = try Self.link(hub)
        #expect(try Self.use(hub, path, "站长", "short").status == 422)
        for name in [nil, "", "hub", "a\nb"] { #expect(try Self.use(hub, path, name).status == 400) }
        _ = try hub.systemToken("计费系统", ["clerk"])
        #expect(try Self.use(hub, path, "计费系统").status == 409)
        #expect(try Self.use(hub, path, "站长").status == 200)
    }

    @Test("a key that was never given out is refused, whatever the password is")
    func unknownKey() throws {
        let hub = try TestNode.hub()
        let wrong = "/welcome?key=" + String(repeating: "0", count: 64)
        #expect(try Self.use(hub, wrong, "站长", "short").status == 403)
        #expect(try Self.use(hub, wrong, "站长").status == 403)
        #expect(try Self.use(hub, "/welcome?key=", "站长").status == 422)
    }

    @Test("somebody who was given an account chooses a password by its link, and no other name")
    func invited() throws {
        let hub = try TestNode.hub()
        let made = try hub.post("/api/accounts", ["name": "王芳", "access": "clerk"])
        #expect(made.status == 201 && made.json["account"]?["hasPassword"] == false)
        let path = try #require(made.json["link"]?["path"]?.stringValue)
        #expect(path.hasSuffix("&name=" + PercentCoding.encode("王芳")))
        #expect(try Visitor.attempt(hub, "王芳", Visitor.password).status == 401)
        #expect(try Self.use(hub, path, "李强").status == 403)
        #expect(try Self.use(hub, path, "王芳").json["access"] == "clerk")
        #expect(try Visitor.attempt(hub, "王芳", Visitor.password).status == 200)
    }

    @Test("a link that was not used goes with its account, and when that is closed")
    func removed() throws {
        let hub = try TestNode.hub()
        let made = try hub.post("/api/accounts", ["name": "wang", "access": "clerk"])
        let path = try #require(made.json["link"]?["path"]?.stringValue)
        let other = try hub.post("/api/accounts", ["name": "li", "access": "clerk"])
        #expect(try hub.post("/api/accounts/li", ["locked": true]).status == 200)
        #expect(try hub.post("/api/accounts/li", ["locked": false]).status == 200)
        #expect(try Self.use(hub, try #require(other.json["link"]?["path"]?.stringValue), "li").status == 403)
        let gone = try RawClient.send(port: hub.port, "DELETE", "/api/accounts/wang", headers: [hub.token])
        #expect(gone.status == 204)
        #expect(try Self.use(hub, path, "wang").status == 403)
    }
}
