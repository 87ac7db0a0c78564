import HTTP
import Node
import Standards
import Testing

@Suite struct AccountTests {
    private static func delete(_ node: TestNode, _ path: String) throws -> Int {
        try RawClient.send(port: node.port, "DELETE", path, headers: [node.token]).status
    }

    @Test("the last account that can administer the site is neither removed, closed, reset nor lowered")
    func lastAdministrator() throws {
        let hub = try TestNode.hub()
        _ = try hub.administrator("chief")
        // One that has no password yet, one that is closed and one of a lower level are no help.
        _ = try hub.post("/api/accounts", ["name": "new", "access": "administrator"])
        _ = try hub.person("closed", "administrator")
        #expect(try hub.post("/api/accounts/closed", ["locked": true]).status == 200)
        _ = try hub.person("other", "supervisor")
        let changes: [JSONValue] = [["access": "clerk"], ["locked": true], ["reset": true]]
        for change in changes { #expect(try hub.post("/api/accounts/chief", change).status == 409) }
        #expect(try Self.delete(hub, "/api/accounts/chief") == 409)
        #expect(try hub.post("/api/accounts/closed", ["locked": false]).status == 200)
        #expect(try Self.delete(hub, "/api/accounts/chief") == 204)
        #expect(try Self.delete(hub, "/api/accounts/closed") == 409)
    }

    @Test("who is removed, closed or reset is signed out at once")
    func signedOut() throws {
        let hub = try TestNode.hub()
        let (one, two, three) = (
            try hub.person("one", "clerk"), try hub.person("two", "clerk"), try hub.person("three", "clerk")
        )
        for visitor in [one, two, three] { #expect(try visitor.get("/api/tickets").status == 200) }
        #expect(try Self.delete(hub, "/api/accounts/one") == 204)
        #expect(try hub.post("/api/accounts/two", ["locked": true]).status == 200)
        let reset = try hub.post("/api/accounts/three", ["reset": true])
        for visitor in [one, two, three] { #expect(try visitor.get("/api/tickets").status == 401) }
        #expect(try Visitor.attempt(hub, "two", Visitor.password).status == 401)
        #expect(try Visitor.attempt(hub, "three", Visitor.password).status == 401)
        // Whoever gets an account of that name later is somebody else.
        #expect(try hub.post("/api/accounts", ["name": "one", "access": "administrator"]).status == 201)
        #expect(try one.get("/api/tickets").status == 401)
        let path = try #require(reset.json["link"]?["path"]?.stringValue)
        #expect(try Visitor.welcome(hub, path, name: nil, password: "a new one 新").session["access"] == "clerk")
    }

    @Test("another access counts from the next request of whoever is signed in")
    func accessChanges() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("wang", "observer")
        #expect(try visitor.post("/api/tickets", [:]).status == 403)
        #expect(try hub.post("/api/accounts/wang", ["access": "clerk"]).status == 200)
        #expect(try visitor.post("/api/tickets", [:]).status != 403)
        #expect(try hub.post("/api/accounts/wang", ["access": "observer"]).status == 200)
        #expect(try visitor.post("/api/tickets", [:]).status == 403)
    }

    @Test("a password that somebody else has chosen must be changed before anything else is done")
    func mustChange() throws {
        let hub = try TestNode.hub()
        let temporary = "temporary 临时"
        let made = try hub.post(
            "/api/accounts", ["name": "wang", "access": "clerk", "password": .string(temporary)])
        #expect(made.status == 201 && made.json["link"] == nil)
        let visitor = try Visitor.signIn(hub, "wang", temporary)
        #expect(visitor.session["mustChangePassword"] == true)
        #expect(try visitor.get("/api/tickets").status == 403)
        #expect(try visitor.get("/api/session").status == 200)
        let change: JSONValue = ["old": .string(temporary), "new": .string(Visitor.password)]
        #expect(try visitor.post("/api/session/password", change).status == 204)
        #expect(try visitor.get("/api/tickets").status == 200)
    }

    @Test("what is wrong with an account's form is named, all of it, and nothing is made")
    func forms() throws {
        let hub = try TestNode.hub()
        let answer = try hub.post("/api/accounts", ["name": " x", "access": "boss", "password": "short", "more": 1])
        #expect(answer.status == 422)
        let fields = answer.json["errors"]?.arrayValue?.compactMap { $0["field"]?.stringValue } ?? []
        #expect(Set(["name", "access", "more"]).isSubset(of: fields))
        #expect(try hub.post("/api/accounts", ["name": "wang", "access": "clerk", "password": "short"]).status == 422)
        #expect(try hub.post("/api/accounts/nobody", ["locked": true]).status == 404)
        #expect(try hub.get("/api/accounts").json["accounts"] == [])
        _ = try hub.person("wang", "clerk")
        #expect(try hub.post("/api/accounts", ["name": "wang", "access": "clerk"]).status == 409)
        #expect(try hub.post("/api/api-tokens", ["name": "wang", "scopes": ["clerk"]]).status == 409)
    }

    @Test("a token is told once, acts under its own name, and opens nothing once it is removed")
    func tokens() throws {
        let hub = try TestNode.hub()
        let token = try hub.systemToken("计费系统", ["clerk", "integration"])
        let body = try JSONValue(
            parsing: Array(
                #"{"type":"complaint","home":"\#(TestDocuments.branches[0])","fields":{"subject":"x"}}"#.utf8),
            sizeLimit: 1_000)
        let opened = try RawClient.send(
            port: hub.port, "POST", "/api/tickets", headers: [token], body: body.bytes())
        let shown = try hub.get(try #require(opened.headers["location"]))
        #expect(shown.json["ticket"]?["timeline"]?[0]?["actor"] == "计费系统")
        let list = try hub.get("/api/api-tokens")
        #expect(list.json["tokens"]?[0]?["scopes"] == ["clerk", "integration"])
        #expect(!list.text.contains(token.1.dropFirst("Bearer ".count)))
        #expect(try Self.delete(hub, "/api/api-tokens/\(PercentCoding.encode("计费系统"))") == 204)
        #expect(try RawClient.send(port: hub.port, "GET", "/api/tickets", headers: [token]).status == 401)
        for scopes in [[], ["boss"], ["clerk", "boss"]] as [JSONValue] {
            #expect(try hub.post("/api/api-tokens", ["name": "x", "scopes": scopes]).status == 422)
        }
    }

    @Test("the record says who signed in, was refused and was changed by whom, and no name that is no account's")
    func recorded() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("wang", "clerk")
        _ = try Visitor.attempt(hub, "wang", "not the password")
        _ = try Visitor.attempt(hub, "my secret typed here", "x")
        _ = try Visitor.signIn(hub, "wang")
        let answer = try hub.get("/api/sign-ins")
        let rows = answer.json["signIns"]?.arrayValue ?? []
        let outcomes = rows.compactMap { $0["outcome"]?.stringValue }
        #expect(
            outcomes == ["signed in", "unknown name", "wrong password", "password chosen by link", "account made"])
        #expect(rows[1]["name"] == .null && rows[4]["by"] == "api" && rows[0]["address"] == "127.0.0.1")
        #expect(!answer.text.contains("my secret"))
    }

    @Test("the record keeps a bounded number of lines")
    func recordIsBounded() throws {
        let hub = try TestNode.hub()
        let limit = AccessLimits.signInsKept
        let kept = try hub.write { session, now in
            let tables = AccessTables(session.store.database)
            for number in 0..<limit + 5 {
                try tables.record(
                    SignInRecord(time: now, name: "\(number)", address: "", outcome: .signedIn))
            }
            return try tables.records(atMost: .max).compactMap(\.name)
        }
        #expect(kept.count == limit && kept.first == "\(limit + 4)" && kept.last == "5")
    }
}
