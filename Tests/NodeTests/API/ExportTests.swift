import Foundation
import Replication
import ServiceDesk
import Standards
import Testing

@testable import Node

@Suite("Exports over the API")
struct ExportTests {
    private func lines(_ bytes: [UInt8]) throws -> [JSONValue] {
        try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0), sizeLimit: 1 << 20) }
    }

    /// Enough that no buffer on the way holds it all.
    private func fill(_ node: TestNode, count: Int = 1_200) throws {
        let home = SiteID(TestDocuments.branches[0])
        let text = String(repeating: "长", count: 4_000)
        _ = try node.write { session, now in
            let desk = node.site.desk(session.store, actor: "test", now: now)
            for index in 0..<count {
                let fields: [String: Value] = ["subject": .text("\(index)"), "description": .text(text)]
                _ = try desk.open(
                    NewTicket(type: "complaint", home: home, fields: fields), key: nil,
                    identifier: Secrets.random(bytes: 16), customerIdentifier: Secrets.random(bytes: 16),
                    in: &session)
            }
        }
    }

    @Test("a table is answered as a file with a name, in the format that is asked for")
    func answered() throws {
        let node = try TestNode.hub()
        _ = try node.openTicket("断网")
        let csv = try StreamClient(node, "/api/export/tickets")
        let head = try csv.head()
        #expect(head.contains("text/csv; charset=utf-8"))
        #expect(head.contains("filename=\"nx-hub-tickets.csv\""))
        #expect(head.contains("no-store"))
        #expect(try csv.rest().starts(with: [0xEF, 0xBB, 0xBF]))
        let json = try StreamClient(node, "/api/export/timelines?format=jsonl&type=complaint")
        #expect(try json.head().contains("application/jsonl"))
        #expect(try lines(try json.rest()).map { $0["subject"] } == ["断网"])
    }

    @Test("what cannot be exported is refused before a byte of it is sent")
    func refused() throws {
        let node = try TestNode.hub()
        let cases = [
            ("/api/export/ticktes", 404), ("/api/export/tickets?format=xml", 400),
            ("/api/export/tickets?since=yesterday", 400), ("/api/export/tickets?colour=red", 400),
            ("/api/export/tickets?type=falut", 422), ("/api/export/decisions/map", 422),
        ]
        for (target, status) in cases {
            let answer = try node.get(target)
            #expect(answer.status == status, "\(target)")
            #expect(answer.isProblem, "\(target)")
        }
        #expect(try RawClient.send(port: node.port, "GET", "/api/export/tickets").status == 401)
        #expect(try node.get("/api/export/tickets/map").json["identity"]?["id"]?["column"] == "id")
    }

    @Test("every filter of the list of tickets holds in an export, which has the tickets that the list shows")
    func filtered() throws {
        let node = try TestNode.hub()
        let opened = try node.post(
            "/api/tickets",
            [
                "type": "complaint", "home": "nx-yinchuan", "fields": ["subject": "断网"],
                "customer": ["name": "张伟", "phone": "13995170001"],
            ])
        let first = try #require(opened.headers["location"])
        let customer = try #require(try node.get(first).json["ticket"]?["customer"]?["id"]?.stringValue)
        let (second, third) = (try node.openTicket(), try node.openTicket())
        _ = try node.act(first, ["action": "transition", "name": "accept"])
        _ = try node.act(second, ["action": "assign", "fields": ["assignee": "Wang"]])
        _ = try node.act(third, ["action": "supervise", "reason": "领导关注"])
        let shelf = node.site.domain.shelf
        _ = try node.write { session, now in try DeskIndex(session.store, shelf: shelf).advance(at: now) }
        let number = try #require(try node.get(first).json["ticket"]?["number"]?.stringValue)
        let filters = [
            ("", 3), ("state=inProgress", 1), ("status=acknowledged", 2), ("assignee=Wang", 1),
            ("attention=supervised", 1), ("customer=\(customer)", 1), ("number=\(number)", 1), ("conflicts=open", 0),
            ("due=overdue", 0), ("sort=due", 0), ("department=care", 0), ("status=acknowledged&assignee=Wang", 1),
            ("open=true", 3), ("opened=2000-01-01", 0), ("closed=2000-01-01", 0), ("announcement=current", 0),
        ]
        for (filter, count) in filters {
            let listed = try node.get("/api/tickets?\(filter)").json["tickets"]?.arrayValue ?? []
            let rows = try lines(try export(node, "tickets?format=jsonl&\(filter)"))
            #expect(listed.count == count, "\(filter)")
            #expect(
                Set(rows.compactMap { $0["id"]?.stringValue }) == Set(listed.compactMap { $0["id"]?.stringValue }),
                "\(filter)")
            #expect(try lines(try export(node, "decisions?format=jsonl&\(filter)")).isEmpty, "\(filter)")
        }
        #expect(try node.get("/api/export/tickets?due=soon").status == 400)
        #expect(try node.get("/api/export/tickets?limit=5").status == 400, "what it cannot do it does not pass over")
    }

    private func export(_ node: TestNode, _ target: String) throws -> [UInt8] {
        let end = Date().addingTimeInterval(30)
        while true {
            let client = try StreamClient(node, "/api/export/" + target)
            let head = try client.head()
            if head.hasPrefix("HTTP/1.1 200") { return try client.rest() }
            // The one before may hold its turn a moment longer than its answer lasts.
            guard head.hasPrefix("HTTP/1.1 503"), Date() < end else { throw RawClient.Failure(what: head) }
        }
    }

    @Test("an export is of one moment, however slowly it is read and whatever is written meanwhile")
    func oneMoment() throws {
        let node = try TestNode.hub()
        try fill(node)
        let slow = try StreamClient(node, "/api/export/tickets?format=jsonl", receiveBytes: 4_096)
        _ = try slow.head()
        for _ in 0..<20 { _ = try node.openTicket("later") }
        _ = try node.write { session, _ in
            _ = try session.store.database.run("UPDATE ticket SET state = 'spoilt'")
        }
        let subjects = try lines(try slow.rest()).compactMap { $0["subject"]?.stringValue }
        #expect(Set(subjects) == Set((0..<1_200).map(String.init)))
        #expect(subjects.count == 1_200)
    }

    @Test("one export more than the limit is refused until another ends, and the counter is served meanwhile")
    func bounded() throws {
        let node = try TestNode.hub()
        try fill(node)
        let held = try (0..<ExportRoutes.exportsMax).map { _ in
            try StreamClient(node, "/api/export/tickets", receiveBytes: 4_096)
        }
        for client in held { #expect(try client.head().hasPrefix("HTTP/1.1 200")) }
        let refused = try node.get("/api/export/tickets")
        #expect(refused.status == 503)
        #expect(refused.isProblem)
        #expect(try node.open("at the counter").status == 201)
        for client in held { client.close() }
        let end = Date().addingTimeInterval(30)
        var status = 503
        while status == 503, Date() < end {
            usleep(20_000)
            status = try node.get("/api/export/decisions").status
        }
        #expect(status == 200)
    }
}
