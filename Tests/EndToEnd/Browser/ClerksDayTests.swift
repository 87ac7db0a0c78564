import Standards
import Testing

extension RealProcesses {
    /// What a clerk does from coming in to the last customer, in a browser at the branch, with a supervisor in another
    /// at the hub and a customer's telephone in a third.
    @Suite("A clerk's day", .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct ClerksDayTests {
        private static let password = "雨天 带伞 上班"
        private static let repeatPhone = "13995012345"
        private typealias Call = (subject: String, name: String, phone: String)
        private static let calls: [Call] = [
            ("宽带每晚掉线", "马建国", repeatPhone), ("话费多扣二十元", "李秀英", "13895011111"),
            ("机顶盒无信号", "杨涛", "15109511111"), ("固话有杂音", "丁玉兰", "13709512222"),
            ("宽带仍然掉线", "马建国", repeatPhone),
        ]

        @Test("comes in, takes five calls, knows who calls again, works cut off, settles, answers a customer")
        func day() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let (clerk, supervisor) = (
                    try Browser(scratch: province.scratch), try Browser(scratch: province.scratch)
                )
                defer { for browser in [clerk, supervisor] { browser.close() } }
                try clerk.welcome(at: branch, as: "王芳", password: Self.password)
                try clerk.click("details.menu summary")
                try clerk.click("details.menu button:last-child")
                try Moment.wait(for: "the way in") { try clerk.count("[name=password]") == 1 }
                try clerk.signIn(at: branch, as: "王芳", password: Self.password)
                let numbers = try Self.calls.map { try take($0, clerk) }
                #expect(Set(numbers).count == 5)
                try Moment.wait(for: "the hub to have all") { try province.hub.tickets().count == 5 }
                try supervisor.welcome(at: province.hub, as: "周敏", password: Self.password)
                try findAgain(numbers[0], clerk)
                try workCutOff(numbers[0], province, clerk, supervisor)
                try settle(numbers[0], province, clerk)
                try answerCustomer(numbers[1], province, clerk)
                let said = Scratch.text(of: branch.logPath) + Scratch.text(of: province.hub.logPath)
                for call in Self.calls {
                    #expect(!said.contains(call.subject) && !said.contains(call.name) && !said.contains(call.phone))
                }
            }
        }

        /// A call, by the form; the last of them is from somebody who has called before.
        private func take(_ call: Call, _ clerk: Browser) throws -> String {
            _ = try clerk.run("document.activeElement.blur()")
            try clerk.press("n")
            try Moment.wait(for: "the form") { try clerk.count("[name=subject]") == 1 }
            try clerk.write(call.phone, into: "[name=contactPhone]")
            try clerk.write(call.name, into: "[name=customerName]")
            try clerk.write(call.subject, into: "[name=subject]")
            if call == Self.calls[4] {
                try Moment.wait(for: "the earlier call to be shown") { try clerk.count(".contacts li") == 1 }
                #expect(try clerk.text(".contacts li")?.contains(Self.calls[0].subject) == true)
            }
            try clerk.press(Browser.Key.control + Browser.Key.enter)
            return try clerk.numberShown(subject: call.subject)
        }

        /// By the search box.
        private func findAgain(_ number: String, _ clerk: Browser) throws {
            _ = try clerk.run("document.activeElement.blur()")
            try clerk.press("/")
            try clerk.write("每晚掉", into: "#search")
            try Moment.wait(for: "what was found") { try clerk.count("#found [role=option]") == 1 }
            try clerk.press(Browser.Key.down + Browser.Key.enter)
            #expect(try clerk.numberShown(subject: Self.calls[0].subject) == number)
        }

        /// Both edit one field while neither can hear the other.
        private func workCutOff(
            _ number: String, _ province: TestProvince, _ clerk: Browser, _ supervisor: Browser
        ) throws {
            try province.cut("yinchuan")
            try Moment.wait(for: "the bar to say so") { try clerk.text("#line")?.contains("离线") == true }
            try clerk.press("m")
            try Moment.wait(for: "the form of a note") { try clerk.count("dialog [name=text]") == 1 }
            try clerk.write("客户要求今日上门", into: "dialog [name=text]")
            try clerk.click("dialog button.first")
            try Moment.wait(for: "the note, only here so far") { try clerk.count(".timeline .note .here") == 1 }
            try edit("address", "金凤区正源北街40号", clerk)
            try supervisor.open(province.hub.url + "/tickets/" + number, until: "article h1")
            #expect(try supervisor.count(".timeline .note") == 0)
            try edit("address", "兴庆区解放西街1号", supervisor)
        }

        private func edit(_ field: String, _ value: String, _ person: Browser) throws {
            _ = try person.run("document.activeElement.blur()")
            try person.press("e")
            try Moment.wait(for: "the form") { try person.count("dialog [name=\(field)]") == 1 }
            try person.write(value, into: "dialog [name=\(field)]")
            try person.click("dialog button.first")
            try Moment.wait(for: "\(field) to be kept") {
                try person.count("dialog[open]") == 0 && person.text(".timeline")?.contains(value) == true
            }
        }

        private func settle(_ number: String, _ province: TestProvince, _ clerk: Browser) throws {
            try province.heal("yinchuan")
            try Moment.wait(for: "the conflict to show by itself") { try clerk.count(".conflict") == 1 }
            let shown = try #require(try clerk.text(".conflict"))
            for word in ["金凤区正源北街40号", "兴庆区解放西街1号", "王芳", "周敏"] {
                #expect(shown.contains(word), "\(shown)")
            }
            try clerk.click(".conflict .buttons button:not(.first)")
            try Moment.wait(for: "the conflict to be settled") { try clerk.count(".conflict") == 0 }
            try Moment.wait(for: "nothing to be only here") { try clerk.count(".timeline .here") == 0 }
            try province.waitUntilEqual()
            #expect(try province.hub.ticket(number).number("openConflicts") == 0)
            #expect(try province.hub.notes(of: number) == ["客户要求今日上门"])
        }

        /// Who paid too much follows along and asks; what the clerk answers is on the customer's screen by itself.
        private func answerCustomer(_ number: String, _ province: TestProvince, _ clerk: Browser) throws {
            let (question, answer) = ("多扣的钱什么时候退？", "已为您登记，三日内退回")
            let branch = try province.branch("yinchuan")
            let customer = try Browser(scratch: province.scratch)
            defer { customer.close() }
            try customer.resize(width: 390, height: 844)
            try customer.open(branch.url + "/progress", until: "[name=digits]")
            try customer.write(number, into: "[name=number]")
            try customer.write(String(Self.calls[1].phone.suffix(4)), into: "[name=digits]")
            try customer.click("form button")
            try Moment.wait(for: "the customer's ticket") { try customer.text("h1") == number }
            try clerk.open(branch.url + "/tickets/" + number, until: "article h1")
            try customer.click("[data-act=note] summary")
            try customer.write(question, into: "#f-note")
            try customer.click("[data-act=note] form button")
            try Moment.wait(for: "the question at the counter") {
                try clerk.text(".timeline")?.contains(question) == true
            }
            try clerk.press("m")
            try Moment.wait(for: "the form of a note") { try clerk.count("dialog [name=text]") == 1 }
            try clerk.write(answer, into: "dialog [name=text]")
            try clerk.click("dialog [name=visibility]")
            try clerk.click("dialog button.first")
            try Moment.wait(for: "the answer to be kept") { try clerk.text(".timeline")?.contains(answer) == true }
            try Moment.wait(for: "the answer on the customer's screen") {
                try customer.text(".notes")?.contains(answer) == true
            }
            try province.waitUntilEqual()
            #expect(try province.hub.notes(of: number).suffix(2) == [question, answer])
        }
    }
}
