import Dispatch
import HTTP
import Node
import Replication
import SQLite
import ServiceDesk
import Standards
import Testing

@Suite struct RefusalTests {
    /// A branch that has opened a ticket for a place that is not in the directory, and a note on it.
    private struct Refused {
        let hub: TestNode
        let branch: TestNode
        let ticket: EntityID

        init() throws {
            (hub, branch) = try TestNode.pair()
            let id = EntityID(kind: .ticket, high: 7, low: 7)
            ticket = id
            let pack = try #require(try branch.get("/api/standards").json["standards"]?[0]?["digest"]?.stringValue)
            let name = try #require(EntityID(kind: .standard, text: pack))
            let edits: [Edit] = [
                .create(Creation(state: "acknowledged", label: "YC-00000007")),
                .assign(TicketField.type, .text("complaint")), .assign(TicketField.pack, .bytes(name.bytes)),
                .assign(TicketField.home, .text("nx-zhongwei")), .assign(TicketField.subject, .text("宽带频繁掉线")),
            ]
            let now = branch.site.now()
            let done = DispatchSemaphore(value: 0)
            branch.site.storage.write("lawless") { database in
                try Session.run(SiteStore(database, domain: LawlessDomain())) { session in
                    _ = try session.write(Draft(entity: id, edits: edits, actor: "clerk"), at: now)
                    _ = try session.write(
                        Draft(entity: id, edits: [.note(Note(text: "called back"))], actor: "clerk"), at: now)
                }
            } completion: { _ in
                done.signal()
            }
            done.wait()
            try sync()
        }

        func sync() throws { try TestExchange(hub: hub, branch: branch).sync() }
    }

    @Test("a refused creation and what followed it are listed at both ends with the reason")
    func listedAtBothEnds() throws {
        let refused = try Refused()
        #expect(try refused.hub.get("/api/tickets/\(refused.ticket.text)").status == 404)
        let here = try refused.branch.get("/api/refusals").json["refusals"]?.arrayValue ?? []
        let there = try refused.hub.get("/api/refusals").json["refusals"]?.arrayValue ?? []
        #expect(here.count == 2)
        #expect(here == there)
        #expect(here.last?["number"] == "YC-00000007")
        #expect(here.last?["site"]?.stringValue == TestDocuments.branches[0])
        #expect(here.last?["reason"]?.stringValue?.contains("not in the directory") == true)
        #expect(here.first?["reason"]?.stringValue?.contains("creation") == true)
    }

    @Test("a refused creation is reinstated in one action once it may be, and reaches everyone")
    func reinstated() throws {
        let refused = try Refused()
        let list = try refused.hub.get("/api/refusals").json["refusals"]?.arrayValue ?? []
        let change = try #require(list.last?["change"]?.stringValue)
        let tooEarly = try refused.hub.post("/api/refusals/\(change)/reinstate", text: "")
        #expect(tooEarly.status == 403 || tooEarly.status == 409, "\(tooEarly.status) \(tooEarly.text)")
        let place: JSONValue = [
            "site": "nx-zhongwei", "name": ["zh": "中卫", "en": "Zhongwei"], "divisionCode": "640500", "letters": "ZW",
        ]
        #expect(try refused.hub.post("/api/sites", place).status == 201)
        let key = ("Idempotency-Key", "again")
        let answer = try refused.hub.post("/api/refusals/\(change)/reinstate", text: "", headers: [key])
        #expect(answer.status == 200, "\(answer.text)")
        let again = try refused.hub.post("/api/refusals/\(change)/reinstate", text: "", headers: [key])
        #expect(again.json == answer.json)
        #expect(again.headers["idempotency-replayed"] == "true")
        let ticket = try refused.hub.get("/api/tickets/\(refused.ticket.text)").json["ticket"]
        #expect(ticket?["home"] == "nx-zhongwei")
        #expect(ticket?["subject"] == "宽带频繁掉线")
    }

    @Test("a change that was not refused is not reinstated")
    func othersAreNot() throws {
        let hub = try TestNode.hub()
        #expect(try hub.post("/api/refusals/0123456789abcdef-1/reinstate", text: "").status == 404)
        #expect(try hub.post("/api/refusals/nonsense/reinstate", text: "").status == 400)
    }

    @Test("the API answers on this machine only, token or not")
    func loopbackOnly() throws {
        let hub = try TestNode.hub()
        let router = Router(APIRoutes(site: hub.site, status: { ExchangeReport() }).routes())
        for (address, status) in [("10.0.0.5:4000", Status.forbidden), ("127.0.0.1:4000", .ok), ("[::1]:4000", .ok)] {
            let answer = RecordedAnswer()
            let head = RequestHead(
                method: .get, target: try RequestTarget(Array("/api/sites".utf8), method: .get),
                headers: [hub.token.0: hub.token.1])
            router.respond(to: Request(head: head, remoteAddress: address), Responder(sink: answer))
            #expect(answer.snapshot.status == status, "\(address)")
        }
    }
}
