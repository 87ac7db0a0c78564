import HTTP
import Node
import Standards
import Testing

@Suite struct SignInTests {
    @Test("who signs in gets a cookie that no script reads, and acts under the account's name")
    func signsIn() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("王芳", "clerk")
        let answer = try Visitor.attempt(hub, "王芳", Visitor.password)
        let cookie = try #require(answer.headers["set-cookie"])
        for part in ["tributary_session=", "HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part)) }
        #expect(!cookie.contains("Secure"))
        #expect(answer.json["name"] == "王芳" && answer.json["access"] == "clerk")
        #expect(answer.json["site"] == "nx-hub" && answer.json["role"] == "hub")
        #expect(answer.json["mustChangePassword"] == false)
        let visitor = try Visitor(hub, answer)
        #expect(try visitor.get("/api/session").json == answer.json)
        let body: JSONValue = [
            "type": "complaint", "home": .string(TestDocuments.branches[0]), "fields": ["subject": "宽带频繁掉线"],
        ]
        let opened = try visitor.post("/api/tickets", body)
        let shown = try visitor.get(try #require(opened.headers["location"]))
        #expect(shown.json["ticket"]?["timeline"]?[0]?["actor"] == "王芳")
    }

    @Test("a wrong password and the name of nobody are answered with the same bytes")
    func sameAnswer() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("王芳", "clerk")
        let wrong = try Visitor.attempt(hub, "王芳", "not the password")
        let nobody = try Visitor.attempt(hub, "李强", "not the password")
        #expect(wrong.status == 401 && wrong.body == nobody.body)
        let names = { (answer: RawAnswer) in answer.headers.filter { $0.key != "date" } }
        #expect(names(wrong) == names(nobody))
        #expect(try Visitor.attempt(hub, "", "x").body == wrong.body)
        #expect(try Visitor.attempt(hub, "王芳", "nul\u{0}").body == wrong.body)
    }

    @Test(
        "after five failures an account waits, with the right password too, and is told for how long; unlocking ends it"
    )
    func locksOut() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("王芳", "clerk")
        for _ in 0..<5 { #expect(try Visitor.attempt(hub, "王芳", "not the password").status == 401) }
        let waiting = try Visitor.attempt(hub, "王芳", Visitor.password)
        #expect(waiting.status == 429)
        let seconds = try #require(waiting.headers["retry-after"].flatMap { Int($0) })
        #expect((1...60).contains(seconds))
        let list = try hub.get("/api/accounts").json["accounts"]?[0]
        #expect(list?["failures"] == 5 && list?["waitsUntil"]?.stringValue != nil)
        #expect(try hub.post("/api/accounts/\(PercentCoding.encode("王芳"))", ["unlock": true]).status == 200)
        #expect(try Visitor.attempt(hub, "王芳", Visitor.password).status == 200)
    }

    @Test("signing in ends the count of failures, and who is signed in is not disturbed by somebody else's")
    func successForgives() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        for _ in 0..<2 {
            for _ in 0..<4 { #expect(try Visitor.attempt(hub, "王芳", "not the password").status == 401) }
            #expect(try Visitor.attempt(hub, "王芳", Visitor.password).status == 200)
        }
        for _ in 0..<6 { _ = try Visitor.attempt(hub, "王芳", "not the password") }
        #expect(try visitor.get("/api/tickets").status == 200)
    }

    @Test("a write by cookie needs the session's own mark, and comes from no other site's page")
    func crossSite() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "supervisor")
        let other = try hub.person("李强", "supervisor")
        let cookie = ("Cookie", visitor.cookie)
        func write(_ headers: [(String, String)]) throws -> Int {
            try RawClient.send(
                port: hub.port, "POST", "/api/tickets", headers: [cookie] + headers, body: Array("{}".utf8)
            ).status
        }
        let own = ("Tributary-CSRF", visitor.csrf)
        #expect(try write([]) == 403)
        #expect(try write([("Tributary-CSRF", other.csrf)]) == 403)
        #expect(try write([("Tributary-CSRF", visitor.token)]) == 403)
        #expect(try write([own]) != 403)
        for site in ["cross-site", "same-site"] { #expect(try write([own, ("Sec-Fetch-Site", site)]) == 403) }
        #expect(try write([own, ("Sec-Fetch-Site", "same-origin")]) != 403)
        for origin in ["http://evil.example", "null", "http://localhost.evil.example", "http://"] {
            #expect(try write([own, ("Origin", origin)]) == 403, "\(origin)")
        }
        #expect(try write([own, ("Origin", "http://localhost")]) != 403)
        #expect(try Visitor.attempt(hub, "王芳", Visitor.password, headers: [("Origin", "http://evil")]).status == 403)
    }

    @Test("who has signed in acts under no other name")
    func noOtherName() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        let actor = ("Tributary-Actor", PercentCoding.encode("李强"))
        #expect(try visitor.get("/api/tickets", headers: [actor]).status == 400)
        let token = try hub.systemToken("计费系统", ["clerk"])
        #expect(
            try RawClient.send(port: hub.port, "GET", "/api/tickets", headers: [token, actor]).status == 400)
    }

    @Test("two session cookies in one request are nobody's")
    func twoCookies() throws {
        let hub = try TestNode.hub()
        let (one, two) = (try hub.person("王芳", "clerk"), try hub.person("李强", "clerk"))
        #expect(try one.get("/api/session", headers: [("Cookie", two.cookie)]).status == 401)
        let beside = ("Cookie", "theme=dark; \(one.cookie); other=1")
        #expect(try RawClient.send(port: hub.port, "GET", "/api/session", headers: [beside]).json["name"] == "王芳")
    }

    @Test("signing out ends the session at the node and not only in the browser")
    func signsOut() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        let other = try Visitor.signIn(hub, "王芳")
        let ended = try visitor.send("DELETE", "/api/session")
        #expect(ended.status == 204 && ended.headers["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try visitor.get("/api/session").status == 401)
        #expect(try other.get("/api/session").status == 200)
    }

    @Test("another password ends every other session; the old one must be known, and guessing it is waited for")
    func changesPassword() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        let other = try Visitor.signIn(hub, "王芳")
        let new = "another password 新"
        func change(_ old: String, _ new: String) throws -> Int {
            try visitor.post("/api/session/password", ["old": .string(old), "new": .string(new)]).status
        }
        #expect(try change("not the old one", new) == 403)
        #expect(try change(Visitor.password, "short") == 422)
        #expect(try change(Visitor.password, Visitor.password) == 422)
        #expect(try change(Visitor.password, new) == 204)
        #expect(try visitor.get("/api/session").status == 200)
        #expect(try other.get("/api/session").status == 401)
        #expect(try Visitor.attempt(hub, "王芳", Visitor.password).status == 401)
        #expect(try Visitor.attempt(hub, "王芳", new).status == 200)
        for _ in 0..<5 { #expect(try change("not the old one", "yet another one") == 403) }
        #expect(try change(new, "yet another one") == 429)
    }

    @Test("an account has at most ten sessions; the one used longest ago ends")
    func sessionsAreBounded() throws {
        let hub = try TestNode.hub()
        let first = try hub.person("王芳", "clerk")
        var others: [Visitor] = []
        for _ in 1..<AccessLimits.sessionsOfAccount { others.append(try Visitor.signIn(hub, "王芳")) }
        #expect(try first.get("/api/session").status == 200)
        _ = try Visitor.signIn(hub, "王芳")
        let alive = try ([first] + others).map { try $0.get("/api/session").status == 200 }
        #expect(alive.count { !$0 } == 1)
        #expect(try hub.get("/api/accounts").json["accounts"]?[0]?["sessions"] == 10)
    }

    @Test("a cookie is for TLS only where TLS is in front of the node")
    func secureCookies() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("王芳", "clerk")
        let answer = try Visitor.attempt(
            hub, "王芳", Visitor.password, headers: [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "10.1.2.3")])
        #expect(answer.headers["set-cookie"]?.contains("; Secure") == true)
        #expect(try hub.get("/api/sign-ins?limit=1").json["signIns"]?[0]?["address"] == "10.1.2.3")
    }

    @Test("the data folder's token is not taken through a server that speaks for others")
    func folderTokenIsLocal() throws {
        let hub = try TestNode.hub()
        let answer = try hub.get("/api/tickets", headers: [("X-Forwarded-For", "10.1.2.3")])
        #expect(answer.status == 403 && answer.text.contains("this machine only"))
    }
}
