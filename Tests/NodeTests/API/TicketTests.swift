import Node
import Standards
import Testing

@Suite struct TicketTests {
    @Test("a ticket that was taken is shown with all that was said, Chinese unharmed")
    func openAndShow() throws {
        let (_, branch) = try TestNode.pair()
        let answer = try branch.post(
            "/api/tickets",
            [
                "type": "complaint", "category": "billing",
                "fields": ["subject": "套餐外流量费有异议𠮷", "channel": "counter", "amount": 3600, "onBehalf": true],
                "customer": ["name": "李静", "phone": "13900000000"],
            ])
        #expect(answer.status == 201)
        let path = try #require(answer.headers["location"])
        let shown = try branch.get(path)
        #expect(shown.status == 200)
        #expect(shown.headers["etag"] == answer.headers["etag"])
        let ticket = try #require(shown.json["ticket"])
        #expect(ticket["subject"] == "套餐外流量费有异议𠮷")
        #expect(ticket["number"]?.stringValue?.hasPrefix("YC-") == true)
        #expect(ticket["state"] == "acknowledged")
        #expect(ticket["home"] == "nx-yinchuan")
        #expect(ticket["owner"] == "nx-yinchuan")
        #expect(ticket["category"] == "billing")
        #expect(ticket["onlyHere"] == true)
        #expect(ticket["fields"]?["channel"] == "counter")
        #expect(ticket["fields"]?["amount"] == 3600)
        #expect(ticket["fields"]?["onBehalf"] == true)
        #expect(ticket["customer"]?["name"] == "李静")
        #expect(ticket["customer"]?["phone"] == "13900000000")
        #expect(ticket["openedAt"]?.stringValue?.hasSuffix("+08:00") == true)
        #expect(answer.json["ticket"]?["fields"] == ticket["fields"])
    }

    @Test("a ticket is found by its number as well, in either case")
    func foundByNumber() throws {
        let hub = try TestNode.hub()
        let answer = try hub.open()
        let number = try #require(answer.json["ticket"]?["number"]?.stringValue)
        let id = try #require(answer.json["ticket"]?["id"]?.stringValue)
        for name in [number, number.lowercased(), id, id.uppercased()] {
            #expect(try hub.get("/api/tickets/\(name)").json["ticket"]?["id"]?.stringValue == id)
        }
        let missing = try hub.get("/api/tickets/YC-00000000")
        #expect(missing.status == 404)
        #expect(missing.isProblem)
    }

    @Test("everything wrong with a form is told at once, by field")
    func wrongFormIsToldWhole() throws {
        let (_, branch) = try TestNode.pair()
        let answer = try branch.post(
            "/api/tickets", ["type": "complaint", "fields": ["channel": "pigeon", "amont": 1, "onBehalf": "yes"]])
        #expect(answer.status == 422)
        let errors = answer.json["errors"]?.arrayValue ?? []
        #expect(Set(errors.compactMap { $0["field"]?.stringValue }) == ["subject", "channel", "amont", "onBehalf"])
        #expect(errors.allSatisfy { $0["problem"]?.stringValue?.isEmpty == false })
        #expect(answer.text.contains("did you mean amount?"))
    }

    @Test("what is wrong with a field has a code and what is put into it, by which a page words it in its language")
    func wrongFormHasCodes() throws {
        let (_, branch) = try TestNode.pair()
        let subject = String(repeating: "慢", count: 201)
        let answer = try branch.post(
            "/api/tickets",
            ["type": "complaint", "fields": ["subject": .string(subject), "amount": "ten", "amont": 1]])
        #expect(answer.status == 422)
        let errors = answer.json["errors"]?.arrayValue ?? []
        let subjects = errors.first { $0["field"] == "subject" }
        #expect(subjects?["problem"] == "is longer than 200 characters")
        #expect(subjects?["code"] == "tooLong" && subjects?["values"] == ["200"])
        let amounts = errors.first { $0["field"] == "amount" }
        #expect(amounts?["code"] == "wrongKind" && amounts?["values"] == ["integer"])
        let unknown = errors.first { $0["field"] == "amont" }
        #expect(unknown?["code"] == "notOnForm" && unknown?["values"]?.arrayValue == nil)
        let missing = try branch.post("/api/tickets", ["fields": ["subject": "慢"], "colour": "red"])
        let types = missing.json["errors"]?.arrayValue?.first { $0["field"] == "type" }
        #expect(types?["code"] == "required")
        let colour = missing.json["errors"]?.arrayValue?.first { $0["field"] == "colour" }
        #expect(colour?["problem"]?.stringValue?.hasPrefix("is not known") == true)
        #expect(colour?["code"]?.stringValue == nil)
    }

    /// What is wrong with members of a body, in the words that a page looks up.
    private func codes(_ answer: RawAnswer) -> [String: JSONValue] {
        #expect(answer.status == 422, "\(answer.text)")
        let errors = answer.json["errors"]?.arrayValue ?? []
        return Dictionary(
            errors.map { one -> (String, JSONValue) in
                (one["field"]?.stringValue ?? "", .array([one["code"] ?? .null, one["values"] ?? .null]))
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test("a value of another kind than is wanted is told as that, and as of a wrong length only one that is")
    func wrongKindsHaveCodes() throws {
        let (_, branch) = try TestNode.pair()
        let opened = try branch.post(
            "/api/tickets",
            [
                "type": 5, "home": .string(String(repeating: "n", count: 65)), "category": "bill\u{0}ing",
                "fields": ["subject": ["a"], "amount": 1.5], "customer": ["name": true, "phone": ""],
            ])
        let (text, list, value): (JSONValue, JSONValue, JSONValue) = (
            ["wrongKind", ["text"]], ["wrongKind", ["set"]], ["wrongKind", ["text", "integer", "boolean"]]
        )
        let expected: [String: JSONValue] = [
            "type": text, "home": ["wrongLength", ["1", "64"]], "category": ["holdsNUL", nil], "subject": value,
            "amount": value, "customer.name": text,
        ]
        #expect(codes(opened) == expected)
        let path = try branch.openTicket()
        let actions: [(JSONValue, [String: JSONValue])] = [
            (["action": 7], ["action": text]),
            (["action": "assign", "fields": []], ["fields": ["wrongKind", ["object"]]]),
            (["action": "share", "add": "nx-wuzhong", "remove": [1]], ["add": list, "remove": list]),
            (["action": "settle", "losing": 1], ["losing": text]),
        ]
        for (action, wrong) in actions { #expect(try codes(branch.act(path, action)) == wrong) }
    }

    @Test("a body that does not say what is to be opened is refused with 422")
    func wrongBodies() throws {
        let (_, branch) = try TestNode.pair()
        let bodies = [
            #"{"fields":{}}"#, #"{"type":5}"#, #"{"type":"complaint","fields":[]}"#, #"{"type":"fault"}"#,
            #"{"type":"complaint","fields":{"subject":1.5}}"#, #"{"type":"complaint","fields":{"subject":["a"]}}"#,
            #"{"type":"complaint","fields":{"subject":"a"},"colour":"red"}"#,
            #"{"type":"complaint","fields":{"subject":"a"},"category":"none"}"#,
            #"{"type":"complaint","fields":{"subject":"a"},"home":"nx-atlantis"}"#,
            #"{"type":"complaint","fields":{"subject":"a"},"home":"nx-hub"}"#,
            #"{"type":"complaint","fields":{"subject":"a"},"customer":"Li"}"#,
            #"{"type":"complaint","fields":{"subject":"a"},"customer":{"names":"Li"}}"#,
            #"{"type":"complaint","fields":{"subject":"a","openedAt":"yesterday"}}"#,
        ]
        for body in bodies {
            let answer = try branch.post("/api/tickets", text: body)
            #expect(answer.status == 422, "\(body): \(answer.text)")
            #expect(answer.isProblem, "\(body)")
        }
        #expect(try branch.get("/api/tickets").json["total"] == 0)
    }

    @Test("a body that is no object, or none, is refused with 400")
    func noObject() throws {
        let hub = try TestNode.hub()
        #expect(try hub.post("/api/tickets", []).status == 400)
        #expect(try hub.post("/api/tickets", text: "").status == 400)
    }

    @Test("at the hub a ticket says which branch it is for")
    func hubNeedsHome() throws {
        let hub = try TestNode.hub()
        let answer = try hub.post("/api/tickets", ["type": "complaint", "fields": ["subject": "a"]])
        #expect(answer.status == 422)
        #expect(answer.json["errors"]?[0]?["field"] == "home")
    }

    @Test("a request repeated with its key makes nothing new and says that it is a repetition")
    func keyedRequestIsReplayed() throws {
        let hub = try TestNode.hub()
        let key = ("Idempotency-Key", "counter-3/17")
        let first = try hub.open("once", headers: [key])
        let second = try hub.open("once", headers: [key])
        #expect(first.status == 201)
        #expect(first.headers["idempotency-replayed"] == nil)
        #expect(second.status == 200)
        #expect(second.headers["idempotency-replayed"] == "true")
        #expect(second.headers["location"] == first.headers["location"])
        #expect(second.json["ticket"]?["id"] == first.json["ticket"]?["id"])
        #expect(try hub.get("/api/tickets").json["total"] == 1)
    }

    @Test("a key that comes with another request is refused with 422; another person's same key is another key")
    func keyIsNotReused() throws {
        let hub = try TestNode.hub()
        let key = ("Idempotency-Key", "k")
        #expect(try hub.open("one", headers: [key]).status == 201)
        #expect(try hub.open("two", headers: [key]).status == 422)
        #expect(try hub.open("two", headers: [key, ("Tributary-Actor", "someone")]).status == 201)
        #expect(try hub.get("/api/tickets").json["total"] == 2)
    }

    @Test("a key of 200 bytes is taken, one of 201 is refused")
    func keyLength() throws {
        let hub = try TestNode.hub()
        let longest = String(repeating: "k", count: 200)
        #expect(try hub.open(headers: [("Idempotency-Key", longest)]).status == 201)
        #expect(try hub.open(headers: [("Idempotency-Key", longest + "k")]).status == 400)
    }

    @Test("lists are narrowed by each filter")
    func filters() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket("one")
        _ = try hub.openTicket("two")
        _ = try hub.post(
            "/api/tickets",
            ["type": "complaint", "home": "nx-wuzhong", "category": "billing", "fields": ["subject": "three"]])
        #expect(try hub.act(path, ["action": "transition", "name": "accept"]).status == 200)
        func total(_ query: String) throws -> Int? { try hub.get("/api/tickets?\(query)").json["total"]?.intValue }
        #expect(try total("") == 3)
        #expect(try total("state=inProgress") == 1)
        #expect(try total("home=nx-wuzhong") == 1)
        #expect(try total("category=billing&home=nx-wuzhong&type=complaint") == 1)
        #expect(try total("type=fault") == 0)
        #expect(try total("source=comcast") == 0)
        #expect(try total("conflicts=open") == 0)
        let number = try #require(try hub.get(path).json["ticket"]?["number"]?.stringValue)
        #expect(try total("number=\(number.lowercased())") == 1)
    }

    @Test("pages show each ticket once, newest first, while others come in")
    func pagesDoNotRepeat() throws {
        let hub = try TestNode.hub()
        for number in 0..<11 { _ = try hub.openTicket("ticket \(number)") }
        var seen: [String] = []
        var times: [String] = []
        var cursor: String?
        repeat {
            let page = try hub.get("/api/tickets?limit=3" + (cursor.map { "&after=\($0)" } ?? "")).json
            for ticket in page["tickets"]?.arrayValue ?? [] {
                seen.append(try #require(ticket["subject"]?.stringValue))
                times.append(try #require(ticket["openedAt"]?.stringValue))
            }
            cursor = page["next"]?.stringValue
            _ = try hub.openTicket("late")
        } while cursor != nil
        #expect(seen == (0..<11).reversed().map { "ticket \($0)" })
        #expect(times == times.sorted(by: >))
    }
}
