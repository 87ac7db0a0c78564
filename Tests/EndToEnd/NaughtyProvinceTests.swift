import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("Texts that programs are known to spoil, in what is said beside tickets")
    struct NaughtyProvinceTests {
        private static let strings = NaughtyStrings.own + NaughtyStrings.marked

        private static func fits(_ text: String, _ most: Int) -> Bool { NaughtyCheck.length(text) <= most }

        @Test("each is announced in both languages with its area, or refused as too long, and stands so at a branch")
        func announcements() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let (hub, branch) = (province.hub, try province.branch("yinchuan"))
                let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 4 * 3_600))
                // So many hold at one time, and all are withdrawn before the next.
                for start in stride(from: 0, to: Self.strings.count, by: 60) {
                    var made: [String: String] = [:]
                    for text in Self.strings[start..<min(start + 60, Self.strings.count)] {
                        let said = JSONValue.string(text)
                        let area = Self.fits(text, 200) ? said : ""
                        let answer = try hub.call(
                            "POST", "/api/announcements",
                            [
                                "zh": said, "en": said, "area": area, "categories": ["broadband-speed"],
                                "until": .string(until),
                            ])
                        NaughtyCheck.expectTaken(Self.fits(text, 2_000), answer, text, "announcement")
                        if answer.status == 201 { made[try answer.json.text("announcement", "id")] = text }
                    }
                    try province.waitUntilLevel()
                    for node in [hub, branch] {
                        let listed = try node.get("/api/announcements?state=open").list("announcements")
                        #expect(listed.count == made.count)
                        for one in listed {
                            let text = try #require(made[try one.text("id")])
                            NaughtyCheck.expect(try one.text("text", "zh"), text, "zh")
                            NaughtyCheck.expect(try one.text("text", "en"), text, "en")
                            if Self.fits(text, 200) { NaughtyCheck.expect(try one.text("area"), text, "area") }
                        }
                    }
                    for (id, text) in made {
                        try hub.post("/api/announcements/\(id)/withdraw", ["reason": .string(text)])
                    }
                }
                #expect(try hub.get("/api/verify")["clean"] == true)
                NaughtyCheck.expectUnlogged([hub, branch])
            }
        }

        @Test("each is written in an article, added to it, said of it and answered, and stands so at hub and branch")
        func knowledge() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let (hub, branch) = (province.hub, try province.branch("yinchuan"))
                var made: [(text: String, id: String)] = []
                for text in Self.strings { made.append((text, try publish(text, at: hub))) }
                try province.waitUntilLevel()
                var said: [String: String] = [:]
                for (text, id) in made {
                    let added = try branch.call("POST", "/api/articles/\(id)/supplement", ["text": .string(text)])
                    NaughtyCheck.expectTaken(Self.fits(text, 2_000), added, text, "supplement")
                    let contribution = try branch.post(
                        "/api/contributions", ["purpose": "wrong", "article": .string(id), "text": .string(text)])
                    said[try contribution.text("contribution", "id")] = text
                }
                try province.waitUntilLevel()
                for (id, text) in said {
                    let answer = try hub.call(
                        "POST", "/api/contributions/\(id)", ["outcome": "refused", "text": .string(text)])
                    NaughtyCheck.expectTaken(Self.fits(text, 100), answer, text, "answer")
                }
                try province.waitUntilLevel()
                for node in [hub, branch] {
                    for (text, id) in made { try check(text, id, at: node) }
                    let listed = try node.get("/api/contributions?state=all").list("contributions")
                    #expect(listed.count == said.count)
                    for one in listed {
                        let text = try #require(said[try one.text("id")])
                        NaughtyCheck.expect(try one.text("text"), text, "contribution")
                        if Self.fits(text, 100) { NaughtyCheck.expect(try one.text("answer"), text, "answer") }
                    }
                }
                for (text, id) in made {
                    let answer = try hub.call(
                        "POST", "/api/articles/\(id)", ["action": "withdraw", "reason": .string(text)])
                    NaughtyCheck.expectTaken(Self.fits(text, 2_000), answer, text, "withdrawal")
                    guard answer.status == 200 else { continue }
                    let reason = try hub.get("/api/articles/\(id)").text("article", "reason")
                    NaughtyCheck.expect(reason, text, "reason")
                }
                #expect(try hub.get("/api/verify")["clean"] == true)
                NaughtyCheck.expectUnlogged([hub, branch])
            }
        }

        private func publish(_ text: String, at hub: TestNode) throws -> String {
            let said = JSONValue.string(text)
            if !Self.fits(text, 100) {
                let refused = try hub.call("POST", "/api/articles", ["title": said, "agent": "x"])
                NaughtyCheck.expectTaken(false, refused, text, "title")
            }
            var article: [String: JSONValue] = [
                "title": Self.fits(text, 100) ? said : "long", "agent": said, "customer": said, "keywords": [said],
            ]
            // A keyword has some letters, and not too many.
            var answer = try hub.call("POST", "/api/articles", .object(article))
            if NaughtyCheck.isTaken(answer, text, "keyword") {
                let keyword = try answer.json.value("article").list("keywords").first?.stringValue
                NaughtyCheck.expect(keyword, text, "keyword")
            } else {
                article.removeValue(forKey: "keywords")
                answer = try hub.call("POST", "/api/articles", .object(article))
                NaughtyCheck.expectTaken(true, answer, text, "article")
            }
            let id = try answer.json.text("article", "id")
            for step in ["submit", "publish"] { try hub.post("/api/articles/\(id)", ["action": .string(step)]) }
            return id
        }

        private func check(_ text: String, _ id: String, at node: TestNode) throws {
            let article = try node.get("/api/articles/\(id)").value("article")
            if Self.fits(text, 100) { NaughtyCheck.expect(try article.text("words", "title"), text, "title") }
            NaughtyCheck.expect(try article.text("words", "agent"), text, "agent")
            NaughtyCheck.expect(try article.text("words", "customer"), text, "customer")
            guard Self.fits(text, 2_000) else { return }
            NaughtyCheck.expect(
                try article.list("supplements").map { try $0.text("text") }, [text], "supplement")
        }

        @Test("each is noted of a circuit and of a customer, with the reason, and stands so at the hub")
        func circuitsAndCustomers() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let (hub, branch) = (province.hub, try province.branch("yinchuan"))
                let words = ["endA", "endZ", "route", "grade", "department", "team", "accessClass", "business"]
                var customers: [String] = []
                for (index, text) in Self.strings.enumerated() {
                    let said = JSONValue.string(text)
                    let facts = Dictionary(uniqueKeysWithValues: words.map { ($0, said) })
                    let circuit = try branch.call("POST", "/api/circuits/C-\(index)", ["facts": .object(facts)])
                    NaughtyCheck.expectTaken(Self.fits(text, 200), circuit, text, "circuit")
                    let reason: JSONValue = ["facts": ["team": "x\(index)"], "reason": said]
                    let given = try branch.call("POST", "/api/circuits/R-\(index)", reason)
                    NaughtyCheck.expectTaken(Self.fits(text, 2_000), given, text, "reason of a circuit")
                    let opened = try branch.post(
                        "/api/tickets",
                        ["type": "complaint", "fields": ["subject": "x"], "customer": ["name": "王"]])
                    let ticket = try branch.ticket(try opened.text("ticket", "id"))
                    let customer = try ticket.text("customer", "id")
                    customers.append(customer)
                    let managers: JSONValue = ["accountManager": said, "serviceManager": said]
                    let noted = try branch.call("POST", "/api/customers/\(customer)", ["facts": managers])
                    NaughtyCheck.expectTaken(Self.fits(text, 100), noted, text, "managers")
                    let grade = try branch.call("POST", "/api/customers/\(customer)", ["facts": ["reason": said]])
                    NaughtyCheck.expectTaken(Self.fits(text, 2_000), grade, text, "reason of a grade")
                }
                try province.waitUntilLevel()
                for (index, text) in Self.strings.enumerated() {
                    if Self.fits(text, 200) {
                        let circuit = try hub.get("/api/circuits/C-\(index)").value("circuit")
                        for word in words { NaughtyCheck.expect(try circuit.text(word), text, word) }
                    }
                    if Self.fits(text, 2_000) {
                        let turn = try hub.get("/api/circuits/R-\(index)").list("circuit", "history").first
                        NaughtyCheck.expect(turn?["reason"]?.stringValue, text, "reason of a circuit")
                        let customer = try hub.get("/api/customers/\(customers[index])").value("customer")
                        NaughtyCheck.expect(try customer.text("gradeReason"), text, "reason of a grade")
                        guard Self.fits(text, 100) else { continue }
                        NaughtyCheck.expect(try customer.text("accountManager"), text, "manager")
                        NaughtyCheck.expect(try customer.text("serviceManager"), text, "manager")
                    }
                }
                #expect(try hub.get("/api/verify")["clean"] == true)
                NaughtyCheck.expectUnlogged([hub, branch])
            }
        }

        @Test("each names a token, composed, or is refused; and a token that could be made can be removed by its name")
        func tokens() throws {
            try TestProvince.with([]) { province in
                let hub = province.hub
                var made = 0
                for text in Self.strings + ["a/../b", "a/b", "..\\a", "a?b#c", "%2e%2e", "+ +"] {
                    let answer = try hub.call(
                        "POST", "/api/api-tokens", ["name": .string(text), "scopes": ["observer"]])
                    guard NaughtyCheck.isTaken(answer, text, "token") else { continue }
                    made += 1
                    let name = text.precomposedStringWithCanonicalMapping
                    NaughtyCheck.expect(try answer.json.text("token", "name"), name, "token")
                    let listed = try hub.get("/api/api-tokens").list("tokens").map { try $0.text("name") }
                    NaughtyCheck.expect(listed, [name], "tokens")
                    let path = "/api/api-tokens/" + PercentCoding.encode(name)
                    #expect(try hub.call("DELETE", path).status == 204, "\(name)")
                }
                #expect(made > 30)
                #expect(try hub.get("/api/api-tokens").list("tokens").isEmpty)
                NaughtyCheck.expectUnlogged([hub])
            }
        }
    }
}
