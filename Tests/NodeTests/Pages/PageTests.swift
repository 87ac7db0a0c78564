import Node
import Testing

@Suite struct PageTests {
    @Test("pages and their files are given to anyone, under a policy that lets nothing foreign in")
    func pagesAreOpen() throws {
        let hub = try TestNode.hub()
        for path in [
            "/", "/sign-in", "/welcome?key=x", "/tickets/YC-1", "/wall", "/assets/app.js", "/assets/console.css",
        ] {
            let answer = try RawClient.send(port: hub.port, "GET", path)
            #expect(answer.status == 200, "\(path)")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["referrer-policy"] == "same-origin")
            #expect(answer.headers["cache-control"] == "no-cache")
            let policy = answer.headers["content-security-policy"] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"))
            #expect(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
        }
        let page = try RawClient.send(port: hub.port, "GET", "/")
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        #expect(page.text.contains("/assets/app.js"))
        let script = try RawClient.send(port: hub.port, "GET", "/assets/app.js")
        #expect(script.headers["content-type"] == "text/javascript; charset=utf-8")
    }

    @Test("a browser that has a file is told so, and is sent nothing")
    func knownFilesAreNotSent() throws {
        let hub = try TestNode.hub()
        let first = try RawClient.send(port: hub.port, "GET", "/assets/words.js")
        let tag = try #require(first.headers["etag"])
        for known in [tag, "\"old\", \(tag)", "W/\(tag)", "*"] {
            let again = try RawClient.send(
                port: hub.port, "GET", "/assets/words.js", headers: [("If-None-Match", known)])
            #expect(again.status == 304, "\(known)")
            #expect(again.body.isEmpty)
            #expect(again.headers["etag"] == tag)
        }
        let changed = try RawClient.send(
            port: hub.port, "GET", "/assets/words.js", headers: [("If-None-Match", "\"old\"")])
        #expect(changed.status == 200)
        #expect(changed.body == first.body)
    }

    @Test("what is no file of the console is not found, however its path is written")
    func nothingElseIsServed() throws {
        let hub = try TestNode.hub()
        for path in [
            "/assets/none.js", "/assets/index.html", "/assets/", "/assets/..%2f..%2ftoken", "/assets/%2e%2e/token",
            "/assets/../token", "/token", "/assets/app.js/x",
        ] {
            let answer = try RawClient.send(port: hub.port, "GET", path)
            #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
            #expect(answer.isProblem, "\(path)")
        }
        #expect(try RawClient.send(port: hub.port, "POST", "/", body: []).status == 405)
    }
}
