import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Steps and their forms in a browser", .enabled(if: Browser.driver != nil, "no chromedriver on this machine"))
    struct StepFormTests {
        private static let step =
            "[...document.querySelectorAll('.actions .step')].find((one) => one.textContent.startsWith(arguments[0]))"

        private func click(step label: String, _ browser: Browser) throws {
            _ = try browser.run("\(Self.step).click()", [.string(label)])
        }

        /// What is said of a step that is grey; empty for one that may be taken, nil while it is not offered.
        private func reason(of label: String, _ browser: Browser) throws -> String? {
            let script = """
                const step = \(Self.step);
                return step ? step.getAttribute('aria-disabled') === 'true' ? step.title : '' : null;
                """
            return try browser.run(script, [.string(label)]).stringValue
        }

        /// Opens a ticket that asks the solution department for something, as far as it is being worked on.
        private func support(_ subject: String, at node: TestNode) throws -> String {
            let fields: JSONValue = ["subject": .string(subject), "supportKind": "solution"]
            let id = try node.post("/api/tickets", ["type": "technicalSupport", "fields": fields]).text("ticket", "id")
            try node.act(id, ["action": "transition", "name": "accept"])
            return id
        }

        private func openAnswer(_ browser: Browser) throws {
            try Moment.wait(for: "the step") { try reason(of: "答复", browser) == "" }
            try click(step: "答复", browser)
            try Moment.wait(for: "its form") { try browser.count("dialog[open] [name=solutionFile]") == 1 }
        }

        @Test("a step that takes a file is given one that was uploaded; what was written before is still there")
        func fileField() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let id = try support("银行专线方案", at: node)
                let file = province.scratch.file("plan.txt")
                try Data("two routes".utf8).write(to: URL(fileURLWithPath: file))
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "银行专线方案")
                    try openAnswer(browser)
                    #expect(try browser.text("dialog [name=solutionFile]")?.contains("附件") == true)
                    try browser.write("两条路由", into: "dialog [name=answer]")
                    try browser.click("dialog .buttons button:not(.first)")
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    try browser.click("#tab-files")
                    try browser.write(file, into: "#file")
                    try Moment.wait(for: "the file") { try browser.text(".files a[download]") == "plan.txt" }
                    try openAnswer(browser)
                    #expect(try browser.count("dialog .draft") == 1)
                    let written = try browser.run("return document.querySelector('dialog [name=answer]').value")
                    #expect(written == "两条路由")
                    let choose = """
                        const select = document.querySelector('dialog [name=solutionFile]');
                        select.value = [...select.options].find((one) => one.textContent === arguments[0]).value;
                        """
                    _ = try browser.run(choose, ["plan.txt"])
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "the answer") { try node.ticket(id).text("state") == "resolved" }
                    let hash = try node.get("/api/tickets/\(id)/attachments").list("attachments").first?.text("hash")
                    #expect(try node.ticket(id).text("fields", "solutionFile") == hash)
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    try browser.click("#tab-form")
                    try Moment.wait(for: "the file's name among the values") {
                        try browser.texts(".values dd").contains("plan.txt")
                    }
                }
            }
        }

        @Test("a step that cannot be taken says why and opens no form, and can be taken as soon as the reason is gone")
        func greyedStep() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let id = try support("投标支撑", at: node)
                try node.act(id, ["action": "handOver", "to": "billing"])
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "投标支撑")
                    #expect(try reason(of: "答复", browser) == "正在等 计费账务 接手")
                    try click(step: "答复", browser)
                    try Moment.wait(for: "the reason") {
                        try browser.texts(".toast").contains("答复: 正在等 计费账务 接手")
                    }
                    #expect(try browser.count("dialog[open]") == 0)
                    try node.act(id, ["action": "acceptHandOver"])
                    try openAnswer(browser)
                }
            }
        }

        @Test("what takes a supervisor at the province is grey for a clerk there, and no longer once they are one")
        func supervisorsActions() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let hub = province.hub
                let ticket: JSONValue = ["type": "complaint", "home": "nx-yinchuan", "fields": ["subject": "宽带掉线"]]
                let page = hub.url + "/tickets/" + (try hub.post("/api/tickets", ticket).text("ticket", "id"))
                let link = try hub.post("/api/accounts", ["name": "wang", "access": "clerk"]).text("link", "path")
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.open(hub.url + link, until: "[name=again]")
                for field in ["password", "again"] { try browser.write("雨天 带伞 上班", into: "[name=\(field)]") }
                try browser.click("form button.first")
                try Moment.wait(for: "wang to be in") { try browser.text("details.menu summary") == "wang" }
                let supervisors: Set = ["省中心接管", "挂牌督办", "改派"]
                try browser.open(page, until: "article h1")
                let grey = Set(try browser.texts(".actions [aria-disabled]"))
                #expect(grey.isSuperset(of: supervisors), "\(grey)")
                try hub.post("/api/accounts/wang", ["access": "supervisor"])
                try browser.open(page, until: "article h1")
                let after = Set(try browser.texts(".actions [aria-disabled]"))
                #expect(after.isDisjoint(with: supervisors), "\(after)")
            }
        }

        @Test("a set is added to and taken from, and shows what it holds")
        func sets() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let fields: JSONValue = ["subject": "城域网割接"]
                let id = try node.post("/api/tickets", ["type": "cutOver", "fields": fields]).text("ticket", "id")
                let held = { Set(try node.ticket(id).list("sets", "agreedCustomers").compactMap(\.stringValue)) }
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "城域网割接")
                    try openSet(browser)
                    try browser.write("工商银行，法院", into: "dialog [name=add]")
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "both") { try held() == ["工商银行", "法院"] }
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    try browser.click("#tab-form")
                    let shown = try #require(try browser.text(".values"))
                    #expect(shown.contains("工商银行") && shown.contains("法院"), "\(shown)")
                    try openSet(browser)
                    _ = try browser.run("document.querySelector('dialog [name=remove]').value = '法院'")
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "one") { try held() == ["工商银行"] }
                }
            }
        }

        private func openSet(_ browser: Browser) throws {
            let script = """
                const all = [...document.querySelectorAll('.actions button')];
                all.find((one) => one.textContent === arguments[0]).click();
                """
            _ = try browser.run(script, ["增减“已达成一致的客户”"])
            try Moment.wait(for: "the form of the set") { try browser.count("dialog[open] [name=add]") == 1 }
        }

        @Test("a review shows its round, how it stands and who has not been heard, and follows the votes")
        func reviewCard() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let fields: JSONValue = ["subject": "新套餐", "productType": "campaign"]
                let opened = try node.post("/api/tickets", ["type": "readinessReview", "fields": fields])
                let id = try opened.text("ticket", "id")
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "新套餐")
                    let shown = try #require(try browser.text(".review"))
                    for word in ["第 1 轮", "待表态", "网络维护", "服务管理"] { #expect(shown.contains(word), "\(shown)") }
                    try node.act(id, ["action": "vote", "department": "network", "choice": "approve"])
                    try Moment.wait(for: "the vote to be heard") {
                        try browser.text(".review")?.contains("网络维护") == false
                    }
                    let veto: JSONValue = [
                        "action": "vote", "department": "serviceManagement", "choice": "veto", "reason": "退订路径不清楚",
                    ]
                    try node.act(id, veto)
                    try Moment.wait(for: "the veto") { try browser.text(".review .tag") == "已否决" }
                }
            }
        }
    }
}
