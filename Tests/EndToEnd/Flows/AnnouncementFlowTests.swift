import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("Announcements")
    struct AnnouncementFlowTests {
        /// Publishes the wording for a cut cable with the command, for some hours.
        private func announce(_ province: TestProvince, _ words: [String]) throws -> String {
            let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 4 * 3_600))
            return try Tool.done(
                [
                    "announce", "publish", "--wording", "cableFault", "--category", "faultBroadband", "--until", until,
                    "--json", "--data", province.hub.folder,
                ] + words
            ).json.text("announcement", "id")
        }

        private func heard(at node: TestNode) throws -> [String] {
            try node.get("/api/announcements?state=current&category=broadbandSpeedFault").list("announcements")
                .map { try $0.text("id") }
        }

        @Test("A7: a branch shows an announcement with its line cut, and it is withdrawn everywhere on restoration")
        func withdrawnOnRestoration() throws {
            try TestProvince.withStandard { province in
                let counter = Counter("李强", at: try province.branch("yinchuan"))
                let fault = try counter.open("fault", ["subject=金凤区光缆中断"])
                try Moment.wait(for: "the fault at the hub") { try province.hub.holds(fault) }
                let id = try announce(province, ["--ticket", fault])
                let other = try province.branch("wuzhong")
                for node in [counter.node, other] {
                    try Moment.wait(for: "the announcement") { try heard(at: node) == [id] }
                }
                try province.cutOff("wuzhong")
                #expect(try heard(at: other) == [id])
                let shown = try Tool.done(["announce", "list", "--data", other.folder]).output
                #expect(shown.contains("光缆因外力受损") && shown.contains("faultBroadband"), "\(shown)")
                let own = try Tool(["announce", "withdraw", id, "--data", other.folder])
                #expect(own.code == 4, "only the province withdraws: \(own.output)")
                try counter.take("accept", fault)
                try counter.take("dispatch", fault, ["assignedTeam=一班"])
                try counter.take("locate", fault, ["faultLocation=杆12", "faultCause=断纤"])
                #expect(try heard(at: province.hub) == [id])
                try counter.take("repair", fault, ["resolution=熔接"])
                for node in [province.hub, counter.node] {
                    try Moment.wait(for: "the withdrawal") { try heard(at: node).isEmpty }
                }
                #expect(try heard(at: other) == [id], "it has not heard yet")
                try province.heal("wuzhong")
                try Moment.wait(for: "the withdrawal at the branch") { try heard(at: other).isEmpty }
                try province.bringTogether()
                for node in [province.hub, counter.node, other] {
                    #expect(try Tool(["verify", "--data", node.folder]).code == 0)
                }
            }
        }

        @Test(
            "A7: in the form of a new ticket the wording stands as soon as the category fits, and goes with it",
            .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
        func shownInForm() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let id = try announce(province, ["--area", "金凤区"])
                try Moment.wait(for: "the announcement") { try heard(at: node) == [id] }
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.send([
                    "Authorization": .string("Bearer \(node.token)"),
                    "Tributary-Actor": .string(PercentCoding.encode("王芳")),
                ])
                try browser.open(node.url + "/new?type=fault")
                try Moment.wait(for: "the form") { try browser.count("[name=subject]") == 1 }
                func choose(_ category: String) throws {
                    _ = try browser.run(
                        """
                        const select = document.querySelector('#category');
                        select.value = arguments[0];
                        select.dispatchEvent(new Event('change'));
                        """, [.string(category)])
                }
                try choose("faultLeased")
                #expect(try browser.count(".announced") == 0)
                try choose("broadbandSpeedFault")
                try Moment.wait(for: "the strip") { try browser.count("form .announced") == 1 }
                let shown = try #require(try browser.text("form .announced"))
                #expect(shown.contains("公告") && shown.contains("金凤区") && shown.contains("光缆因外力受损"), "\(shown)")
                try choose("faultLeased")
                try Moment.wait(for: "no strip") { try browser.count(".announced") == 0 }
            }
        }

        @Test(
            "the province publishes, supervises and withdraws from its wall",
            .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
        func fromTheWall() throws {
            try TestProvince.withStandard { province in
                let counter = Counter("李强", at: try province.branch("yinchuan"))
                let fault = try counter.open("fault", ["subject=金凤区光缆中断"])
                try counter.assign(fault, ["category=broadbandSpeedFault"])
                try Moment.wait(for: "the fault at the hub") { try province.hub.holds(fault) }
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.send([
                    "Authorization": .string("Bearer \(province.hub.token)"),
                    "Tributary-Actor": .string(PercentCoding.encode("省中心")),
                ])
                try browser.open(province.hub.url + "/wall")
                try Moment.wait(for: "the wall") { try browser.count(".wall-head button") == 2 }
                try browser.click(".wall-head button:last-child")
                try Moment.wait(for: "the form") { try browser.count("dialog [name=until]") == 1 }
                for (name, value) in [("categories", "faultBroadband"), ("wording", "cableFault")] {
                    _ = try browser.run(
                        "document.querySelector(`dialog [name=${arguments[0]}]`).value = arguments[1]",
                        [.string(name), .string(value)])
                }
                try browser.click("dialog button.first")
                try Moment.wait(for: "the strip") { try browser.count(".wall .announced") == 1 }
                #expect(try heard(at: province.hub).count == 1)
                let hit = ".announced a[href^='/?announcement=']"
                try Moment.wait(for: "what it hits") { try browser.count(hit) == 1 }
                try browser.click(hit)
                try Moment.wait(for: "the list of these") { try browser.count("tbody .c-number") == 1 }
                try browser.open(province.hub.url + "/wall")
                try Moment.wait(for: "the strip again") { try browser.count(".wall .announced") == 1 }
                try browser.click(".announced button")
                try Moment.wait(for: "no strip") { try browser.count(".wall .announced") == 0 }
                #expect(try heard(at: province.hub).isEmpty)
                try browser.open(province.hub.url + "/tickets/" + fault)
                try Moment.wait(for: "the ticket") { try browser.count("article h1") == 1 }
                _ = try browser.run(
                    """
                    [...document.querySelectorAll('.actions button')].find((one) => one.textContent === '挂牌督办').click()
                    """)
                try Moment.wait(for: "the reason") { try browser.count("dialog [name=reason]") == 1 }
                try browser.write("领导关注", into: "dialog [name=reason]")
                try browser.click("dialog button.first")
                try Moment.wait(for: "the mark") { try browser.text(".title")?.contains("督办") == true }
                try Moment.wait(for: "the mark at the branch") {
                    try counter.node.ticket(fault)["supervised"] == true
                }
            }
        }
    }
}
