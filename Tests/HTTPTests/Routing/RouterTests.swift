import HTTP
import Testing

@Suite("Router")
struct RouterTests {
    private static let router = Router([
        route(.get, "/"), route(.get, "/api/tickets"), route(.post, "/api/tickets", 10),
        route(.get, "/api/tickets/new"), route(.get, "/api/tickets/{id}"),
        route(.post, "/api/tickets/{ticket}/actions"), route(.get, "/files/{path...}"),
        route(.get, "/files/{name}/info"),
    ])

    private static func route(_ method: HTTP.Method, _ pattern: String, _ limit: Int = 100) -> Route {
        Route(method, pattern, bodyBytesMax: limit) { request, responder in
            let parameters = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            responder.send(.text("\(pattern) \(parameters.joined(separator: ","))"))
        }
    }

    private func answer(_ method: HTTP.Method, _ target: String, body: [UInt8] = []) throws -> RecordedAnswer.Snapshot {
        let answer = RecordedAnswer()
        let head = RequestHead(method: method, target: try RequestTarget(target.bytes, method: method))
        Self.router.respond(to: Request(head: head, body: body), Responder(sink: answer))
        return answer.snapshot
    }

    @Test(
        "a path finds its route and names its segments, decoded",
        arguments: [
            ("/", "/ "), ("/api/tickets", "/api/tickets "), ("/api/tickets/new", "/api/tickets/new "),
            ("/api/tickets/7%2F%E4%B8%AD", "/api/tickets/{id} id=7/中"),
            ("/api/tickets/NEW", "/api/tickets/{id} id=NEW"),
            ("/files/a", "/files/{path...} path=a"), ("/files/a/b%20c", "/files/{path...} path=a/b c"),
            ("/files/a/info", "/files/{name}/info name=a"), ("/files/a/info/x", "/files/{path...} path=a/info/x"),
        ])
    func matching(target: String, text: String) throws {
        #expect(String(decoding: try answer(.get, target).body, as: UTF8.self) == text)
    }

    @Test("the same segment may be named differently under another method or further down")
    func names() throws {
        let body = try answer(.post, "/api/tickets/7/actions").body
        #expect(String(decoding: body, as: UTF8.self) == "/api/tickets/{ticket}/actions ticket=7")
    }

    @Test(
        "an unknown path is 404",
        arguments: ["/api", "/api/tickets/", "/api/tickets/7/", "/api/tickets/7/x", "//", "/files", "/x"])
    func unknownPath(target: String) throws {
        let answer = try answer(.get, target)
        #expect(answer.status == .notFound)
        #expect(answer.headers["Content-Type"] == "application/problem+json")
    }

    @Test("another method is 405 with the methods allowed")
    func otherMethod() throws {
        let answer = try answer(.delete, "/api/tickets")
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(try self.answer("get", "/api/tickets").status == .methodNotAllowed)
        #expect(try self.answer(.get, "/api/tickets/7/actions").headers["Allow"] == "OPTIONS, POST")
    }

    @Test("HEAD goes to GET's handler, OPTIONS tells the methods")
    func implied() throws {
        #expect(try answer(.head, "/api/tickets").status == .ok)
        #expect(try answer(.head, "/api/tickets/7/actions").status == .methodNotAllowed)
        #expect(try answer(.options, "/api/tickets").status == .noContent)
        #expect(try answer(.options, "/api/tickets").headers["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(try answer(.options, "*").status == .noContent)
    }

    @Test("a route's own body limit holds, at its edge")
    func bodyLimit() throws {
        #expect(try answer(.post, "/api/tickets", body: [UInt8](repeating: 0, count: 10)).status == .ok)
        #expect(try answer(.post, "/api/tickets", body: [UInt8](repeating: 0, count: 11)).status == .contentTooLarge)
        #expect(Route.bodyBytesMaxDefault == 1024 * 1024)
    }

    @Test("routes can be listed in the order added")
    func listing() {
        #expect(Self.router.routes.count == 8)
        #expect(Self.router.routes[2].method == .post)
        #expect(Self.router.routes[5].pattern.names == ["ticket"])
        #expect(Self.router.routes[6].pattern.description == "/files/{path...}")
    }

    @Test("a route added twice traps")
    func twice() async {
        await #expect(processExitsWith: .failure) {
            _ = Router([
                Route(.get, "/a/{x}") { _, _ in }, Route(.get, "/a/{y}") { _, _ in },
            ])
        }
    }
}
