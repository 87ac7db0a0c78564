import Replication
import ServiceDesk
import Standards
import Testing

@testable import Node

@Suite("Due times over the API")
struct DueTests {
    private static let hour: Int64 = 3_600_000

    /// A hub and a branch whose complaints are to be answered in two hours.
    private func pair() throws -> (hub: TestNode, branch: TestNode) {
        let (hub, branch) = try TestNode.pair()
        let roles = #""roles": ["clerk"], "from""#
        let text = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
            .replacing(#""from""#, with: roles)
        let first = try JSONValue(parsing: text, sizeLimit: StandardPack.sizeLimit)
        guard case .object(var members) = first else { throw RawClient.Failure(what: "no object") }
        members["format"] = 2
        members["roles"] = [["id": "clerk", "name": ["zh": "坐席", "en": "Clerk"]]]
        members["limits"] = [
            [
                "id": "answer", "name": ["zh": "时限", "en": "Limit"], "clock": "response", "types": ["complaint"],
                "limit": ["unit": "naturalHours", "value": 2], "source": "province", "reference": "a test",
                "confidence": "verified",
            ]
        ]
        #expect(try hub.post("/api/standards", .object(members)).status == 201)
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch)
    }

    /// Opened so many minutes ago where it came from.
    private func open(_ subject: String, minutes: Int64, at node: TestNode) throws -> String {
        let time = InstantText.utc(node.site.now() - minutes * 60_000)
        return try node.openTicket(subject, fields: ["openedAt": .string(time)])
    }

    private func freshen(_ node: TestNode) throws {
        let shelf = node.site.domain.shelf
        _ = try node.write { session, now in try DueBook(session.store, shelf: shelf).freshen(at: now) }
    }

    private func subjects(_ query: String, at node: TestNode) throws -> [String] {
        let answer = try node.get("/api/tickets?\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["total"]?.intValue == answer.json["tickets"]?.arrayValue?.count)
        return (answer.json["tickets"]?.arrayValue ?? []).compactMap { $0["subject"]?.stringValue }
    }

    @Test("Q10: lists show what is overdue and at risk, in the order of due times, and how many are to be computed")
    func lists() throws {
        let (hub, branch) = try pair()
        _ = try open("new", minutes: 10, at: branch)
        _ = try open("late", minutes: 150, at: branch)
        _ = try open("soon", minutes: 100, at: branch)
        let before = try branch.get("/api/tickets?sort=due").json
        #expect(before["tickets"] == [])
        #expect(before["staleDueTimes"] == 3)
        let listed = try branch.get("/api/tickets").json["tickets"]?.arrayValue ?? []
        #expect(listed.map { $0["due"] } == [["stale": true], ["stale": true], ["stale": true]])
        try freshen(branch)
        #expect(try subjects("due=overdue", at: branch) == ["late"])
        #expect(try subjects("due=atRisk", at: branch) == ["soon"])
        #expect(try subjects("due=paused", at: branch) == [])
        #expect(try subjects("sort=due", at: branch) == ["late", "soon", "new"])
        #expect(try subjects("sort=opened", at: branch) == ["new", "soon", "late"])
        let late = try #require(try branch.get("/api/tickets?due=overdue").json["tickets"]?[0]?["due"])
        #expect(late["clock"] == "response")
        #expect(late["overdue"] == true)
        #expect(late["stale"] == false)
        #expect(late["unconfirmed"] == false)
        #expect(late["at"]?.stringValue?.hasSuffix("+08:00") == true)
        #expect(late["computedAt"]?.stringValue?.hasSuffix("+08:00") == true)
        try TestExchange(hub: hub, branch: branch).sync()
        try freshen(hub)
        #expect(try subjects("due=overdue&home=nx-yinchuan", at: hub) == ["late"])
    }

    @Test("pages in the order of due times go on from one another; a cursor of another order is refused with 400")
    func pages() throws {
        let (_, branch) = try pair()
        for minutes: Int64 in [5, 30, 20] { _ = try open("\(minutes)", minutes: minutes, at: branch) }
        try freshen(branch)
        var seen: [String] = []
        var after = ""
        repeat {
            let page = try branch.get("/api/tickets?sort=due&limit=1\(after)").json
            seen += (page["tickets"]?.arrayValue ?? []).compactMap { $0["subject"]?.stringValue }
            after = page["next"]?.stringValue.map { "&after=\($0)" } ?? ""
        } while !after.isEmpty
        #expect(seen == ["30", "20", "5"])
        let cursor = try branch.get("/api/tickets?sort=due&limit=1").json["next"]?.stringValue ?? ""
        for query in ["after=\(cursor)", "sort=late", "due=tomorrow", "due=overdue&due=paused"] {
            let answer = try branch.get("/api/tickets?\(query)")
            #expect(answer.status == 400, "\(query)")
            #expect(answer.isProblem)
        }
    }

    @Test("the counters say how many are overdue, at risk and paused, in all and by department")
    func counters() throws {
        let (_, branch) = try pair()
        for minutes: Int64 in [150, 10, 100, 130] { _ = try open("x", minutes: minutes, at: branch) }
        let before = try branch.get("/api/due").json
        #expect(before["open"] == 0)
        #expect(before["stale"] == 4)
        try freshen(branch)
        let after = try branch.get("/api/due").json
        #expect(after["stale"] == 0)
        #expect([after["open"], after["overdue"], after["atRisk"], after["paused"]] == [4, 2, 1, 0])
        let department = try #require(after["departments"]?[0])
        #expect(department["department"] == .null)
        #expect(department["overdue"] == 2)
        #expect(after["dataAsOf"]?["time"] != nil)
        #expect(try branch.get("/api/due?home=nx-wuzhong").json["open"] == 0)
        #expect(try branch.get("/api/due?hom=x").status == 400)
    }

    @Test("a node computes what has changed soon after the change, and everything after a standard")
    func promptly() throws {
        let (hub, _) = try pair()
        let keeper = DueKeeper(site: hub.site)
        keeper.begin()
        defer { keeper.end() }
        let count = DueBook.sliceSize + 5
        let time = hub.site.now()
        for number in 0..<count {
            var ticket = NewTicket(
                type: "complaint", home: SiteID(TestDocuments.branches[0]), fields: ["subject": .text("\(number)")])
            ticket.fields["openedAt"] = .integer(time - 3 * Self.hour)
            let (site, form) = (hub.site, ticket)
            _ = try hub.write { session, now in
                try site.desk(session.store, actor: "test", now: now).open(
                    form, key: nil, identifier: Draws.identifier(at: now),
                    customerIdentifier: Draws.identifier(at: now), in: &session)
            }
        }
        try wait(until: "all are computed") {
            let counts = try hub.get("/api/due").json
            return counts["overdue"]?.intValue == count && counts["stale"] == 0
        }
        let document = String(decoding: TestDocuments.pack(version: "2026.3"), as: UTF8.self)
        let computed = try newest(hub)
        #expect(try hub.post("/api/standards", text: document).status == 201)
        try wait(until: "all are computed again") {
            let oldest = try hub.site.read { store in
                try store.database.first("SELECT min(computed) FROM due") { $0.int64(0) } ?? 0
            }
            return oldest > computed
        }
        #expect(try hub.get("/api/due").json["overdue"]?.intValue == count)
    }

    private func newest(_ node: TestNode) throws -> Int64 {
        try node.site.read { store in
            try store.database.first("SELECT max(computed) FROM due") { $0.int64(0) } ?? 0
        }
    }

    private func wait(until what: String, _ isSo: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !isSo() {
            guard ContinuousClock.now < deadline else { throw RawClient.Failure(what: "not within 30 s: \(what)") }
        }
    }
}
