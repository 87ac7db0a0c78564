import Node
import Standards
import Testing

@Suite struct ActionTests {
    @Test("a ticket goes through its procedure, and the timeline tells each step")
    func procedure() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        #expect(try hub.act(path, ["action": "transition", "name": "accept"]).status == 200)
        let resolved = try hub.act(
            path, ["action": "transition", "name": "resolve", "fields": ["resolution": "更换光猫"]])
        #expect(resolved.json["ticket"]?["state"] == "resolved")
        let timeline = try hub.get(path).json["ticket"]?["timeline"]?.arrayValue ?? []
        #expect(timeline.count == 3)
        #expect(timeline.allSatisfy { $0["state"] == "admitted" && $0["site"] == "nx-hub" })
        #expect(
            timeline[2]["effects"]?.arrayValue == [
                ["kind": "moved", "name": "resolve", "from": "inProgress", "to": "resolved"],
                ["kind": "assigned", "field": "resolution", "old": nil, "new": "更换光猫"],
            ])
    }

    @Test("a step from the wrong state is refused with 409, an unknown one with 422, an unready one with 422")
    func wrongSteps() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        let early = try hub.act(path, ["action": "transition", "name": "resolve"])
        #expect(early.status == 409)
        #expect(early.text.contains("From here: accept"))
        let unknown = try hub.act(path, ["action": "transition", "name": "acept"])
        #expect(unknown.status == 422)
        #expect(unknown.text.contains("Did you mean accept?"))
        _ = try hub.act(path, ["action": "transition", "name": "accept"])
        let unready = try hub.act(path, ["action": "transition", "name": "resolve"])
        #expect(unready.status == 422)
        #expect(unready.json["errors"]?[0]?["field"] == "resolution")
    }

    @Test("a write against an older version is refused with 412 and both values, and writes nothing")
    func staleWriteIsRefused() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket("as first said")
        let shown = try #require(try hub.get(path).headers["etag"])
        #expect(try hub.act(path, ["action": "assign", "fields": ["subject": "as meanwhile said"]]).status == 200)
        let answer = try hub.act(
            path, ["action": "assign", "fields": ["subject": "as wanted"]], headers: [("If-Match", shown)])
        #expect(answer.status == 412)
        #expect(answer.isProblem)
        #expect(
            answer.json["changed"]?.arrayValue == [
                [
                    "subject": "field", "field": "subject", "shown": "as first said", "current": "as meanwhile said",
                    "wanted": "as wanted",
                ]
            ])
        let now = try hub.get(path)
        #expect(now.json["ticket"]?["subject"] == "as meanwhile said")
        #expect(answer.headers["etag"] == now.headers["etag"])
    }

    @Test("a step against an older version is refused with 412 when the ticket has moved meanwhile")
    func staleStepIsRefused() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket(fields: ["resolution": "done"])
        _ = try hub.act(path, ["action": "transition", "name": "accept"])
        let shown = try #require(try hub.get(path).headers["etag"])
        _ = try hub.act(path, ["action": "transition", "name": "resolve"])
        let answer = try hub.act(path, ["action": "transition", "name": "close"], headers: [("If-Match", shown)])
        #expect(answer.status == 412)
        #expect(
            answer.json["changed"]?.arrayValue == [
                ["subject": "stage", "shown": "inProgress", "current": "resolved", "wanted": "closed"]
            ])
    }

    @Test("a write that touches nothing that has changed goes through against an older version")
    func unrelatedWriteGoesThrough() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        let shown = try #require(try hub.get(path).headers["etag"])
        _ = try hub.act(path, ["action": "assign", "fields": ["subject": "another"]])
        let condition = [("If-Match", shown)]
        #expect(try hub.act(path, ["action": "assign", "fields": ["amount": 5]], headers: condition).status == 200)
        #expect(try hub.act(path, ["action": "note", "text": "heard"], headers: condition).status == 200)
    }

    @Test("If-Match takes a list and a star; one that is malformed is refused with 400")
    func ifMatchForms() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        let old = try #require(try hub.get(path).headers["etag"])
        let second = try hub.act(path, ["action": "assign", "fields": ["subject": "second"]])
        let current = try #require(second.headers["etag"])
        #expect(current != old)
        let third: JSONValue = ["action": "assign", "fields": ["subject": "third"]]
        #expect(try hub.act(path, third, headers: [("If-Match", "\(old), \(current)")]).status == 200)
        #expect(try hub.act(path, third, headers: [("If-Match", "*")]).status == 200)
        for malformed in ["x", "\"x\"", "W/\(current)", String(current.dropLast()), "\(current),"] {
            #expect(try hub.act(path, third, headers: [("If-Match", malformed)]).status == 400, "\(malformed)")
        }
    }

    @Test("a step repeated with its key is answered as before, though it cannot be taken from where it has led")
    func keyedStepIsReplayed() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        let key = [("Idempotency-Key", "step")]
        let step: JSONValue = ["action": "transition", "name": "accept"]
        let first = try hub.act(path, step, headers: key)
        let second = try hub.act(path, step, headers: key)
        #expect(first.status == 200)
        #expect(first.headers["idempotency-replayed"] == nil)
        #expect(second.status == 200)
        #expect(second.headers["idempotency-replayed"] == "true")
        #expect(try hub.act(path, step).status == 409)
        #expect(try hub.act(path, ["action": "note", "text": "x"], headers: key).status == 422)
        #expect(try hub.get(path).json["ticket"]?["timeline"]?.arrayValue?.count == 2)
    }

    @Test("what the province does over a branch's head is for its supervisors: a clerk of the hub is refused with 403")
    func interventions() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        let (clerk, supervisor) = (try hub.person("省坐席", "clerk"), try hub.person("省主管", "supervisor"))
        let actions: [JSONValue] = [
            ["action": "take"], ["action": "giveBack", "reason": "见意见"],
            ["action": "supervise", "reason": "领导关注"], ["action": "liftSupervision", "reason": "已了结"],
            ["action": "assign", "fields": ["supervised": true]],
            ["action": "reassign", "to": "nx-wuzhong", "reason": "归吴忠"],
        ]
        for action in actions {
            let refused = try clerk.post(path + "/actions", action)
            #expect(refused.status == 403, "\(action): \(refused.text)")
            #expect(refused.text.contains("This is for supervisor, and you are allowed: clerk."), "\(refused.text)")
        }
        // What is done again by the province may be any of these.
        let losing = "0123456789abcdef-1"
        let again: [(String, JSONValue)] = [
            (path + "/actions", ["action": "reinstate", "losing": .string(losing)]),
            ("/api/refusals/\(losing)/reinstate", [:]), ("/api/conflicts/\(losing)/reinstate", [:]),
        ]
        for (target, body) in again {
            #expect(try clerk.post(target, body).status == 403, "\(target)")
            #expect(try supervisor.post(target, body).status != 403, "\(target)")
        }
        let marked: JSONValue = [
            "type": "complaint", "home": "nx-yinchuan", "fields": ["subject": "督办", "supervised": true],
        ]
        #expect(try clerk.post("/api/tickets", marked).status == 403)
        #expect(try clerk.post(path + "/actions", ["action": "note", "text": "已催"]).status == 200)
        #expect(try hub.get(path).json["ticket"]?["timeline"]?.arrayValue?.count == 2)
        for action in actions {
            let taken = try supervisor.post(path + "/actions", action)
            #expect(taken.status == 200, "\(action): \(taken.text)")
        }
        #expect(try hub.get(path).json["ticket"]?["home"] == "nx-wuzhong")
    }

    @Test("notes keep their words and for whom they are")
    func notes() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        #expect(try hub.act(path, ["action": "note", "text": "内部"]).status == 200)
        #expect(try hub.act(path, ["action": "note", "text": "公开", "visibility": "public"]).status == 200)
        let timeline = try hub.get(path).json["ticket"]?["timeline"]?.arrayValue ?? []
        #expect(timeline[1]["effects"]?[0] == ["kind": "noted", "text": "内部", "visibility": "internal"])
        #expect(timeline[2]["effects"]?[0] == ["kind": "noted", "text": "公开", "visibility": "public"])
        #expect(try hub.act(path, ["action": "note", "text": ""]).status == 422)
    }

    @Test("an action that is not whole is refused with 422")
    func incompleteActions() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        let bodies = [
            #"{}"#, #"{"action":"jump"}"#, #"{"action":"assign"}"#, #"{"action":"assign","fields":{"type":"fault"}}"#,
            #"{"action":"assign","fields":{"subject":null}}"#, #"{"action":"transition"}"#,
            #"{"action":"note","text":1}"#, #"{"action":"note","text":"a","visibility":"all"}"#,
            #"{"action":"offerTransfer"}"#, #"{"action":"offerTransfer","to":"nx-nowhere"}"#,
            #"{"action":"settle","losing":"x"}"#, #"{"action":"acceptTransfer","to":"nx-wuzhong"}"#,
            #"{"action":"requestRefund","charge":"","amountFen":100}"#,
            #"{"action":"requestRefund","charge":"C-1","amountFen":50001}"#,
            #"{"action":"requestRefund","charge":"C-1","amountFen":0}"#,
            #"{"action":"requestRefund","charge":"C-1","amountFen":1.5}"#,
        ]
        for body in bodies {
            let answer = try hub.post(path + "/actions", text: body)
            #expect(answer.status == 422, "\(body): \(answer.text)")
            #expect(answer.isProblem, "\(body)")
        }
        #expect(try hub.get(path).json["ticket"]?["timeline"]?.arrayValue?.count == 1)
    }

    @Test("an action on a ticket that is not here is refused with 404, one on a conflict that is not there too")
    func missingThings() throws {
        let hub = try TestNode.hub()
        #expect(try hub.act("/api/tickets/YC-00000000", ["action": "note", "text": "a"]).status == 404)
        let path = try hub.openTicket()
        let none = JSONValue.string("0123456789abcdef-7")
        #expect(try hub.act(path, ["action": "settle", "losing": none]).status == 404)
        #expect(try hub.act(path, ["action": "reinstate", "losing": none]).status == 404)
    }

    @Test("a transfer is offered by the owner, taken by whom it is offered to, and by nobody else")
    func transfer() throws {
        let (hub, yinchuan) = try TestNode.pair()
        let wuzhong = try TestNode.branch("nx-wuzhong", of: hub)
        func sync() throws {
            for _ in 0..<3 {
                try TestExchange(hub: hub, branch: yinchuan).sync()
                try TestExchange(hub: hub, branch: wuzhong).sync()
            }
        }
        let path = try yinchuan.openTicket()
        #expect(try yinchuan.act(path, ["action": "acceptTransfer"]).status == 409)
        #expect(try yinchuan.act(path, ["action": "declineTransfer"]).status == 409)
        #expect(try yinchuan.act(path, ["action": "offerTransfer", "to": "nx-yinchuan"]).status == 409)
        let offer: JSONValue = ["action": "offerTransfer", "to": "nx-wuzhong"]
        let key = [("Idempotency-Key", "offer")]
        let offered = try yinchuan.act(path, offer, headers: key)
        #expect(offered.status == 200)
        #expect(offered.json["ticket"]?["transferTo"] == "nx-wuzhong")
        try sync()
        #expect(try wuzhong.act(path, ["action": "offerTransfer", "to": "nx-wuzhong"]).status == 403)
        let accepted = try wuzhong.act(path, ["action": "acceptTransfer"])
        #expect(accepted.status == 200)
        #expect(accepted.json["ticket"]?["home"] == "nx-wuzhong")
        try sync()
        #expect(try yinchuan.get(path).status == 404)
        #expect(try hub.get(path).json["ticket"]?["owner"] == "nx-wuzhong")
        // The old owner hears that it was done, and sees the ticket no more.
        let replayed = try yinchuan.act(path, offer, headers: key)
        #expect(replayed.status == 200)
        #expect(Set(replayed.json["ticket"]?.objectValue?.keys ?? [:].keys) == ["id", "number"])
    }
}
