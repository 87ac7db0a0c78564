import Foundation
import Hashing
import Replication
import ServiceDesk
import Standards
import Testing

@testable import Node

@Suite struct NoticeTests {
    /// The small standard, in which `accept` and `resolve` tell the customer, and a form that knows a telephone.
    static func pack() -> String {
        String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
            .replacing("\"to\": \"inProgress\"}", with: "\"to\": \"inProgress\", \"notify\": true}")
            .replacing("\"requires\": [\"resolution\"]}", with: "\"requires\": [\"resolution\"], \"notify\": true}")
            .replacing(
                "{\"id\": \"channel\"",
                with: """
                    {"id": "contactPhone", "name": {"zh": "联系电话", "en": "Telephone"}, "kind": "text"},
                     {"id": "channel"
                    """)
    }

    static func pair() throws -> (hub: TestNode, branch: TestNode) {
        let (hub, branch) = try TestNode.pair()
        let answer = try hub.post("/api/standards", text: pack())
        #expect(answer.status == 201, "\(answer.text)")
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch)
    }

    static func accepted(at node: TestNode, phone: String? = "13900001111") throws -> String {
        let path = try node.openTicket(fields: phone.map { ["contactPhone": .string($0)] } ?? [:])
        try accept(path, at: node)
        return path
    }

    /// One ticket's step, taken at the branch and then at the hub before either has heard of the other: once exchanged,
    /// the branch's counts.
    static func acceptApart(_ hub: TestNode, _ branch: TestNode) throws -> TestExchange {
        let path = try branch.openTicket(fields: ["contactPhone": "1"])
        let exchange = TestExchange(hub: hub, branch: branch)
        try exchange.sync()
        try accept(path, at: branch)
        try hub.waitUntilLater(than: branch)
        try accept(path, at: hub)
        return exchange
    }

    static func accept(_ path: String, at node: TestNode) throws {
        let answer = try node.act(path, ["action": "transition", "name": "accept"])
        #expect(answer.status == 200, "\(answer.text)")
    }

    static func notices(_ hub: TestNode, _ query: String = "") throws -> [JSONValue] {
        let answer = try hub.get("/api/notices" + query)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json["notices"]?.arrayValue ?? []
    }

    static func states(_ hub: TestNode) throws -> [String] {
        try notices(hub).compactMap { $0["state"]?.stringValue }
    }

    static func lines(_ hub: TestNode) -> [JSONValue] {
        let data = FileManager.default.contents(atPath: hub.site.folder.notices) ?? Data()
        return data.split(separator: 0x0A).compactMap { try? JSONValue(parsing: Array($0), sizeLimit: 1 << 20) }
    }

    static func use(_ gateway: GatewayDouble, at hub: TestNode, honoursKeys: Bool) throws {
        try use(gateway.url, at: hub, honoursKeys: honoursKeys)
    }

    static func use(_ url: String, at hub: TestNode, honoursKeys: Bool) throws {
        var settings = NoticeSettings()
        settings.gateway = .init(url: url, secret: String(repeating: "s", count: 32), honoursKeys: honoursKeys)
        try settings.save(in: hub.site.folder)
    }

    /// Until it is said where to, nobody is told.
    static func hold(_ hub: TestNode) { hub.site.folder.remove(hub.site.folder.noticeSettings) }

    private static func beginEpoch(_ hub: TestNode, _ number: UInt32) throws {
        try hub.write { session, now in
            try session.beginEpoch(
                atLeast: number, random: UInt64(number), origin: OriginID(raw: UInt64(number) + 90), because: "A test",
                actor: "test", at: now)
        }
    }

    @Test("a step at a branch leaves one notice and one line at the hub, however often its change comes")
    func once() throws {
        let (hub, branch) = try Self.pair()
        let path = try Self.accepted(at: branch)
        let exchange = TestExchange(hub: hub, branch: branch)
        try exchange.sync()
        #expect(try eventually { try Self.states(hub) == ["sent"] })
        let tickets = try hub.site.read { try $0.database.all("SELECT entity FROM ticket", map: { $0.int64(0) }) }
        let shelf = hub.site.domain.shelf
        for _ in 0..<3 {
            try exchange.sync()
            try hub.write { session, now in try NoticeBook(session.store, shelf: shelf).record(tickets, at: now) }
        }
        #expect(try branch.act(path, ["action": "note", "text": "n"]).status == 200)
        try exchange.sync()
        let resolve: JSONValue = ["action": "transition", "name": "resolve", "fields": ["resolution": "好了"]]
        #expect(try branch.act(path, resolve).status == 200)
        try exchange.sync()
        #expect(try eventually { try Self.states(hub) == ["sent", "sent"] })
        let lines = Self.lines(hub)
        #expect(lines.map { $0["step"] } == ["accept", "resolve"])
        #expect(lines.map { $0["to"] } == ["13900001111", "13900001111"])
        #expect(Set(lines.compactMap { $0["key"] }).count == 2)
        let number = try hub.get(path).json["ticket"]?["number"]?.stringValue ?? "?"
        #expect(lines[0]["text"] == .string("您的工单\(number)（投诉）最新进展：处理中。"))
        let facts = try FileManager.default.attributesOfItem(atPath: hub.site.folder.notices)
        #expect(facts[.posixPermissions] as? Int == 0o600)
    }

    @Test("a step that tells nobody, and a branch, leave no notice")
    func none() throws {
        let (hub, branch) = try Self.pair()
        let path = try hub.openTicket(fields: ["contactPhone": "1"])
        #expect(try hub.act(path, ["action": "note", "text": "n"]).status == 200)
        #expect(try Self.notices(hub) == [])
        #expect(try branch.get("/api/notices").status == 409)
    }

    @Test("without a telephone a notice has failed; the customer's own serves where the form has none")
    func addresses() throws {
        let (hub, _) = try Self.pair()
        let path = try Self.accepted(at: hub, phone: nil)
        #expect(try eventually { try Self.states(hub) == ["failed"] })
        let notice = try #require(try Self.notices(hub).first)
        #expect(notice["reason"] == "noAddress")
        #expect(notice["attempts"] == 0)
        let body: JSONValue = ["action": "assign", "fields": ["contactPhone": "138 0000 0000"]]
        let changed = try hub.act(path, body)
        #expect(changed.status == 200, "\(changed.text)")
        let id = notice["id"]?.stringValue ?? ""
        #expect(try hub.post("/api/notices/\(id)/send", text: "").status == 200)
        #expect(try eventually { try Self.states(hub) == ["sent"] })
        #expect(Self.lines(hub).map { $0["to"] } == ["13800000000"])
        let other = try hub.post(
            "/api/tickets",
            [
                "type": "complaint", "home": "nx-yinchuan", "fields": ["subject": "s"],
                "customer": ["name": "张三", "phone": "13700000000"],
            ])
        try Self.accept(try #require(other.headers["location"]), at: hub)
        #expect(eventually { Self.lines(hub).last?["to"] == "13700000000" })
    }

    @Test("a gateway is sent a key and a signature over time and body, again after 503, and 400 is the end")
    func gateway() throws {
        let (hub, _) = try Self.pair()
        let gateway = try GatewayDouble(statuses: [503, 429, 202, 400])
        try Self.use(gateway, at: hub, honoursKeys: true)
        _ = try Self.accepted(at: hub)
        #expect(try eventually { try Self.states(hub) == ["sent"] })
        #expect(try Self.notices(hub).first?["attempts"] == 3)
        #expect(Set(gateway.heard.map(\.key)).count == 1)
        let heard = try #require(gateway.heard.first)
        #expect(heard.json["key"]?.stringValue == heard.key)
        #expect(heard.json["channel"] == "sms")
        let parts = heard.signature.split(separator: ",").map(String.init)
        let time = try #require(parts.first?.dropFirst(2))
        let code = HMACSHA256.authenticate(
            Array("\(time).".utf8) + heard.body, key: Array(String(repeating: "s", count: 32).utf8))
        #expect(parts == ["t=\(time)", "v1=\(Secrets.hex(code))"])
        _ = try Self.accepted(at: hub)
        #expect(try eventually { try Self.states(hub) == ["failed", "sent"] })
        #expect(try Self.notices(hub, "?state=failed").map { $0["reason"] } == ["refused"])
        #expect(Self.lines(hub).isEmpty)
    }

    @Test("what a gateway without keys may have taken waits for a person, who sends or drops it")
    func uncertain() throws {
        let (hub, _) = try Self.pair()
        let gateway = try GatewayDouble(statuses: [500, 500])
        try Self.use(gateway, at: hub, honoursKeys: false)
        for _ in 0..<2 { _ = try Self.accepted(at: hub) }
        #expect(try eventually { try Self.states(hub) == ["uncertain", "uncertain"] })
        let ids = try Self.notices(hub).compactMap { $0["id"]?.stringValue }
        #expect(try hub.post("/api/notices/\(ids[0])/drop", text: "").json["notice"]?["reason"] == "dropped")
        #expect(try hub.post("/api/notices/\(ids[1])/send", text: "").status == 200)
        #expect(try eventually { try Self.states(hub) == ["cancelled", "sent"] })
        #expect(gateway.heard.count == 3)
        for what in ["send", "drop"] { #expect(try hub.post("/api/notices/\(ids[1])/\(what)", text: "").status == 409) }
        #expect(try hub.post("/api/notices/\(ids[0])/drop", text: "").status == 409)
        #expect(try hub.post("/api/notices/0000000000000001-1/send", text: "").status == 404)
        #expect(try hub.post("/api/notices/x/send", text: "").status == 400)
    }

    @Test(
        "in a new epoch what was not sent, and what was stamped before, is uncertain; what was sent is not sent again")
    func epochs() throws {
        let (hub, _) = try Self.pair()
        let gateway = try GatewayDouble()
        try Self.use(gateway, at: hub, honoursKeys: false)
        _ = try Self.accepted(at: hub)
        #expect(try eventually { try Self.states(hub) == ["sent"] })
        Self.hold(hub)
        for _ in 0..<2 { _ = try Self.accepted(at: hub) }
        #expect(try Self.states(hub) == ["queued", "queued", "sent"])
        // One step of which the new life knows by its ticket alone.
        _ = try hub.write { session, _ in
            try session.store.database.run("DELETE FROM notice WHERE number = (SELECT max(number) FROM notice)")
        }
        try Self.beginEpoch(hub, 7)
        #expect(try hub.post("/api/sites/nx-yinchuan/lost", [:]).status == 200)
        _ = try Self.accepted(at: hub)
        #expect(try eventually { try Self.states(hub) == ["uncertain", "uncertain", "uncertain", "sent"] })
        #expect(try Self.notices(hub).prefix(3).allSatisfy { $0["reason"] == "earlierEpoch" })
        #expect(gateway.heard.count == 1)
        try Self.use(gateway, at: hub, honoursKeys: true)
        hub.site.tellOfNotices()
        #expect(try eventually { try Self.states(hub) == ["sent", "sent", "sent", "sent"] })
    }

    @Test("a step that another has overtaken before its notice was sent is not told of")
    func overtaken() throws {
        let (hub, branch) = try Self.pair()
        let gateway = try GatewayDouble(statuses: Array(repeating: 429, count: 100_000))
        try Self.use(gateway, at: hub, honoursKeys: true)
        let exchange = try Self.acceptApart(hub, branch)
        #expect(try Self.notices(hub).count == 1)
        try exchange.sync()
        // The branch's came first; the hub's was overtaken by it.
        #expect(
            try eventually {
                let notices = try Self.notices(hub)
                return notices.count == 2 && notices[1]["state"] == "cancelled" && notices[1]["reason"] == "overtaken"
            })
        #expect(try Self.notices(hub, "?state=cancelled").count == 1)
    }

    @Test("the past of an event log that is brought in is not told to anybody, and steps taken since are")
    func imported() throws {
        let (hub, _) = try Self.pair()
        let rows = ["acknowledged", "inProgress"].enumerated().map { index, state -> JSONValue in
            [
                "key": "7", "event": ["version": .integer(Int64(index) + 1)], "type": "complaint",
                "home": "nx-yinchuan",
                "state": .string(state), "fields": ["subject": "s", "contactPhone": "1"],
            ]
        }
        let answer = try hub.post("/api/import", ["source": "log", "rows": .array(rows)])
        let results = answer.json["results"]?.arrayValue ?? []
        #expect(results.map { $0["outcome"] } == ["created", "updated"], "\(answer.text)")
        #expect(try Self.notices(hub) == [])
        let path = "/api/tickets/\(results[0]["ticket"]?.stringValue ?? "")"
        let resolve: JSONValue = ["action": "transition", "name": "resolve", "fields": ["resolution": "好了"]]
        #expect(try hub.act(path, resolve).status == 200)
        #expect(try Self.notices(hub).map { $0["step"] } == ["resolve"])
    }

    @Test("notices are listed by state and ticket, page by page, and hold nothing of the customer")
    func listed() throws {
        let (hub, _) = try Self.pair()
        let paths = try (0..<3).map { _ in try Self.accepted(at: hub) }
        #expect(try eventually { try Self.states(hub) == ["sent", "sent", "sent"] })
        let first = try hub.get("/api/notices?limit=2")
        let next = try #require(first.json["next"]?.stringValue)
        #expect(try Self.notices(hub, "?limit=2&after=\(next)").count == 1)
        let ticket = paths[1].split(separator: "/").last.map(String.init) ?? ""
        #expect(try Self.notices(hub, "?ticket=\(ticket)").map { $0["ticket"] } == [.string(ticket)])
        #expect(!first.text.contains("13900001111"))
        for query in ["?limit=0", "?limit=501", "?state=lost", "?after=x"] {
            #expect(try hub.get("/api/notices" + query).status == 400, "\(query)")
        }
        #expect(try hub.get("/api/notices?limit=500").status == 200)
    }

    @Test("a customer who opens the link has read what was sent")
    func read() throws {
        let (hub, _) = try Self.pair()
        let path = try Self.accepted(at: hub)
        #expect(try eventually { try Self.states(hub) == ["sent"] })
        let row = try hub.site.read { store in
            try store.database.first("SELECT entity FROM ticket", map: { $0.int64(0) })
        }
        let ticket = try hub.site.read { try $0.row(number: row ?? 0).id }
        #expect(path.hasSuffix(ticket.text))
        let (keys, now) = (ProgressKey(hub.site), SystemClock.wall())
        let visit = keys.text(ticket, until: now + ProgressKey.visitMilliseconds)
        #expect(!ProgressKey.isOfLink(visit, at: now))
        let key = try #require(keys.link(to: ticket, at: now).split(separator: "=").last)
        let answer = try RawClient.send(
            port: hub.port, "POST", "/api/progress", headers: [],
            body: JSONValue.object(["key": .string(String(key))]).bytes())
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try eventually { try Self.states(hub) == ["read"] })
    }
}
