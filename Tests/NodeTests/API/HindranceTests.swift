import Foundation
import Standards
import Testing

@Suite("What a ticket says of why a step cannot be taken")
struct HindranceTests {
    /// Another type of ticket, with nothing but an end.
    private static func child(_ id: String) -> String {
        """
        {"id": "\(id)", "name": {"zh": "子单", "en": "Child"},
         "fields": [{"id": "subject", "name": {"zh": "主题", "en": "Subject"}, "kind": "text", "required": true}],
         "initial": "acknowledged",
         "states": [{"id": "acknowledged", "name": {"zh": "已受理", "en": "New"}, "status": "acknowledged"},
                    {"id": "closed", "name": {"zh": "已关闭", "en": "Closed"}, "status": "closed", "final": true}],
         "transitions": [{"name": "close", "label": {"zh": "关闭", "en": "Close"}, "from": ["acknowledged"],
                          "to": "closed"}]}
        """
    }

    private static let roles = """
        "roles": [{"id": "clerk", "name": {"zh": "坐席", "en": "Clerk"}},
                  {"id": "supervisor", "name": {"zh": "主管", "en": "Supervisor"}}]
        """

    private static let ofResolving = """
        "guards": [{"guard": "fieldIs", "field": "channel", "values": ["phone"]},
                   {"guard": "requiredWhen", "field": "channel", "values": ["counter"], "requires": ["description"]}]
        """

    private static let ofClosing = """
        "roles": ["supervisor"], "opens": ["fault", "visit"],
        "guards": [{"guard": "childrenFinal", "types": ["fault"]}, {"guard": "differentPerson", "than": "resolve"}]
        """

    /// - Parameter rules: what the type asks of every change that alters a ticket, as guards.
    private func hub(rules: String = "") throws -> TestNode {
        let hub = try TestNode.hub()
        let types = "\"ticketTypes\": [\(Self.child("fault")), \(Self.child("visit")),"
        let pack = String(decoding: TestDocuments.pack(version: "2026.2"), as: UTF8.self)
            .replacingOccurrences(of: "\"ticketTypes\": [", with: "\(Self.roles), \(types)")
            .replacingOccurrences(
                of: "\"requires\": [\"resolution\"]", with: "\"requires\": [\"resolution\"], \(Self.ofResolving)"
            )
            .replacingOccurrences(
                of: "\"from\": [\"resolved\"], \"to\": \"closed\"",
                with: "\"from\": [\"resolved\"], \"to\": \"closed\", \(Self.ofClosing)"
            )
            .replacingOccurrences(
                of: "\"id\": \"complaint\",", with: "\"id\": \"complaint\", \"rules\": [\(rules)],")
        let answer = try hub.post("/api/standards", text: pack)
        #expect(answer.status == 201, "\(answer.text)")
        return hub
    }

    private func take(_ step: JSONValue, _ path: String, at hub: TestNode, as person: String = "wang") throws {
        let answer = try hub.act(path, step, headers: [("Tributary-Actor", person)])
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// The reasons that a person is given for a step; nil when it is none of the next.
    private func why(
        _ step: String, _ path: String, at hub: TestNode, as person: String = "wang"
    ) throws -> JSONValue? {
        let answer = try hub.get(path, headers: [("Tributary-Actor", person)])
        let steps = answer.json["ticket"]?["nextSteps"]?.arrayValue ?? []
        return steps.first { $0["name"]?.stringValue == step }?["why"]
    }

    private func resolved(at hub: TestNode, by person: String) throws -> String {
        let path = try hub.openTicket(fields: ["channel": "phone"])
        try take(["action": "transition", "name": "accept"], path, at: hub)
        let step: JSONValue = ["action": "transition", "name": "resolve", "fields": ["resolution": "更换光猫"]]
        try take(step, path, at: hub, as: person)
        return path
    }

    private func open(_ type: String, under path: String, at hub: TestNode) throws -> (path: String, number: String) {
        let parent = try #require(path.split(separator: "/").last)
        let answer = try hub.post(
            "/api/tickets",
            [
                "type": .string(type), "home": .string(TestDocuments.branches[0]), "fields": ["subject": "子单"],
                "parent": .string(String(parent)),
            ])
        #expect(answer.status == 201, "\(answer.text)")
        return (
            try #require(answer.headers["location"]), try #require(answer.json["ticket"]?["number"]?.stringValue)
        )
    }

    @Test("a field that the step does not ask for is a reason until it is right; what it asks for is none")
    func fields() throws {
        let hub = try hub()
        let path = try hub.openTicket(fields: ["channel": "counter"])
        #expect(try why("accept", path, at: hub) == [])
        #expect(try why("resolve", path, at: hub) == nil)
        try take(["action": "transition", "name": "accept"], path, at: hub)
        let reason: JSONValue = ["code": "fieldIs", "field": "channel", "about": ["phone"]]
        #expect(try why("resolve", path, at: hub) == [reason])
        let step: JSONValue = ["action": "transition", "name": "resolve", "fields": ["resolution": "更换光猫"]]
        #expect(try hub.act(path, step).status == 409)
        try take(["action": "assign", "fields": ["channel": "phone"]], path, at: hub)
        #expect(try why("resolve", path, at: hub) == [])
        let steps = try hub.get(path).json["ticket"]?["nextSteps"]?.arrayValue ?? []
        #expect(steps.first { $0["name"] == "resolve" }?["asks"] == ["resolution", "description"])
        try take(step, path, at: hub)
    }

    @Test("an open child is a reason only when it is of a type that the step waits for, and until it has ended")
    func children() throws {
        let hub = try hub()
        let path = try resolved(at: hub, by: "li")
        _ = try open("visit", under: path, at: hub)
        #expect(try why("close", path, at: hub) == [])
        let fault = try open("fault", under: path, at: hub)
        #expect(try why("close", path, at: hub) == [["code": "childrenFinal", "about": [.string(fault.number)]]])
        try take(["action": "transition", "name": "close"], fault.path, at: hub)
        #expect(try why("close", path, at: hub) == [])
        try take(["action": "transition", "name": "close"], path, at: hub)
    }

    @Test("what the type asks of every change is a reason for a step that alters the ticket, and for no other")
    func rules() throws {
        let hub = try hub(rules: #"{"guard": "differentPerson", "than": "accept"}"#)
        let path = try hub.openTicket(fields: ["channel": "phone"])
        try take(["action": "transition", "name": "accept"], path, at: hub, as: "li")
        let reason: JSONValue = ["code": "differentPerson", "about": ["accept"]]
        #expect(try why("resolve", path, at: hub, as: "li") == [reason])
        #expect(try why("resolve", path, at: hub, as: "wang") == [])
        let step: JSONValue = ["action": "transition", "name": "resolve", "fields": ["resolution": "更换光猫"]]
        #expect(try hub.act(path, step, headers: [("Tributary-Actor", "li")]).status == 409)
        try take(step, path, at: hub, as: "wang")
        // Nothing is filled in with this one.
        #expect(try why("close", path, at: hub, as: "li") == [])
        try take(["action": "transition", "name": "close"], path, at: hub, as: "li")
    }

    @Test("whoever took the step before is told that another person takes this one, and nobody else is")
    func anotherPerson() throws {
        let hub = try hub()
        let path = try resolved(at: hub, by: "li")
        let reason: JSONValue = ["code": "differentPerson", "about": ["resolve"]]
        #expect(try why("close", path, at: hub, as: "li") == [reason])
        #expect(try why("close", path, at: hub, as: "wang") == [])
    }

    @Test("once there is a roster, whoever holds no role of the step is told which it takes, also without any role")
    func roles() throws {
        let hub = try hub()
        let path = try resolved(at: hub, by: "li")
        let other = try hub.openTicket()
        for (person, role) in [("wang", "clerk"), ("zhou", "supervisor")] {
            let grant: JSONValue = ["site": "nx-hub", "person": .string(person), "grant": [.string(role)]]
            #expect(try hub.post("/api/staff", grant).status == 200)
        }
        let reason: JSONValue = ["code": "role", "about": ["supervisor"]]
        for person in ["wang", "nobody"] {
            #expect(try why("close", path, at: hub, as: person) == [reason], "\(person)")
        }
        #expect(try why("close", path, at: hub, as: "zhou") == [])
        // A step that names no role takes any.
        #expect(try why("accept", other, at: hub, as: "nobody") == [["code": "role", "about": []]])
        #expect(try why("accept", other, at: hub, as: "wang") == [])
    }

    @Test("a branch is told that the province has the ticket")
    func taken() throws {
        let (hub, branch) = try TestNode.pair()
        let exchange = TestExchange(hub: hub, branch: branch)
        let path = try branch.openTicket()
        #expect(try why("accept", path, at: branch) == [])
        try exchange.sync()
        #expect(try hub.act(path, ["action": "take"]).status == 200)
        try exchange.sync()
        #expect(try why("accept", path, at: branch) == [["code": "taken", "about": []]])
        #expect(try why("accept", path, at: hub) == [])
    }
}
