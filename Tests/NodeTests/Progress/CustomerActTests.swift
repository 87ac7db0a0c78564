import Node
import Replication
import ServiceDesk
import Standards
import Testing

@Suite("What a customer does on its page")
struct CustomerActTests {
    /// A branch with a roster, at which the customer holds no role.
    private func pair() throws -> (hub: TestNode, branch: TestNode) {
        let (hub, branch) = try TestNode.pairByProvince()
        let grant: JSONValue = ["site": "nx-yinchuan", "person": "api", "grant": ["clerk", "supervisor"]]
        #expect(try hub.post("/api/staff", grant).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch)
    }

    @Test(
        "T3: it writes, hurries, confirms with a rating and reopens; the hub admits all of it, and nobody else's name")
    func actsAreAdmitted() throws {
        let (hub, branch) = try pair()
        let customer = try CustomerAtPage(at: branch)
        #expect(try customer.act(["act": "note", "text": "晚上才有人在家"]).status == 200)
        #expect(try customer.act(["act": "expedite", "text": "请快一点"]).status == 200)
        try customer.step("accept")
        try customer.step("resolve", ["resolution": "更换光猫"])
        let steps = try customer.look().json["progress"]?["acts"]?["steps"]?.arrayValue ?? []
        #expect(steps.map { $0["step"] } == ["close", "reopen"])
        #expect(
            steps[0]["fields"]?[0]?["options"]?.arrayValue?.map { $0["id"] } == ["satisfied", "partly", "dissatisfied"])
        let reopened = try customer.act(["act": "step", "step": "reopen", "fields": ["reopenReason": "又掉线了"]])
        #expect(reopened.json["progress"]?["status"] == "inProgress", "\(reopened.text)")
        try customer.step("resolve", ["resolution": "更换线路"])
        let closed = try customer.act(["act": "step", "step": "close", "fields": ["satisfaction": "partly"]])
        #expect(closed.json["progress"]?["isOver"] == true)
        #expect(try customer.act(["act": "rate", "rating": "satisfied"]).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        let ticket = try #require(try hub.get(customer.path).json["ticket"])
        #expect(ticket["state"] == "closed" && ticket["refused"]?.arrayValue?.isEmpty == true)
        #expect(ticket["fields"]?["satisfaction"] == "satisfied")
        let byCustomer = ticket["timeline"]?.arrayValue?.filter { $0["actor"] == "*customer" } ?? []
        #expect(byCustomer.count == 5 && byCustomer.allSatisfy { $0["state"] == "admitted" })
        #expect(try hub.get("/api/staff?site=nx-yinchuan").json["late"]?.arrayValue?.isEmpty != false)
    }

    @Test("it hurries twice in a day and does twenty things, and is told when it may again")
    func limits() throws {
        let (_, branch) = try pair()
        let customer = try CustomerAtPage(at: branch)
        for left in [1, 0] {
            let answer = try customer.act(["act": "expedite"])
            #expect(answer.json["progress"]?["acts"]?["expedites"] == .integer(Int64(left)))
        }
        let third = try customer.act(["act": "expedite"])
        #expect(third.status == 429 && third.isProblem)
        #expect((86_000...86_400).contains(try #require(third.headers["retry-after"].flatMap { Int($0) })))
        for count in 3...DeskLimits.customerActsInDay {
            #expect(try customer.act(["act": "note", "text": "第\(count)次"]).status == 200)
        }
        #expect(try customer.act(["act": "note", "text": "再说一次"]).status == 429)
    }

    @Test("a text has one to 500 characters, and what is filled in is what the step asks for")
    func inputs() throws {
        let (_, branch) = try pair()
        let customer = try CustomerAtPage(at: branch)
        let longest = String(repeating: "长", count: DeskLimits.customerTextLength)
        #expect(try customer.act(["act": "note", "text": .string(longest)]).status == 200)
        for text in ["", longest + "长", "nul\u{0}"] {
            #expect(try customer.act(["act": "note", "text": .string(text)]).status == 422)
        }
        try customer.step("accept")
        try customer.step("resolve", ["resolution": "更换光猫"])
        let close = { (fields: JSONValue) in
            try customer.act(["act": "step", "step": "close", "fields": fields]).status
        }
        #expect(try close(["satisfaction": "unreachable"]) == 422)
        #expect(try close(["satisfaction": "satisfied", "subject": "改题"]) == 422)
        #expect(try close([:]) == 422)
        #expect(try close(["satisfaction": "satisfied"]) == 200)
    }

    @Test("a step that is the desk's is refused, and says nothing of roles or forms")
    func desksSteps() throws {
        let (_, branch) = try pair()
        let customer = try CustomerAtPage(at: branch)
        for step in ["accept", "cancel", "close", "reopen", "none"] {
            let answer = try customer.act(["act": "step", "step": .string(step), "fields": [:]])
            #expect(answer.status == 409 && answer.isProblem, "\(step): \(answer.text)")
            for word in ["role", "clerk", "acknowledged", "Reason"] { #expect(!answer.text.contains(word)) }
        }
        #expect(try customer.act(["act": "rate", "rating": "satisfied"]).status == 422)
    }

    @Test("the same request under the same key is done once, and a step that was seen too long ago is not taken")
    func onceAndNotLate() throws {
        let (_, branch) = try pair()
        let customer = try CustomerAtPage(at: branch)
        for _ in 0..<3 {
            let answer = try customer.act(["act": "expedite"], headers: [("Idempotency-Key", "one")])
            #expect(answer.status == 200)
        }
        #expect(try customer.look().json["progress"]?["acts"]?["expedites"] == 1)
        try customer.step("accept")
        try customer.step("resolve", ["resolution": "更换光猫"])
        let seen = try #require(try customer.look().headers["etag"])
        try customer.step("reopen", ["reopenReason": "误回单"])
        try customer.step("resolve", ["resolution": "已处理"])
        let late = try customer.act(
            ["act": "step", "step": "close", "fields": ["satisfaction": "satisfied"]], headers: [("If-Match", seen)])
        #expect(late.status == 412 && late.json["changed"] == nil)
    }

    @Test("what a site does in a customer's name is refused, beyond what customers may do")
    func madeUp() throws {
        let (_, branch) = try pair()
        let customer = try CustomerAtPage(at: branch)
        let ticket = try #require(EntityID(kind: .ticket, text: customer.id))
        let edits: [[Edit]] = [
            [.assign(TicketField.subject, .text("改题"))], [.count(TicketField.expedites, 2)],
            [.note(Note(text: "内部", visibility: .internal))], [.assign(TicketField.transferTo, .text("nx-wuzhong"))],
            [.transition(Transition(name: "accept", from: ["acknowledged"], to: "inProgress"))],
        ]
        for edit in edits {
            #expect(throws: ReplicationError.self) {
                _ = try branch.write { session, now in
                    let draft = Draft(entity: ticket, edits: edit, actor: DeskActor.customer)
                    _ = try session.write(draft, at: now)
                    return true
                }
            }
        }
        #expect(try branch.post("/api/accounts", ["name": "*customer", "access": "clerk"]).status >= 400)
    }
}
