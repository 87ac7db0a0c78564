import Standards
import Testing

extension RealProcesses {
    @Suite("A wrong form, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct WrongFormTests {
        @Test("what the node refuses of a form stands at its field in Chinese, and is gone once it is right")
        func atItsField() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try Browser.with(province, at: node, "/new") { browser in
                    let subject = "form.card [name=subject]"
                    try Moment.wait(for: "the form") { try browser.count(subject) == 1 }
                    // The field takes no more than its length from a keyboard.
                    let script = "document.querySelector(arguments[0]).value = '慢'.repeat(301)"
                    _ = try browser.run(script, [.string(subject)])
                    try browser.clickAtOnce("form.card button.first")
                    try Moment.wait(for: "why not") {
                        try browser.text(subject + "[aria-invalid=true] + .problem") == "超过 300 个字符"
                    }
                    #expect(try browser.text("form.card p.problem") == "请更正标出的字段。")
                    try browser.rewrite("宽带速率太慢", into: subject)
                    try browser.clickAtOnce("form.card button.first")
                    _ = try browser.numberShown(subject: "宽带速率太慢")
                }
            }
        }
    }
}
