import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Whose ticket it is, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct CustomerTests {
        @Test(
            "A17: the four reminders stand beside a ticket as the node tells them, and every contact with its channel")
        func reminded() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let first = try call("专线中断", by: "web", to: node)
                let id = try node.ticket(first).text("customer", "id")
                let later = try (1...9).map { try call("专线又中断 \($0)", by: "app", to: node, customer: id) }
                let ends = Int64(Date().timeIntervalSince1970) * 1_000 + 86_400_000
                try node.post("/api/customers/\(id)", ["facts": ["contractEnds": .integer(ends), "arrears": 2]])
                try Browser.with(province, at: node, "/tickets/\(first)") { browser in
                    try Moment.wait(for: "the reminders") { try browser.count(".reminders li") == 4 }
                    let said = try browser.texts(".reminders li")
                    #expect(said[0].hasPrefix("合同 ") && said[0].hasSuffix(" 到期"), "\(said)")
                    #expect(Array(said.dropFirst()) == ["72小时内同类来电第 10 次", "另有 9 张在途工单", "欠费 2 个月"])
                    #expect(try browser.texts("aside .contacts a") == Array(later.reversed()))
                    #expect(try browser.texts("aside details .contacts a") == [later[0]])
                    #expect(try browser.texts("aside details:has(.contacts) summary") == ["更多 1"])
                    #expect(try browser.texts("aside .contacts small").allSatisfy { $0.hasPrefix("手机应用 · ") })
                    try browser.click(".reminders [data-tone=risk] a")
                    try Moment.wait(for: "the newest call") {
                        try browser.text("article .title .number") == later.last
                    }
                    try Moment.wait(for: "the first call among its contacts") {
                        try browser.texts("aside .contacts small").contains { $0.hasPrefix("网站 · 专线中断 · ") }
                    }
                }
            }
        }

        @Test("of a customer of whom nothing calls for a word nothing is said, and why there is none")
        func plain() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let only = try call("宽带掉线", by: "phone", to: node)
                let nameless = try node.open("未留姓名", fields: ["contactPhone": "13995170009"])
                try Browser.with(province, at: node, "/tickets/\(only)") { browser in
                    try Moment.wait(for: "the customer") { try browser.text("aside .who b") == "某银行" }
                    #expect(try browser.count(".reminders") == 0)
                    #expect(try browser.count("aside .contacts") == 0)
                    try browser.open(node.url + "/tickets/\(nameless)", until: "aside .who")
                    #expect(try browser.texts("aside .muted").contains("没有客户档案：受理时须同时填写姓名和电话。"))
                }
            }
        }

        /// - Returns: the ticket's number.
        private func call(
            _ subject: String, by channel: String, to node: TestNode, customer id: String? = nil
        ) throws -> String {
            var customer: [String: JSONValue] = ["name": "某银行", "phone": "13900000001"]
            if let id { customer["id"] = .string(id) }
            let fields: JSONValue = ["subject": .string(subject), "channel": .string(channel)]
            return try node.post(
                "/api/tickets", ["type": "complaint", "customer": .object(customer), "fields": fields]
            ).text("ticket", "number")
        }
    }
}
