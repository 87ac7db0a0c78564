import Standards
import Testing

extension RealProcesses {
    @Suite("Keys alone in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct KeyboardTests {
        /// Puts the focus where a key means a command again.
        private func rest(_ browser: Browser) throws { _ = try browser.run("document.activeElement.blur()") }

        /// Tabulates until the focus is on what a selector names, at most once around.
        private func reach(_ selector: String, _ browser: Browser) throws {
            for _ in 0..<120 {
                let isThere = try browser.run(
                    "return document.activeElement.matches(arguments[0])", [.string(selector)])
                if isThere == true { return }
                try browser.press(Browser.Key.tab)
            }
            throw Failure("\(selector) is not reached by the tabulator")
        }

        @Test("a ticket is found, opened, noted, edited, moved on and left without a pointer")
        func wholeTicket() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                for subject in ["宽带掉线", "固话杂音"] { try node.open(subject) }
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "the desk") { try browser.count("tbody .c-subject") == 2 }
                    try browser.press("jj")
                    #expect(try browser.run("return document.querySelector('tr.at').rowIndex") == 2)
                    try browser.press(Browser.Key.enter)
                    let number = try browser.numberShown(subject: "宽带掉线")
                    try rest(browser)
                    try browser.press("m")
                    try Moment.wait(for: "the form of a note") { try browser.count("dialog[open] [name=text]") == 1 }
                    try reach("dialog [name=text]", browser)
                    try browser.press("已回电")
                    try reach("dialog button.first", browser)
                    try browser.press(" ")
                    try Moment.wait(for: "the note") { try browser.count(".timeline .note") == 1 }
                    #expect(try browser.count("dialog[open]") == 0)
                    try rest(browser)
                    try browser.press("e")
                    try Moment.wait(for: "the form") { try browser.count("dialog[open] [name=address]") == 1 }
                    try reach("dialog [name=address]", browser)
                    try browser.press("西夏区贺兰山路" + Browser.Key.enter)
                    try Moment.wait(for: "the address") {
                        try node.ticket(number)["fields"]?["address"] == "西夏区贺兰山路"
                    }
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    try rest(browser)
                    try browser.press("1")
                    try Moment.wait(for: "the next stage") { try node.ticket(number).text("state") == "inProgress" }
                    try Moment.wait(for: "it to be shown") {
                        try browser.text(".line-of-stages .now b") == "处理中"
                    }
                    try rest(browser)
                    try browser.press(Browser.Key.escape)
                    try Moment.wait(for: "the list") { try browser.count("tbody .c-subject") == 2 }
                }
            }
        }

        @Test("a dialog is left by Escape and the focus stays inside until then")
        func dialogsHold() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带掉线")
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "宽带掉线")
                    try browser.press("e")
                    try Moment.wait(for: "the form") { try browser.count("dialog[open]") == 1 }
                    for _ in 0..<40 {
                        try browser.press(Browser.Key.tab)
                        let outside = try browser.run(
                            "return !document.activeElement.matches('body, dialog, dialog *')"
                        )
                        #expect(outside == false)
                    }
                    try browser.press(Browser.Key.escape)
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    #expect(try browser.text("article h1") == "宽带掉线")
                }
            }
        }

        @Test("what an input method composes triggers nothing, and what it decides is kept and found")
        func composing() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带每晚掉线")
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "宽带每晚掉线")
                    try browser.press("/")
                    // The letters of a composition are shortcuts elsewhere: n, m, e, x, digits.
                    for letters in ["m", "me", "mei", "mei'w", "mei'wan"] { try browser.compose(letters) }
                    #expect(try browser.run("return location.pathname") == .string("/tickets/\(id)"))
                    #expect(try browser.count("dialog[open]") == 0)
                    #expect(try browser.count("#found:not([hidden])") == 0)
                    try browser.commit("每晚")
                    try Moment.wait(for: "what was found") { try browser.count("#found [role=option]") == 1 }
                    // An Enter that ends a composition is the input method's.
                    let ending = """
                        const box = document.querySelector('#search');
                        for (const more of [{ isComposing: true }, { keyCode: 229 }]) {
                          box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...more }));
                          const letter = { key: 'n', bubbles: true, ...more };
                          document.body.dispatchEvent(new KeyboardEvent('keydown', letter));
                        }
                        """
                    _ = try browser.run(ending)
                    #expect(try browser.run("return document.querySelector('#search').value") == "每晚")
                    #expect(try browser.run("return location.pathname") == .string("/tickets/\(id)"))
                    try rest(browser)
                    try browser.press("n")
                    try Moment.wait(for: "the form") { try browser.count("[name=subject]") == 1 }
                    try browser.compose("kuan'dai")
                    try browser.commit("宽带无法上网")
                    #expect(try browser.run("return document.querySelector('[name=subject]').value") == "宽带无法上网")
                    let held = """
                        document.querySelector('[name=subject]').dispatchEvent(new KeyboardEvent('keydown',
                          { key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true }));
                        """
                    _ = try browser.run(held)
                    try browser.press(Browser.Key.control + Browser.Key.enter)
                    _ = try browser.numberShown(subject: "宽带无法上网")
                    #expect(try node.tickets().count == 2)
                }
            }
        }
    }
}
