import Foundation
import HTTP
import Standards
import Testing

/// Somebody at a browser: shows the cookie that the node has set, and what its pages send along.
struct Visitor: Sendable {
    let port: UInt16
    let cookie: String
    let csrf: String
    /// What signing in answered.
    let session: JSONValue

    static let password = "一二三四 correct horse"

    /// Uses a one-time link.
    static func welcome(_ node: TestNode, _ path: String, name: String?, password: String = password) throws -> Visitor
    {
        let answer = try RawClient.send(
            port: node.port, "POST", "/api/welcome", body: welcomeBody(path, name, password).bytes())
        return try Visitor(node, answer)
    }

    static func welcomeBody(_ path: String, _ name: String?, _ password: String = password) -> JSONValue {
        let key = path.components(separatedBy: "key=").last?.prefix { $0 != "&" } ?? ""
        var body: [String: JSONValue] = ["key": .string(String(key)), "password": .string(password)]
        if let name { body["name"] = .string(name) }
        return .object(body)
    }

    static func attempt(
        _ node: TestNode, _ name: String, _ password: String, headers: [(String, String)] = []
    ) throws -> RawAnswer {
        try RawClient.send(
            port: node.port, "POST", "/api/session", headers: headers,
            body: (["name": .string(name), "password": .string(password)] as JSONValue).bytes())
    }

    static func signIn(_ node: TestNode, _ name: String, _ password: String = password) throws -> Visitor {
        try Visitor(node, try attempt(node, name, password))
    }

    init(_ node: TestNode, _ answer: RawAnswer) throws {
        guard answer.status == 200, let set = answer.headers["set-cookie"], let csrf = answer.json["csrf"]?.stringValue
        else { throw RawClient.Failure(what: "\(answer.status) \(answer.text)") }
        port = node.port
        cookie = String(set.prefix { $0 != ";" })
        self.csrf = csrf
        session = answer.json
    }

    var token: String { String(cookie.dropFirst("tributary_session=".count)) }

    func get(_ target: String, headers: [(String, String)] = []) throws -> RawAnswer {
        try RawClient.send(port: port, "GET", target, headers: [("Cookie", cookie)] + headers)
    }

    func send(
        _ method: String, _ target: String, _ body: JSONValue? = nil, headers: [(String, String)] = []
    ) throws -> RawAnswer {
        try RawClient.send(
            port: port, method, target, headers: [("Cookie", cookie), ("Tributary-CSRF", csrf)] + headers,
            body: body?.bytes() ?? [])
    }

    func post(_ target: String, _ body: JSONValue, headers: [(String, String)] = []) throws -> RawAnswer {
        try send("POST", target, body, headers: headers)
    }
}

extension TestNode {
    /// The first administrator, by a one-time link.
    func administrator(_ name: String = "站长") throws -> Visitor {
        let link = try post("/api/invitations", text: "").json["link"]?["path"]?.stringValue
        return try Visitor.welcome(self, try #require(link), name: name)
    }

    /// Somebody with an account, signed in.
    func person(_ name: String, _ access: String) throws -> Visitor {
        let made = try post("/api/accounts", ["name": .string(name), "access": .string(access)])
        return try Visitor.welcome(self, try #require(made.json["link"]?["path"]?.stringValue), name: nil)
    }

    /// A token of another system.
    func systemToken(_ name: String, _ scopes: [String]) throws -> (String, String) {
        let made = try post(
            "/api/api-tokens", ["name": .string(name), "scopes": .array(scopes.map { .string($0) })])
        return ("Authorization", "Bearer \(try #require(made.json["secret"]?.stringValue))")
    }

    /// Waits until the record of sign-ins has a line of this kind.
    func waitForRecord(_ outcome: String) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if try get("/api/sign-ins").text.contains(outcome) { return }
        }
        throw RawClient.Failure(what: "nothing was recorded as \(outcome)")
    }
}
