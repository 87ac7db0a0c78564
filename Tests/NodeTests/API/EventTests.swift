import Foundation
import HTTP
import Standards
import Testing

@testable import Node

@Suite("The stream of events")
struct EventTests {
    /// A stream whose first event has come: whatever is written from now on is told.
    private func stream(
        _ node: TestNode, after last: String? = nil, receiveBytes: Int32? = nil
    ) throws -> StreamClient {
        let client = try StreamClient(
            node, "/api/events", headers: last.map { [("Last-Event-ID", $0)] } ?? [], receiveBytes: receiveBytes)
        let head = try client.head()
        #expect(head.hasPrefix("HTTP/1.1 200"))
        #expect(head.contains("text/event-stream"))
        return client
    }

    private func data(_ event: StreamClient.Event) throws -> JSONValue {
        try JSONValue(parsing: event.data, sizeLimit: 1 << 20)
    }

    private func limits(_ change: (inout EventLimits) -> Void) -> EventLimits {
        var limits = EventLimits()
        change(&limits)
        return limits
    }

    @Test("a ticket that is written is told with its version, what a list shows, and its fields")
    func written() throws {
        let node = try TestNode.hub()
        let client = try stream(node)
        #expect(try client.next()?.name == "begin")
        let opened = try node.open("断网\u{2028}x", fields: ["amount": 5])
        let event = try client.next("ticket")
        let told = try data(event)
        let ticket = try #require(opened.json["ticket"])
        #expect(told["id"] == ticket["id"])
        #expect(told["number"] == ticket["number"])
        #expect(told["fields"] == ticket["fields"])
        #expect(told["summary"]?["subject"] == "断网\u{2028}x")
        #expect(told["summary"]?["state"] == ticket["state"])
        #expect(told["version"]?.stringValue.map { "\"\($0)\"" } == opened.headers["etag"])
        #expect(told["left"] == nil)
    }

    @Test("a change that comes by the exchange is told where it comes")
    func exchanged() throws {
        let (hub, branch) = try TestNode.pair()
        let client = try stream(hub)
        _ = try client.next()
        let path = try branch.openTicket("来自分公司")
        try TestExchange(hub: hub, branch: branch).sync()
        let told = try data(try client.next("ticket"))
        #expect(path.hasSuffix(told["id"]?.stringValue ?? "-"))
        #expect(told["summary"]?["subject"] == "来自分公司")
    }

    @Test("a ticket that has left the site is told by its name and nothing else")
    func left() throws {
        let hub = try TestNode.hub()
        let branch = try TestNode.branch(of: hub)
        let other = try TestNode.branch(TestDocuments.branches[1], of: hub)
        func sync() throws {
            for node in [branch, other, branch, other] { try TestExchange(hub: hub, branch: node).sync() }
        }
        try sync()
        let path = try branch.openTicket("秘密")
        _ = try branch.act(path, ["action": "offerTransfer", "to": .string(TestDocuments.branches[1])])
        try sync()
        let client = try stream(branch)
        _ = try client.next()
        #expect(try other.act(path, ["action": "acceptTransfer"]).status == 200)
        try sync()
        var last: JSONValue = .null
        while last["left"] == nil { last = try data(try client.next("ticket")) }
        #expect(Set((last.objectValue ?? [:]).keys) == ["id", "number", "left"])
        #expect(path.hasSuffix(last["id"]?.stringValue ?? "-"))
        #expect(last["number"]?.stringValue?.isEmpty == false)
    }

    @Test("a client that comes back is told what it missed, each ticket as it is now and once")
    func resumed() throws {
        let node = try TestNode.hub()
        let client = try stream(node)
        _ = try client.next()
        let first = try node.openTicket("一")
        let place = try client.next("ticket").id
        client.close()
        _ = try node.openTicket("二")
        for index in 1...3 { _ = try node.act(first, ["action": "note", "text": .string("\(index)")]) }
        let again = try stream(node, after: place)
        let told = try [again.next(), again.next()].map { try data(try #require($0)) }
        #expect(told.map { $0["summary"]?["subject"] } == ["二", "一"])
        _ = try node.openTicket("三")
        #expect(try data(try #require(try again.next()))["summary"]?["subject"] == "三")
    }

    @Test("a place that is too old, of another start, ahead or no place at all gives a reset, and the stream goes on")
    func reset() throws {
        let node = try TestNode.hub(events: limits { $0.remembered = 4 })
        let first = try stream(node)
        let begin = try #require(try first.next()).id
        for index in 0..<4 { _ = try node.openTicket("\(index)") }
        let still = try stream(node, after: begin)
        #expect(try still.next()?.name == "ticket")
        let path = try node.openTicket("4")
        for place in [begin, "\(node.site.start + 1)-1", "\(node.site.start)-999", "nonsense", "1-+1", ""] {
            let client = try stream(node, after: place)
            let event = try #require(try client.next())
            #expect(event.name == "reset", "\(place)")
            _ = try node.act(path, ["action": "note", "text": "x"])
            let told = try #require(try client.next())
            #expect(told.name == "ticket", "\(place)")
            // The place of the reset is the one from which it goes on.
            #expect(EventPlace(told.id)?.number == EventPlace(event.id).map { $0.number + 1 })
        }
    }

    @Test("one stream more than the limit is refused until another ends")
    func bounded() throws {
        let node = try TestNode.hub(events: limits { $0.streamsMax = 2 })
        let (first, second) = (try stream(node), try stream(node))
        _ = (try first.next(), try second.next())
        let refused = try node.get("/api/events")
        #expect(refused.status == 503)
        #expect(refused.isProblem)
        first.close()
        #expect(try eventually { try node.get("/api/status").status == 200 && (try hasRoom(node)) })
    }

    @Test("a node gives as many streams as its configuration asks for, and never more than half of its connections")
    func configured() {
        #expect(EventLimits(streams: nil, connectionsMax: 1_024).streamsMax == EventLimits.streamsUsual)
        #expect(EventLimits(streams: 1, connectionsMax: 1_024).streamsMax == 1)
        #expect(EventLimits(streams: 4_000, connectionsMax: 1_024).streamsMax == 512)
        #expect(EventLimits(streams: nil, connectionsMax: 40).streamsMax == 20)
    }

    private func hasRoom(_ node: TestNode) throws -> Bool {
        let client = try StreamClient(node, "/api/events")
        return try client.head().hasPrefix("HTTP/1.1 200")
    }

    @Test("a quiet stream shows that it lives")
    func heartbeat() throws {
        let node = try TestNode.hub(events: limits { $0.heartbeatSeconds = 0.05 })
        let client = try stream(node)
        _ = try client.next()
        #expect(try client.next()?.isComment == true)
        #expect(try client.next()?.isComment == true)
    }

    @Test("a client that does not read is dropped once the ring has overtaken it; another misses nothing")
    func slow() throws {
        let node = try TestNode.hub(events: limits { $0.remembered = 64 })
        let (slow, quick) = (try stream(node, receiveBytes: 4_096), try stream(node))
        _ = try quick.next()
        let count = 900
        let text = String(repeating: "长", count: 4_000)
        let path = try node.openTicket("0")
        for index in 1...count {
            _ = try node.act(
                path, ["action": "assign", "fields": ["description": .string("\(index) " + text.dropLast(4))]])
            if index % 32 == 0 { while !(try quick.next("ticket").data.contains("\"\(index) ")) {} }
        }
        var told = 0
        while let event = try slow.next() { told += event.name == "ticket" ? 1 : 0 }
        #expect(slow.hasEnded)
        #expect(told < count)
    }

    @Test("a stop of the node ends the streams in order")
    func stopped() throws {
        let node = try TestNode.hub()
        let client = try stream(node)
        _ = try client.next()
        node.api.close()
        #expect(try client.next() == nil)
        #expect(try node.get("/api/events").status == 503)
    }

    @Test("whoever shows no token hears nothing")
    func unauthorised() throws {
        let node = try TestNode.hub()
        #expect(try RawClient.send(port: node.port, "GET", "/api/events").status == 401)
    }

    @Test("the ring remembers the last so many, and says when it does not")
    func ring() {
        var ring = EventRing(capacity: 3)
        #expect(ring.after(0, limit: 5)?.isEmpty == true)
        for ticket in 1...5 { ring.append(Int64(ticket * 10)) }
        #expect(ring.newest == 5)
        #expect(ring.after(1, limit: 5) == nil)
        #expect(ring.after(2, limit: 5)?.map(\.ticket) == [30, 40, 50])
        #expect(ring.after(2, limit: 2)?.map(\.number) == [3, 4])
        #expect(ring.after(5, limit: 5)?.isEmpty == true)
        #expect(ring.after(6, limit: 5) == nil)
    }
}
