import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite(
        "The customer's page in a browser",
        .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct ProgressPageTests {
        @Test(
            "on a phone, its branch cut off, a customer finds its ticket, writes, hurries, reopens; the hub hears of it"
        )
        func onAPhone() throws {
            let scratch = try Scratch()
            let standard = try standardWithTelephone(in: scratch)
            try TestProvince.with(["yinchuan"], standard: standard) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带频繁掉线", fields: ["contactPhone": "13900001234"])
                let number = try node.ticket(id).text("number")
                try Moment.wait(for: "the hub to have it") { try province.hub.holds(id) }
                try province.cut("yinchuan")
                try node.act(id, ["action": "transition", "name": "accept"])
                try node.note(id, "内部机密")
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.resize(width: 390, height: 844)
                try browser.open(node.url + "/progress")
                try Moment.wait(for: "the form") { try browser.count("[name=digits]") == 1 }
                try look(browser, number, "9999")
                try Moment.wait(for: "the refusal") { try browser.text("form .late")?.contains("没有找到") == true }
                try look(browser, number, "1234")
                try Moment.wait(for: "the ticket") { try browser.text("h1") == number }
                #expect(try browser.text(".where .big") == "处理中")
                #expect(try browser.text(".where a[href='tel:10000-80']") == "10000 - 80")
                #expect(try browser.text("main")?.contains("内部机密") == false)
                try send(browser, "note", "晚上才有人在家", into: "#f-note")
                try Moment.wait(for: "the message") {
                    try browser.text(".notes")?.contains("晚上才有人在家") == true
                }
                try send(browser, "expedite", "请快一点", into: "#f-why")
                try Moment.wait(for: "the wish") { try browser.text(".notes")?.contains("请快一点") == true }
                try node.act(
                    id, ["action": "transition", "name": "resolve", "fields": ["resolution": "更换光猫"]])
                _ = try browser.run("document.dispatchEvent(new Event('visibilitychange'))")
                try Moment.wait(for: "the end of the work") { try browser.count("[data-act=reopen]") == 1 }
                let offered = try ["close", "reopen"].map { try browser.text("[data-act=\($0)] summary") }
                #expect(offered == ["确认解决", "未解决"])
                #expect(try browser.text("[data-act=reopen] label") == "还有什么问题？")
                try send(browser, "reopen", "又掉线了", into: "#f-reopen-reopenReason")
                try Moment.wait(for: "the work to go on") { try browser.text(".where .big") == "已重开" }
                let width = try browser.run("return document.documentElement.scrollWidth").intValue ?? 0
                #expect(width <= 390, "it is \(width) wide")
                try browser.click("#language")
                try Moment.wait(for: "English") { try browser.text(".where .big") == "Reopened" }
                try province.heal("yinchuan")
                try Moment.wait(for: "the hub to have it all") {
                    try province.hub.ticket(id).text("state") == "reopened"
                }
                #expect(try province.hub.ticket(id).list("refused").isEmpty)
            }
        }

        /// The project's own standard, with a telephone of the front office.
        private func standardWithTelephone(in scratch: Scratch) throws -> String {
            let folder = scratch.file("standard")
            try Scratch.copy(ProjectFiles.path("Topology/standards/province"), to: folder)
            let path = folder + "/10-organisation.json"
            let (text, id) = (Scratch.text(of: path), "\"id\": \"frontOffice\",")
            guard text.contains(id) else { throw Failure("the standard has no front office") }
            let changed = text.replacing(id, with: id + " \"phone\": \"10000 - 80\",")
            try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
            return folder
        }

        private func look(_ browser: Browser, _ number: String, _ digits: String) throws {
            _ = try browser.run("document.querySelectorAll('input').forEach((one) => { one.value = ''; })")
            try browser.write(number, into: "[name=number]")
            try browser.write(digits, into: "[name=digits]")
            try browser.click("form button")
        }

        private func send(_ browser: Browser, _ act: String, _ text: String, into field: String) throws {
            try browser.click("[data-act=\(act)] summary")
            try browser.write(text, into: field)
            try browser.click("[data-act=\(act)] form button")
        }
    }
}
