import HTTP
import Node
import Standards
import Testing

@Suite struct RouteTableTests {
    /// What anybody may ask, signed in or not.
    private static let open: Set<String> = [
        "GET /healthz", "GET /readyz", "POST /api/session", "POST /api/welcome", "POST /api/progress",
        "POST /api/progress/acts",
    ]

    /// All but the console's pages, which hold no data: the desk's own, those of TMF621 in each edition, and the
    /// document that describes them.
    private static func routes(of node: TestNode) -> [Route] {
        let pages = Set(PageRoutes().routes.map(line))
        return node.routes.filter { !pages.contains(line($0)) }
    }

    private static func isTMF(_ route: Route) -> Bool { route.pattern.description.hasPrefix("/tmf-api/") }

    /// Whether it is an error as the route's API words them.
    private static func isError(_ answer: RawAnswer, of route: Route) -> Bool {
        guard isTMF(route) else { return answer.isProblem }
        let words = ["code", "reason", "message"].map { answer.json[$0]?.stringValue ?? "" }
        return answer.headers["content-type"] == "application/json" && !words.contains("")
            && answer.json["status"]?.stringValue == String(answer.status)
    }

    private static func line(_ route: Route) -> String { "\(route.method) \(route.pattern)" }

    /// A path that the route matches; what it names is nowhere.
    private static func path(_ route: Route) -> String {
        route.pattern.description.replacing("{", with: "x").replacing("}", with: "x")
    }

    private static func status(
        _ node: TestNode, _ route: Route, _ headers: [(String, String)]
    ) throws -> RawAnswer {
        try RawClient.send(
            port: node.port, route.method.name, path(route), headers: headers, body: route.method == .get ? nil : [])
    }

    @Test("a route without a requirement is on the list of those that are open to everybody, and no other is on it")
    func openOnesAreListed() throws {
        let routes = Self.routes(of: try TestNode.hub())
        #expect(Set(routes.filter { $0.access == nil }.map(Self.line)) == Self.open)
        #expect(routes.count > 80)
        #expect(routes.count(where: Self.isTMF) > 20)
        #expect(routes.contains { Self.line($0) == "GET /openapi.json" })
    }

    @Test("every other route refuses whoever shows nothing, or something wrong, and says what to do")
    func nobodyComesIn() throws {
        let hub = try TestNode.hub()
        let wrong: [[(String, String)]] = [
            [], [("Authorization", "Bearer ")], [("Authorization", "Bearer \(hub.site.apiToken)x")],
            [("Authorization", "Basic \(hub.site.apiToken)")], [("Authorization", hub.site.apiToken)],
            [hub.token, hub.token], [("Authorization", "Bearer trb_\(hub.site.apiToken)")],
            [("Cookie", "tributary_session=" + String(repeating: "0", count: 64))],
        ]
        for route in Self.routes(of: hub) where route.access != nil {
            for headers in wrong {
                let answer = try Self.status(hub, route, headers)
                #expect(answer.status == 401, "\(Self.line(route))")
                #expect(Self.isError(answer, of: route), "\(Self.line(route)): \(answer.text)")
                #expect(answer.headers["www-authenticate"] == "Bearer")
                #expect(answer.text.contains("Sign in"))
            }
        }
    }

    @Test("every route opens for the levels that it asks for, by session and by token, and for no lower one")
    func levels() throws {
        let hub = try TestNode.hub()
        let routes = Self.routes(of: hub).filter { $0.access != nil }
        for level in AccessLevel.allCases {
            let visitor = try hub.person("人员 \(level)", "\(level)")
            let bySession = [("Cookie", visitor.cookie), ("Tributary-CSRF", visitor.csrf)]
            let byToken = [try hub.systemToken("系统 \(level)", ["\(level)"])]
            // What would end the visit, or never ends.
            let left = ["DELETE /api/session", "GET /api/events"]
            for route in routes where !left.contains(Self.line(route)) {
                let needed = route.access?.split(separator: " ").first.flatMap { AccessLevel(rawValue: String($0)) }
                let isOpen = level >= (try #require(needed))
                for headers in [bySession, byToken] {
                    let answer = try Self.status(hub, route, headers)
                    let isRefused = answer.status == 403 && answer.text.contains("you are allowed: \(level)")
                    #expect(isRefused == !isOpen, "\(level) \(Self.line(route)): \(answer.status) \(answer.text)")
                    #expect(answer.status != 401 && answer.status < 500, "\(Self.line(route)): \(answer.text)")
                    #expect(answer.status < 400 || Self.isError(answer, of: route), "\(Self.line(route))")
                }
            }
        }
    }

    @Test("an integration's token opens TMF621, but for deleting tickets, and its description, and nothing under /api")
    func integrations() throws {
        let hub = try TestNode.hub()
        let token = try hub.systemToken("计费系统", ["integration"])
        for route in Self.routes(of: hub) where route.access != nil {
            let line = Self.line(route)
            let isDeletion = line.hasPrefix("DELETE ") && line.contains("/troubleTicket/{id}")
            let isOpen = (Self.isTMF(route) && !isDeletion) || line == "GET /openapi.json"
            let answer = try Self.status(hub, route, [token])
            #expect((answer.status == 403) == !isOpen, "\(line): \(answer.status) \(answer.text)")
            #expect(answer.status != 401)
        }
    }

    @Test("what only administrators may do is asked of administrators")
    func administrators() throws {
        let access = Dictionary(
            uniqueKeysWithValues: Self.routes(of: try TestNode.hub()).map { (Self.line($0), $0.access) })
        let guarded = [
            "GET /api/accounts", "POST /api/accounts", "POST /api/accounts/{name}", "DELETE /api/accounts/{name}",
            "POST /api/invitations", "GET /api/sign-ins", "GET /api/api-tokens", "POST /api/api-tokens",
            "DELETE /api/api-tokens/{name}", "POST /api/sites", "POST /api/sites/{site}/token",
            "POST /api/sites/{site}/revoke", "POST /api/sites/{site}/lost", "POST /api/standards", "GET /api/verify",
            "POST /api/backups", "POST /api/clock/trust",
        ]
        for line in guarded { #expect(access[line] == "administrator", "\(line)") }
        for line in ["POST /api/import", "POST /api/decisions", "POST /api/overlay", "GET /api/export/{subject}"] {
            #expect(access[line] == "supervisor", "\(line)")
        }
        for line in ["POST /api/tickets", "POST /api/tickets/{ticket}/actions"] { #expect(access[line] == "clerk") }
    }
}
