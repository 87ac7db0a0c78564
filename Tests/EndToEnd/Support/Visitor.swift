import Foundation
import Standards

/// Somebody who has signed in at a browser: the cookie that it shows, and the mark that only the node's own pages know.
struct Visitor {
    let node: TestNode
    let cookie: String
    let csrf: String

    /// Comes in by a new one-time link.
    init(at node: TestNode, as person: String, password: String) throws {
        let said = try Tool.done(["account", "invite", "--data", node.folder]).output
        let key = said.components(separatedBy: "key=").dropFirst().first?.prefix { $0.isHexDigit } ?? ""
        let body: JSONValue = ["key": .string(String(key)), "name": .string(person), "password": .string(password)]
        let answer = try node.client.send("POST", "/api/welcome", body: body.bytes())
        guard answer.status == 200, let set = answer.headers["set-cookie"] else {
            throw Failure("\(answer.status) \(answer.text)")
        }
        self.node = node
        cookie = String(set.prefix { $0 != ";" })
        csrf = try answer.json.text("csrf")
    }

    /// A request with the cookie, as any page can make a browser send it.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], headers: [(String, String)] = []
    ) throws -> WebAnswer {
        try node.client.send(method, path, headers: [("Cookie", cookie)] + headers, body: body)
    }
}
