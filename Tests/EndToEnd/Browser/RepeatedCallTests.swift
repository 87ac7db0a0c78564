import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("A repeated call, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct RepeatedCallTests {
        @Test("A17: who has called before is known by the number, and what was typed is added to the open ticket")
        func addedToTheOpenOne() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let caller: JSONValue = ["name": "张伟", "phone": "13995170001"]
                let first = try node.post(
                    "/api/tickets",
                    [
                        "type": "complaint", "customer": caller,
                        "fields": [
                            "subject": "宽带频繁掉线", "customerName": "张伟", "contactPhone": "13995170001",
                        ],
                    ])
                let number = try first.text("ticket", "number")
                try Moment.wait(for: "the number to be found") {
                    try node.get("/api/search?q=13995170001").list("results").count == 1
                }
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.send([
                    "Authorization": .string("Bearer \(node.token)"),
                    "Tributary-Actor": .string(PercentCoding.encode("王芳")),
                ])
                try browser.open(node.url + "/new")
                try Moment.wait(for: "the form") { try browser.count("[name=contactPhone]") == 1 }
                try browser.write("又掉线了", into: "[name=subject]")
                try browser.write("139 9517 0001", into: "[name=contactPhone]")
                try Moment.wait(for: "the earlier ticket") { try browser.text("aside .contacts a") == number }
                try browser.click("aside .contacts button")
                try Moment.wait(for: "its page") { try browser.text("article .title .number") == number }
                #expect(try node.get("/api/tickets").number("total") == 1)
                let effects = try node.ticket(number).list("timeline").last?["effects"]?.arrayValue ?? []
                let notes = effects.filter { $0["kind"]?.stringValue == "noted" }
                #expect(notes.first?["text"]?.stringValue?.contains("又掉线了") == true)
            }
        }
    }
}
