import ServiceDesk
import Standards
import Testing

@testable import Node

@Suite("Queues, the wall and one box to look for everything")
struct BoardTests {
    private func learn(_ node: TestNode) throws {
        let shelf = node.site.domain.shelf
        _ = try node.write { session, now in try DeskIndex(session.store, shelf: shelf).advance(at: now) }
    }

    private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    @Test("Every queue's number is what the list shows behind it")
    func queues() throws {
        let (_, node) = try TestNode.pair()
        for number in 0..<3 { _ = try node.openTicket("Ticket \(number)") }
        try learn(node)
        let queues = try node.get("/api/queues").json["queues"]?.arrayValue ?? []
        let names = queues.compactMap { $0["id"]?.stringValue }
        #expect(names.contains("waiting"))
        for queue in queues {
            let filter = try #require(queue["filter"]?.stringValue)
            let listed = try node.get("/api/tickets?\(filter)")
            #expect(listed.status == 200, "\(filter): \(listed.text)")
            #expect(listed.json["total"] == queue["count"], "\(filter)")
        }
        #expect(queues.first?["count"] == 3)
    }

    @Test("What another branch offers waits in a queue of its own until it is accepted, and is in nobody else's")
    func offered() throws {
        let (hub, yinchuan) = try TestNode.pair()
        let wuzhong = try TestNode.branch("nx-wuzhong", of: hub)
        func sync() throws {
            for _ in 0..<3 {
                for branch in [yinchuan, wuzhong] { try TestExchange(hub: hub, branch: branch).sync() }
            }
        }
        func queue(_ node: TestNode) throws -> JSONValue? {
            try node.get("/api/queues").json["queues"]?.arrayValue?.first { $0["id"] == "offered" }
        }
        let (path, _) = (try yinchuan.openTicket("转派"), try yinchuan.openTicket("不转派"))
        #expect(try yinchuan.act(path, ["action": "offerTransfer", "to": "nx-wuzhong"]).status == 200)
        try sync()
        for node in [hub, yinchuan] { #expect(try queue(node) == nil) }
        let waiting = try #require(try queue(wuzhong))
        #expect(waiting["count"] == 1)
        let filter = try #require(waiting["filter"]?.stringValue)
        for node in [hub, yinchuan, wuzhong] {
            let listed = try node.get("/api/tickets?\(filter)").json
            #expect(listed["total"] == 1 && listed["tickets"]?[0]?["subject"] == "转派")
        }
        #expect(try wuzhong.act(path, ["action": "acceptTransfer"]).status == 200)
        #expect(try queue(wuzhong) == nil)
        #expect(try wuzhong.get("/api/tickets?\(filter)").json["total"] == 0)
    }

    @Test("The wall counts what each branch has opened today, and what rises")
    func wall() throws {
        let (hub, branch) = try TestNode.pair()
        for number in 0..<2 { _ = try branch.openTicket("Ticket \(number)") }
        try TestExchange(hub: hub, branch: branch).sync()
        try learn(hub)
        let wall = try hub.get("/api/wall").json
        #expect(wall["waiting"] == 0)
        let row = try #require(wall["branches"]?[0])
        #expect(row["site"] == "nx-yinchuan" && row["open"] == 2)
        #expect(row["today"] == ["opened": 2, "done": 0])
        #expect(row["conflicts"] == 0)
    }

    @Test("Every number of the wall is the total of the list that it leads to, for a branch and in all")
    func wallLinks() throws {
        let (hub, branch) = try TestNode.pair()
        let yesterday = InstantText.utc(branch.site.now() - 86_400_000)
        _ = try branch.openTicket("old", fields: ["openedAt": .string(yesterday)])
        _ = try branch.openTicket("new")
        let done = try branch.openTicket("done")
        let steps: [JSONValue] = [
            ["action": "transition", "name": "accept"],
            ["action": "transition", "name": "resolve", "fields": ["resolution": "x"]],
            ["action": "transition", "name": "close"],
        ]
        for step in steps { #expect(try branch.act(done, step).status == 200) }
        try TestExchange(hub: hub, branch: branch).sync()
        try learn(hub)
        let wall = try hub.get("/api/wall").json
        let day = try #require(wall["day"]?.stringValue)
        let row = try #require(wall["branches"]?[0])
        #expect(row["today"] == ["opened": 2, "done": 1])
        #expect(row["open"] == 2)
        let links: [(number: JSONValue?, filter: String)] = [
            (row["today"]?["opened"], "opened=\(day)"), (row["today"]?["done"], "closed=\(day)"),
            (row["open"], "open=true"), (row["overdue"], "due=overdue&sort=due"),
            (row["unconfirmed"], "due=unconfirmed&sort=due"), (row["conflicts"], "conflicts=open"),
        ]
        for (number, filter) in links {
            for filter in [filter, filter + "&home=nx-yinchuan"] {
                let listed = try hub.get("/api/tickets?\(filter)")
                #expect(listed.status == 200, "\(filter): \(listed.text)")
                #expect(listed.json["total"] == number, "\(filter)")
                #expect(listed.json["tickets"]?.arrayValue?.count == number?.intValue, "\(filter)")
            }
        }
    }

    @Test("Two Chinese characters find a ticket; one is refused")
    func search() throws {
        let (_, node) = try TestNode.pair()
        let ticket = try node.openTicket("宽带断网")
        try learn(node)
        let found = try node.get("/api/search?q=%E6%96%AD%E7%BD%91").json
        #expect(found["results"]?[0]?["ticket"] == .string(Self.name(ticket)))
        #expect(found["results"]?[0]?["where"] == "subject")
        #expect(found["more"] == false)
        #expect(try node.get("/api/search?q=%E6%96%AD").status == 422)
        #expect(try node.get("/api/search?q=ab&limit=201").status == 400)
    }

    @Test("What is written becomes known by itself, soon after")
    func keeper() throws {
        let (_, node) = try TestNode.pair()
        let keeper = DueKeeper(site: node.site)
        keeper.begin()
        defer { keeper.end() }
        let ticket = try node.openTicket("自动索引")
        #expect(
            try eventually {
                let found = try node.get("/api/search?q=%E7%B4%A2%E5%BC%95").json["results"]?.arrayValue ?? []
                return found.first?["ticket"] == .string(Self.name(ticket))
            })
    }
}
