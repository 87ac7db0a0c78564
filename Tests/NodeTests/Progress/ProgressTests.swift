import Foundation
import Node
import Replication
import ServiceDesk
import Standards
import Testing

@Suite("The customer's page over the API")
struct ProgressTests {
    @Test("T1: a customer is shown these facts of its ticket and no others")
    func factsAndNothingElse() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        try customer.step("accept")
        _ = try branch.act(customer.path, ["action": "note", "text": "内部机密"])
        _ = try branch.act(customer.path, ["action": "note", "text": "师傅明早上门", "visibility": "public"])
        _ = try branch.act(customer.path, ["action": "assign", "fields": ["assignee": "李强"]])
        let answer = try customer.look()
        #expect(answer.status == 200)
        #expect(answer.headers["cache-control"] == "no-store")
        let progress = try #require(answer.json["progress"]?.objectValue)
        #expect(
            Set(progress.keys) == [
                "number", "type", "stage", "status", "isOver", "next", "openedAt", "stages", "promised", "handler",
                "notes", "announcements", "acts", "now",
            ])
        #expect(Set(try #require(answer.json.objectValue).keys) == ["progress", "key"])
        #expect(progress["number"] == .string(customer.number))
        #expect(progress["stage"]?["zh"] == "处理中" && progress["next"]?["zh"] == "已回单待回访")
        #expect(progress["stages"]?.arrayValue?.count == 2)
        #expect(progress["promised"]?["passed"] == false && progress["promised"]?["at"]?.stringValue != nil)
        #expect(progress["handler"]?["person"] == "李强")
        #expect(progress["notes"]?.arrayValue?.map { $0["text"] } == ["师傅明早上门"])
        #expect(progress["notes"]?[0]?["byCustomer"] == false)
        for hidden in ["内部机密", "赵隐名", "1234", "隐秘路", "宽带频繁掉线", "api", "yinchuan"] {
            let isShown = answer.text.replacing(customer.key, with: "").contains(hidden)
            #expect(!isShown, "\(hidden)")
        }
    }

    @Test("what is announced about a ticket's category is shown with it, and with no other")
    func announced() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let time = Date(timeIntervalSinceNow: 3_600)
        let announcement: JSONValue = [
            "wording": "cableFault", "categories": ["faultBroadband"], "sites": ["nx-yinchuan"],
            "until": .string(ISO8601DateFormatter().string(from: time)),
        ]
        #expect(try hub.post("/api/announcements", announcement).status == 201)
        try TestExchange(hub: hub, branch: branch).sync()
        let shown = { (category: String?) in
            let customer = try CustomerAtPage(at: branch, type: "fault", category: category)
            return try customer.look().json["progress"]?["announcements"]?.arrayValue ?? []
        }
        let found = try shown("broadbandSpeedFault")
        #expect(found.count == 1 && found[0]["zh"]?.stringValue?.contains("光缆") == true)
        #expect(try shown("faultVoice").isEmpty)
        #expect(try shown(nil).isEmpty)
    }

    @Test("a number of nothing and the wrong digits are answered with the same bytes")
    func sameAnswer() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        let wrong = try customer.ask(customer.number, "4321")
        let nothing = try customer.ask("YC-00000000", "1234")
        #expect(wrong.status == 404 && wrong.isProblem && wrong.body == nothing.body)
        let names = { (answer: RawAnswer) in answer.headers.filter { $0.key != "date" } }
        #expect(names(wrong) == names(nothing))
        // An identifier opens nothing, and neither does the number of what has no telephone.
        #expect(try customer.ask(customer.id, "1234").body == wrong.body)
        let silent = try #require(try branch.open().json["ticket"]?["number"]?.stringValue)
        #expect(try customer.ask(silent, "1234").body == wrong.body)
        #expect(try customer.ask(customer.number.lowercased(), "1234").status == 200)
        for digits in ["", "123", "12345", "12a4", "١٢٣٤"] {
            #expect(try customer.ask(customer.number, digits).status == 422, "\(digits)")
        }
    }

    @Test("after five wrong guesses a number waits, with the right digits too, and a key goes on opening it")
    func guessing() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        for guess in 0..<ProgressThrottle.ticketFailures {
            #expect(try customer.ask(customer.number, "000\(guess)").status == 404)
        }
        let waiting = try customer.ask(customer.number, "1234")
        #expect(waiting.status == 429 && waiting.isProblem)
        #expect((1...60).contains(try #require(waiting.headers["retry-after"].flatMap { Int($0) })))
        #expect(try customer.look().status == 200)
    }

    @Test("whoever looks at the own ticket by number and digits makes no room for others to guess at it")
    func ownerMakesNoRoom() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        let thief = [("X-Forwarded-For", "203.0.113.7")]
        for guess in 1..<ProgressThrottle.ticketFailures {
            #expect(try customer.ask(customer.number, "000\(guess)", headers: thief).status == 404)
            #expect(try customer.ask(customer.number, "1234").status == 200)
        }
        #expect(try customer.ask(customer.number, "0008", headers: thief).status == 404)
        #expect(try customer.ask(customer.number, "0009", headers: thief).status == 429)
    }

    @Test("digits are taken as Chinese keyboards write them, wide")
    func wideDigits() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        #expect(try customer.ask(" \(customer.number.lowercased()) ", "１２３４").status == 200)
    }

    @Test("who has it is named only where the site's roster names them too")
    func handlerIsOfTheStaff() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        _ = try branch.act(customer.path, ["action": "assign", "fields": ["assignee": "李强"]])
        let handler = { try customer.look().json["progress"]?["handler"] }
        #expect(try handler()?["person"] == "李强")
        let staff: JSONValue = ["site": "nx-yinchuan", "person": "王芳", "grant": ["clerk"]]
        #expect(try hub.post("/api/staff", staff).status == 200)
        try TestExchange(hub: hub, branch: branch).sync()
        #expect(try handler()?["person"] == .null)
        #expect(try Set(#require(handler()?.objectValue).keys) == ["department", "person", "phone"])
        #expect(try !customer.look().text.contains("李强"))
    }

    @Test("an address that has guessed at sixty numbers within an hour waits, and another one does not")
    func guessingAtMany() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        let from = { (address: String) in [("X-Forwarded-For", address)] }
        let answers = try TestParallel.map(ProgressThrottle.addressFailures) { number in
            try customer.ask("YC-\(number)", "1234", headers: [("X-Forwarded-For", "203.0.113.7")]).status
        }
        #expect(answers.allSatisfy { $0 == 404 })
        #expect(try customer.ask(customer.number, "1234", headers: from("203.0.113.7")).status == 429)
        #expect(try customer.ask(customer.number, "1234", headers: from("203.0.113.8")).status == 200)
    }

    @Test("a page of another site sends nothing")
    func otherPages() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        for headers in [[("Sec-Fetch-Site", "cross-site")], [("Origin", "http://elsewhere.example")]] {
            #expect(try customer.ask(customer.number, "1234", headers: headers).status == 403)
            #expect(try customer.act(["act": "note", "text": "x"], headers: headers).status == 403)
        }
        #expect(try customer.look().headers["access-control-allow-origin"] == nil)
    }

    @Test("a key that was altered, has run out or is another site's opens nothing")
    func badKeys() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        try TestExchange(hub: hub, branch: branch).sync()
        let ticket = try #require(EntityID(kind: .ticket, text: customer.id))
        let keys = ProgressKey(branch.site)
        let now = SystemClock.wall()
        #expect(keys.ticket(keys.text(ticket, until: now + 1_000), at: now) == ticket)
        #expect(keys.ticket(keys.text(ticket, until: now), at: now) == nil)
        let parts = customer.key.split(separator: ".").map(String.init)
        let later = "\(parts[0]).\(Int64(parts[1])! + 1).\(parts[2])"
        let foreign = ProgressKey(hub.site).text(ticket, until: now + 60_000)
        for bad in ["", "x", later, customer.key + "0", String(customer.key.dropLast()), foreign] {
            #expect(try customer.look(with: bad).status == 403, "\(bad)")
            #expect(try customer.act(["act": "note", "text": "x", "key": .string(bad)]).status == 403)
        }
        let link = ProgressKey(hub.site).link(to: ticket, at: now)
        #expect(link.hasPrefix("/progress#key="))
        let atHub = try RawClient.send(
            port: hub.port, "POST", "/api/progress",
            body: (["key": .string(String(link.dropFirst("/progress#key=".count)))] as JSONValue).bytes())
        #expect(atHub.json["progress"]?["number"] == .string(customer.number))
        let rebuilt = try TestNode.rebuilt(hub)
        #expect(ProgressKey(rebuilt.site).ticket(foreign, at: now) == ticket)
    }
}
