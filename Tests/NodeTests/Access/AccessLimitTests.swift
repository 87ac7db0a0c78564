import HTTP
import Replication
import Standards
import Testing

@testable import Node

@Suite struct AccessLimitTests {
    @Test("a site has at most 500 accounts, and the refusal says so")
    func accounts() throws {
        let hub = try TestNode.hub()
        _ = try hub.write { session, now in
            let tables = AccessTables(session.store.database)
            for number in 1..<AccessLimits.accounts {
                try tables.put(Account(name: "person \(number)", access: .clerk, made: now))
            }
        }
        #expect(try hub.post("/api/accounts", ["name": "last", "access": "clerk"]).status == 201)
        let refused = try hub.post("/api/accounts", ["name": "one more", "access": "clerk"])
        #expect(refused.status == 409 && refused.text.contains("500 accounts"))
        // The link of a new administrator is no way around it.
        let path = try hub.post("/api/invitations", text: "").json["link"]?["path"]?.stringValue ?? ""
        let body = Visitor.welcomeBody(path, "站长").bytes()
        #expect(try RawClient.send(port: hub.port, "POST", "/api/welcome", body: body).status == 409)
    }

    @Test("a site has at most 100 tokens, and the refusal says so")
    func tokens() throws {
        let hub = try TestNode.hub()
        for number in 0..<AccessLimits.apiTokens { _ = try hub.systemToken("system \(number)", ["observer"]) }
        let refused = try hub.post("/api/api-tokens", ["name": "one more", "scopes": ["observer"]])
        #expect(refused.status == 409 && refused.text.contains("100 tokens"))
    }

    @Test("where too many passwords wait, one more is told when to come back, and that is no failure of its own")
    func passwordsWait() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("王芳", "clerk")
        let held = Gatekeeper()
        for _ in 0..<AccessLimits.hashesWaiting { #expect(hub.site.passwords.submit { held.wait() }) }
        for _ in 0..<2 * Backoff.accountFailures {
            let answer = try Visitor.attempt(hub, "王芳", Visitor.password)
            #expect(answer.status == 503 && answer.headers["retry-after"] == "1")
        }
        let path = try hub.post("/api/invitations", text: "").json["link"]?["path"]?.stringValue ?? ""
        let body = Visitor.welcomeBody(path, "站长").bytes()
        #expect(try RawClient.send(port: hub.port, "POST", "/api/welcome", body: body).status == 503)
        for _ in 0..<AccessLimits.hashesWaiting { held.open() }
        #expect(try Visitor.attempt(hub, "王芳", Visitor.password).status == 200)
        #expect(try RawClient.send(port: hub.port, "POST", "/api/welcome", body: body).status == 200)
    }

    @Test("what anybody may send is at most 4 KiB")
    func bodies() throws {
        let hub = try TestNode.hub()
        for (length, status) in [(AccessLimits.openBodyBytes, 401), (AccessLimits.openBodyBytes + 1, 413)] {
            var body = Array(#"{"name":"x","password":"y""#.utf8)
            body += [UInt8](repeating: UInt8(ascii: " "), count: length - body.count - 1) + [UInt8(ascii: "}")]
            #expect(try RawClient.send(port: hub.port, "POST", "/api/session", body: body).status == status)
        }
    }

    @Test("the use of a session is written down every five minutes, and then counts after a start too")
    func use() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        let book = hub.site.access
        let begun = try #require(book.session(visitor.token, at: 0)).session.seen
        let step = AccessLimits.seenMilliseconds
        let early = try #require(book.session(visitor.token, at: begun + step - 1)).session
        #expect(!book.takeNote(of: early))
        let due = try #require(book.session(visitor.token, at: begun + step)).session
        #expect(book.takeNote(of: due) && !book.takeNote(of: due))
        let later = try #require(book.session(visitor.token, at: begun + 2 * step)).session
        hub.site.noteUse(of: later)
        let deadline = ContinuousClock.now + .seconds(30)
        var written: Int64 = 0
        while written != begun + 2 * step && ContinuousClock.now < deadline {
            written = try hub.site.read { try AccessTables($0.database).sessions().first?.seen ?? 0 }
        }
        #expect(written == begun + 2 * step)
        let idle = AccessLimits.idleMilliseconds
        #expect(book.session(visitor.token, at: written + idle) == nil)
    }

    @Test("a stream of events ends for whoever is no longer let in")
    func streams() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("a/b", "observer")
        let (name, value) = try hub.systemToken("计费系统", ["observer"])
        let streams = [
            try StreamClient(hub, "/api/events", shown: ("Cookie", visitor.cookie)),
            try StreamClient(hub, "/api/events", shown: (name, value)),
        ]
        for stream in streams {
            _ = try stream.head()
            _ = try stream.next()
        }
        _ = try hub.openTicket("先有的")
        for stream in streams { _ = try stream.next("ticket") }
        for path in ["/api/accounts/a%2Fb", "/api/api-tokens/\(PercentCoding.encode("计费系统"))"] {
            #expect(try RawClient.send(port: hub.port, "DELETE", path, headers: [hub.token]).status == 204)
        }
        _ = try hub.openTicket("后来的")
        for stream in streams {
            var left: [StreamClient.Event] = []
            while let event = try stream.next() { left.append(event) }
            #expect(left.allSatisfy { $0.name != "ticket" } && stream.hasEnded)
        }
    }

    @Test("many attempts at once find no more tries than one after the other")
    func manyAtOnce() throws {
        let hub = try TestNode.hub()
        _ = try hub.person("王芳", "clerk")
        let statuses = try TestParallel.map(16) { _ in
            try Visitor.attempt(hub, "王芳", "not the password").status
        }
        #expect(statuses.count { $0 == 401 } <= Backoff.accountFailures)
        #expect(statuses.allSatisfy { $0 == 401 || $0 == 429 })
    }
}
