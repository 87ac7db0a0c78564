import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("Knowledge")
    struct KnowledgeFlowTests {
        /// Writes and publishes an article with the command.
        private func publish(_ province: TestProvince) throws -> String {
            let hub = ["--json", "--data", province.hub.folder]
            let id = try Tool.done(
                [
                    "articles", "add", "--title", "宽带测速不达标", "--agent", "先核对资费速率", "--customer", "请用网线再测一次",
                    "--keyword", "测速", "--category", "faultBroadband",
                ] + hub
            ).json.text("article", "id")
            for step in ["submit", "publish"] { _ = try Tool.done(["articles", step, id] + hub) }
            return id
        }

        private func found(at node: TestNode) throws -> [String] {
            try node.get("/api/articles").list("articles").map { try $0.text("id") }
        }

        private func signedIn(_ browser: Browser, at node: TestNode, as name: String) throws {
            try browser.send([
                "Authorization": .string("Bearer \(node.token)"),
                "Tributary-Actor": .string(PercentCoding.encode(name)),
            ])
        }

        @Test(
            "K1: what the hub publishes is found at a branch with its line cut, and gone once it hears of a withdrawal")
        func foundOffline() throws {
            try TestProvince.withStandard { province in
                let id = try publish(province)
                let branch = try province.branch("yinchuan")
                try Moment.wait(for: "the article") { try found(at: branch) == [id] }
                try province.cutOff("yinchuan")
                let shown = try Tool.done(["articles", "list", "--text", "客户测速只有一半", "--data", branch.folder]).output
                #expect(shown.contains("宽带测速不达标") && shown.contains("(测速)"), "\(shown)")
                let sheet = try Tool.done(["articles", "show", id, "--data", branch.folder]).output
                #expect(sheet.contains("先核对资费速率") && sheet.contains("请用网线再测一次"), "\(sheet)")
                let own = try Tool(["articles", "withdraw", id, "--reason", "旧", "--data", branch.folder])
                #expect(own.code == 4, "only the province withdraws: \(own.output)")
                let local = ["articles", "supplement", id, "--text", "夜间转八班", "--data", branch.folder]
                _ = try Tool.done(local)
                _ = try Tool.done(["articles", "withdraw", id, "--reason", "旧", "--data", province.hub.folder])
                #expect(try found(at: branch) == [id], "it has not heard yet")
                try province.heal("yinchuan")
                try Moment.wait(for: "the withdrawal") { try found(at: branch).isEmpty }
                try province.bringTogether()
                for node in [province.hub, branch] { #expect(try Tool(["verify", "--data", node.folder]).code == 0) }
            }
        }

        @Test(
            "K3: in the form of a new ticket what is typed pushes the article, and its use is noted on the ticket",
            .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
        func pushedInForm() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let id = try publish(province)
                try Moment.wait(for: "the article") { try found(at: node) == [id] }
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try signedIn(browser, at: node, as: "王芳")
                try browser.open(node.url + "/new?type=fault")
                try Moment.wait(for: "the form") { try browser.count("[name=subject]") == 1 }
                #expect(try browser.count(".knowledge") == 0)
                let long = String(repeating: "客户来电咨询", count: 200)
                func type() throws {
                    try browser.write("宽带", into: "[name=subject]")
                    try browser.write(long + "测速只有一半", into: "[name=description]")
                    try Moment.wait(for: "the article in the form") { try browser.count(".knowledge details") == 1 }
                }
                try type()
                try browser.open(node.url + "/new?type=fault")
                try Moment.wait(for: "the draft's article") { try browser.count(".knowledge [aria-pressed]") == 1 }
                try browser.click(".knowledge [aria-pressed]")
                try browser.click(".draft button")
                try Moment.wait(for: "an empty form") { try browser.count(".knowledge, .draft") == 0 }
                try type()
                #expect(try browser.count(".knowledge [aria-pressed=true]") == 0, "it was of use to another caller")
                #expect(try browser.text(".knowledge mark") == "测速")
                let shown = try #require(try browser.text(".knowledge"))
                #expect(shown.contains("先核对资费速率") && shown.contains("请用网线再测一次"), "\(shown)")
                try browser.click(".knowledge [aria-pressed]")
                #expect(try browser.count(".knowledge [aria-pressed=true]") == 1)
                try browser.click(".create form button.first")
                try Moment.wait(for: "the ticket") { try browser.count("article h1") == 1 }
                try Moment.wait(for: "the article on the ticket") {
                    try browser.text(".side")?.contains("宽带测速不达标") == true
                }
                let ticket = try node.get("/api/tickets").list("tickets").first
                let path = "/api/tickets/" + (try #require(try ticket?.text("id")))
                let named = try node.get(path)["ticket"]?["articles"]?[0]
                #expect(named?["id"]?.stringValue == id && named?["version"] == 1)
            }
        }

        @Test(
            "the province writes, submits and publishes an article on its page",
            .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
        func writtenOnPage() throws {
            try TestProvince.withStandard { province in
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try signedIn(browser, at: province.hub, as: "省中心")
                try browser.open(province.hub.url + "/knowledge")
                try Moment.wait(for: "the page") { try browser.count(".narrow button.first") == 1 }
                try browser.click(".narrow button.first")
                try Moment.wait(for: "the form") { try browser.count("dialog [name=agent]") == 1 }
                try browser.write("宽带测速不达标", into: "dialog [name=title]")
                try browser.write("先核对资费速率", into: "dialog [name=agent]")
                try browser.write("测速、网速 慢", into: "dialog [name=keywords]")
                try browser.click("dialog button.first")
                try Moment.wait(for: "the draft") {
                    try province.hub.get("/api/articles?state=draft").list("articles").count == 1
                }
                for (state, label) in [("draft", "送审"), ("review", "发布")] {
                    try browser.open(province.hub.url + "/knowledge?state=" + state)
                    try Moment.wait(for: "the article") { try browser.count("details.card summary") == 1 }
                    try browser.click("details.card summary")
                    try Moment.wait(for: "its buttons") { try browser.count("details.card .buttons button") > 1 }
                    _ = try browser.run(
                        """
                        [...document.querySelectorAll('details.card button')]
                          .find((one) => one.textContent === arguments[0]).click()
                        """, [.string(label)])
                    try Moment.wait(for: "the question") { try browser.count("dialog button.first") == 1 }
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "the step") { try browser.count("dialog") == 0 }
                }
                let made = try province.hub.get("/api/articles").list("articles")
                #expect(made.count == 1 && made.first?["keywords"]?.arrayValue?.count == 2)
            }
        }
    }
}
