import Node
import Standards
import Testing

@Suite struct SubscriptionTests {
    private static let hub = "/tmf-api/troubleTicket/v5/hub"

    private static func subscribe(
        _ node: TestNode, _ callback: String, _ query: String? = nil, at path: String = hub
    ) throws -> RawAnswer {
        var body: [String: JSONValue] = ["callback": .string(callback)]
        if path == hub { body["@type"] = "Hub" }
        if let query { body["query"] = .string(query) }
        return try node.post(path, .object(body))
    }

    private static func ticket(_ node: TestNode) throws -> String {
        let answer = try node.post(TroubleTicketTests.v5, TroubleTicketTests.minimal())
        return try #require(answer.headers["location"], "\(answer.text)")
    }

    private static func patch(_ node: TestNode, _ path: String, _ body: JSONValue) throws {
        let answer = try RawClient.send(port: node.port, "PATCH", path, headers: [node.token], body: body.bytes())
        #expect(answer.status == 200, "\(answer.text)")
    }

    private static func resolution(_ text: String) -> JSONValue { [["name": "resolution", "value": .string(text)]] }

    @Test("every change of a ticket is told once and in order, with the ticket as it was then")
    func told() throws {
        let (_, branch) = try TestNode.pair()
        let before = try Self.ticket(branch)
        let listener = try EventListener()
        let answer = try Self.subscribe(branch, listener.callback)
        #expect(answer.status == 201, "\(answer.text)")
        let place = try #require(answer.headers["location"])
        #expect(try branch.get(place).json == answer.json)
        let path = try Self.ticket(branch)
        try Self.patch(branch, path, ["severity": "Minor"])
        try Self.patch(branch, path, ["status": "inProgress"])
        try Self.patch(
            branch, path, ["status": "resolved", "troubleTicketCharacteristic": Self.resolution("好了")])
        try Self.patch(branch, before, ["severity": "Minor"])
        try listener.wait(for: 7)
        #expect(
            listener.types.map { $0.replacing("TroubleTicket", with: "") } == [
                "CreateEvent", "AttributeValueChangeEvent", "StatusChangeEvent", "StatusChangeEvent", "ResolvedEvent",
                "AttributeValueChangeEvent", "AttributeValueChangeEvent",
            ])
        let tickets = listener.bodies.map { $0["event"]?["troubleTicket"] ?? .null }
        #expect(
            tickets.compactMap { $0["status"]?.stringValue } == [
                "acknowledged", "acknowledged", "inProgress", "resolved", "resolved", "resolved", "acknowledged",
            ])
        #expect(tickets[0]["severity"] == "Major")
        #expect(tickets[1]["severity"] == "Minor")
        #expect(tickets[0]["href"]?.stringValue == path)
        #expect(tickets[6]["href"]?.stringValue == before)
        #expect(Set(listener.bodies.compactMap { $0["eventId"] }).count == 7)
        #expect(listener.bodies[0]["@type"] == "TroubleTicketCreateEvent")
        #expect(listener.bodies[0]["eventTime"] == tickets[0]["creationDate"])
        let gone = try RawClient.send(port: branch.port, "DELETE", place, headers: [branch.token])
        #expect(gone.status == 204)
        #expect(try branch.get(place).status == 404)
        _ = try Self.ticket(branch)
        let second = try EventListener()
        _ = try Self.subscribe(branch, second.callback)
        _ = try Self.ticket(branch)
        try second.wait(for: 1)
        #expect(listener.bodies.count == 7)
    }

    @Test("a query chooses event types, tickets and attributes; v4 is told in its own form")
    func chosen() throws {
        let (_, branch) = try TestNode.pair()
        let listener = try EventListener()
        let query =
            "eventType=troubleTicketStatusChangeEvent,TroubleTicketCreateEvent&status=inProgress&fields=severity"
        let hub = "/tmf-api/troubleTicket/v4/hub"
        #expect(try Self.subscribe(branch, listener.callback, query, at: hub).status == 201)
        let path = try Self.ticket(branch)
        try Self.patch(branch, path, ["status": "inProgress", "name": "x"])
        try Self.patch(branch, path, ["name": "y"])
        try listener.wait(for: 1)
        let last = try EventListener()
        _ = try Self.subscribe(branch, last.callback)
        try Self.patch(branch, path, ["name": "z"])
        try last.wait(for: 1)
        #expect(listener.types == ["TroubleTicketStatusChangeEvent"])
        let event = try #require(listener.bodies.first)
        #expect(event["@type"] == nil)
        #expect(event["timeOcurred"] == event["eventTime"])
        #expect(event["event"]?["troubleTicket"]?.objectValue?.keys.sorted() == ["@type", "href", "id", "severity"])
    }

    @Test("what the branches bring to the hub is told there as well")
    func atTheHub() throws {
        let (hub, branch) = try TestNode.pair()
        let path = try Self.ticket(branch)
        let listener = try EventListener()
        #expect(try Self.subscribe(hub, listener.callback).status == 201)
        try Self.patch(branch, path, ["status": "inProgress"])
        try TestExchange(hub: hub, branch: branch).sync()
        try listener.wait(for: 2)
        #expect(listener.types == ["TroubleTicketCreateEvent", "TroubleTicketStatusChangeEvent"])
        #expect(listener.bodies.first?["event"]?["troubleTicket"]?["status"] == "acknowledged")
    }

    @Test("an event that is not taken is told again under its identifier, and a redirect is not followed")
    func toldAgain() throws {
        let (_, branch) = try TestNode.pair()
        let listener = try EventListener(statuses: [500, 302, 204])
        _ = try Self.subscribe(branch, listener.callback)
        _ = try Self.ticket(branch)
        _ = try Self.ticket(branch)
        try listener.wait(for: 4)
        let identifiers = listener.bodies.compactMap { $0["eventId"]?.stringValue }
        #expect(Set(identifiers.prefix(3)).count == 1)
        #expect(Set(identifiers).count == 2)
    }

    @Test("after so many attempts an event is given up and the next is told")
    func givenUp() throws {
        let (_, branch) = try TestNode.pair()
        let listener = try EventListener(statuses: [500, 500, 500, 500])
        _ = try Self.subscribe(branch, listener.callback)
        _ = try Self.ticket(branch)
        _ = try Self.ticket(branch)
        try listener.wait(for: 5)
        let identifiers = listener.bodies.compactMap { $0["eventId"]?.stringValue }
        #expect(Set(identifiers.prefix(4)).count == 1)
        #expect(identifiers[4] != identifiers[3])
    }

    @Test("a subscriber that is too far behind is let go, and the others are not")
    func behind() throws {
        let (_, branch) = try TestNode.pair()
        let (silent, other) = (try EventListener(answers: false), try EventListener())
        let place = try #require(try Self.subscribe(branch, silent.callback).headers["location"])
        let kept = try #require(try Self.subscribe(branch, other.callback).headers["location"])
        for count in 1...20 {
            _ = try Self.ticket(branch)
            try other.wait(for: count)
        }
        #expect(try branch.get(place).status == 200)
        _ = try Self.ticket(branch)
        #expect(try branch.get(place).status == 404)
        #expect(try branch.get(kept).status == 200)
        try other.wait(for: 21)
    }

    @Test("an address that events cannot be sent to, a query that is none and one subscription too many are refused")
    func refused() throws {
        let (_, branch) = try TestNode.pair()
        let long = "http://127.0.0.1/" + String(repeating: "a", count: 1_983)
        let wrong = [
            "ftp://example.org/", "file:///etc/passwd", "http://", "example.org", "http://a:b@example.org/", long + "a",
            "http://example.org/#a", "http://example.org/a b", "http://example.org:0/", "javascript:alert(1)", "",
        ]
        for callback in wrong {
            let answer = try Self.subscribe(branch, callback)
            #expect(answer.status == 400, "\(callback)")
            #expect(answer.json["@type"] == "Error")
        }
        for query in [
            "eventType=Nothing", "colour=1", "a", "fields=colour", "%zz=1", String(repeating: "a", count: 2_001),
        ] {
            #expect(try Self.subscribe(branch, "http://127.0.0.1:9/", query).status == 400, "\(query.prefix(30))")
        }
        #expect(try branch.post(Self.hub, ["callback": "http://127.0.0.1:9/"]).status == 400, "v5 asks for @type")
        #expect(try Self.subscribe(branch, long).status == 201)
        #expect(try Self.subscribe(branch, long).status == 409)
        for number in 1..<100 { #expect(try Self.subscribe(branch, "http://127.0.0.1:9/\(number)").status == 201) }
        #expect(try Self.subscribe(branch, "http://127.0.0.1:9/100").status == 409)
    }
}
