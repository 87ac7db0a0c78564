import Standards
import Testing

extension RealProcesses {
    @Suite("One's own password, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct PasswordTests {
        private static let given = "一个给定的密码 of words"
        private static let own = "一个自己的密码 of words"

        @Test("a password that somebody else gave is changed before any page is shown, and typed twice alike")
        func forced() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try node.post(
                    "/api/accounts", ["name": "王芳", "access": "clerk", "password": .string(Self.given)])
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.open(node.url + "/sign-in", until: "[name=password]")
                try browser.write("王芳", into: "[name=name]")
                try browser.write(Self.given, into: "[name=password]")
                try browser.click("form button.first")
                try Moment.wait(for: "the change") { try browser.count("[name=old]") == 1 }
                try browser.open(node.url + "/new", until: "[name=old]")
                #expect(try browser.text(".door .muted") == "请先更改密码。")
                #expect(try browser.count(".door a.button") == 0, "there is no way around it")
                try fill(browser, [Self.given, Self.own, Self.own + "x"])
                try Moment.wait(for: "why not") { try browser.text(".door .problem") == "两次输入的密码不同。" }
                try fill(browser, [Self.given, Self.own, Self.own])
                try Moment.wait(for: "the desk") { try browser.text("details.menu summary") == "王芳" }
                try browser.open(node.url + "/new", until: "[name=subject]")
                #expect(try signIn("王芳", Self.own, at: node).status == 200)
            }
        }

        @Test("whoever is signed in changes the password from the menu, or thinks better of it; other sessions end")
        func free() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.welcome(at: node, as: "站长", password: Self.given)
                let elsewhere = try signIn("站长", Self.given, at: node)
                let cookie = try #require(elsewhere.headers["set-cookie"]).prefix { $0 != ";" }
                try openFromMenu(browser)
                #expect(try browser.text(".door .muted") == "您在其他设备上的登录会退出。")
                try browser.click(".door a.button")
                try Moment.wait(for: "the desk again") { try browser.count("header.top") == 1 }
                try openFromMenu(browser)
                try fill(browser, ["不是原来的密码 at all", Self.own, Self.own])
                try Moment.wait(for: "why not") {
                    try browser.text(".door .problem") == "原密码不对。请重新输入，或联系管理员。"
                }
                try fill(browser, [Self.given, Self.own, Self.own])
                try Moment.wait(for: "the desk") { try browser.text("details.menu summary") == "站长" }
                #expect(try browser.texts(".toast").contains("密码已更改"))
                let ended = try node.client.send("GET", "/api/session", headers: [("Cookie", String(cookie))])
                #expect(ended.status == 401)
                #expect(try signIn("站长", Self.given, at: node).status == 401)
                #expect(try signIn("站长", Self.own, at: node).status == 200)
            }
        }

        private func openFromMenu(_ browser: Browser) throws {
            try browser.click("details.menu summary")
            try browser.click("details.menu button:nth-last-of-type(2)")
            try Moment.wait(for: "the page") { try browser.count("[name=old]") == 1 }
        }

        /// Types the old password and the new one twice over whatever stands there, and sends it.
        private func fill(_ browser: Browser, _ typed: [String]) throws {
            _ = try browser.run("document.querySelector('.door form').reset()")
            for (field, text) in zip(["old", "password", "again"], typed) {
                try browser.write(text, into: "[name=\(field)]")
            }
            try browser.click("form button.first")
        }

        private func signIn(_ name: String, _ password: String, at node: TestNode) throws -> WebAnswer {
            let body: JSONValue = ["name": .string(name), "password": .string(password)]
            return try node.client.send("POST", "/api/session", body: body.bytes())
        }
    }
}
