import Node
import ServiceDesk
import Standards
import Testing

/// A customer at the page of its ticket.
struct CustomerAtPage {
    let node: TestNode
    let number: String
    let id: String
    let path: String
    var key = ""

    /// Opens a ticket of a customer who is reached under 13900001234.
    init(at node: TestNode, type: String = "complaint", category: String? = nil) throws {
        self.node = node
        let answer = try node.post(
            "/api/tickets",
            [
                "type": .string(type), "fields": ["subject": "宽带频繁掉线", "description": "家住隐秘路7号"],
                "category": category.map { .string($0) } ?? .null,
                "customer": ["name": "赵隐名", "phone": "139 0000-1234"],
            ])
        path = try #require(answer.headers["location"])
        number = try #require(answer.json["ticket"]?["number"]?.stringValue)
        id = try #require(answer.json["ticket"]?["id"]?.stringValue)
        key = try #require(try ask(number, "1234").json["key"]?.stringValue)
    }

    func ask(_ number: String, _ digits: String, headers: [(String, String)] = []) throws -> RawAnswer {
        try send("/api/progress", ["number": .string(number), "phoneDigits": .string(digits)], headers)
    }

    func look(with key: String? = nil) throws -> RawAnswer {
        try send("/api/progress", ["key": .string(key ?? self.key)])
    }

    func act(_ members: [String: JSONValue], headers: [(String, String)] = []) throws -> RawAnswer {
        let all = members.merging(["key": .string(key)]) { first, _ in first }
        return try send("/api/progress/acts", .object(all), headers)
    }

    func send(_ target: String, _ body: JSONValue, _ headers: [(String, String)] = []) throws -> RawAnswer {
        try RawClient.send(port: node.port, "POST", target, headers: headers, body: body.bytes())
    }

    /// A step of the desk's.
    func step(_ name: String, _ fields: JSONValue = [:]) throws {
        let answer = try node.act(path, ["action": "transition", "name": .string(name), "fields": fields])
        #expect(answer.status == 200, "\(answer.text)")
    }
}
