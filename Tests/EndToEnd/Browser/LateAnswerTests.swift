import Standards
import Testing

extension RealProcesses {
    @Suite("Answers that come late", .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct LateAnswerTests {
        /// Counts the requests whose answers were not read yet, and holds back those whose path begins with `held`.
        private static let watch = """
            const real = window.fetch;
            window.underWay = 0;
            window.kept = [];
            window.fetch = async (path, ...rest) => {
              window.underWay += 1;
              if (window.held && path.startsWith(window.held)) await new Promise((go) => window.kept.push(go));
              const response = await real(path, ...rest);
              const read = response.text.bind(response);
              response.text = async () => {
                try { return await read(); } finally { window.underWay -= 1; }
              };
              return response;
            };
            """

        private func atRest(_ browser: Browser) throws -> Bool {
            try browser.run("return window.underWay === 0") == true
        }

        @Test("who asks twice for more of a list gets the rest of it once")
        func moreTwice() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                for number in 1...60 { try node.open("宽带掉线\(number)") }
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "a page of the list") { try browser.count("tbody tr") == 50 }
                    _ = try browser.run(Self.watch)
                    _ = try browser.run(
                        "const more = document.querySelector('p.foot button'); more.click(); more.click()")
                    try Moment.wait(for: "the rest") { try atRest(browser) && browser.count("tbody tr") >= 60 }
                    #expect(try browser.count("tbody tr") == 60)
                    #expect(try browser.run("return document.querySelector('p.foot button').hidden") == true)
                }
            }
        }

        @Test("the place in a list stays with its ticket when another comes in before it")
        func placeInList() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                for subject in ["固话杂音", "宽带掉线"] { try node.open(subject) }
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "the list") { try browser.count("tbody .c-subject") == 2 }
                    try browser.press("j")
                    #expect(try browser.text("tr.at .c-subject .cut") == "宽带掉线")
                    try node.open("机顶盒无信号")
                    try Moment.wait(for: "the new one") { try browser.count("tbody .c-subject") == 3 }
                    #expect(try browser.text("tr.at .c-subject .cut") == "宽带掉线")
                }
            }
        }

        @Test("a page that was left before its answer came draws nothing over the next")
        func pageThatWasLeft() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try node.open("宽带掉线")
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "the list") { try browser.count("tbody .c-subject") == 1 }
                    _ = try browser.run(Self.watch + "window.held = '/api/conflicts';")
                    try browser.click("header nav a[href='/conflicts']")
                    try Moment.wait(for: "it to be asked for") {
                        try browser.run("return window.kept.length > 0") == true
                    }
                    try browser.click("header nav a[href='/']")
                    try Moment.wait(for: "the desk") { try browser.count(".desk") == 1 }
                    _ = try browser.run("window.held = null; for (const go of window.kept) go()")
                    try Moment.wait(for: "all answers") { try atRest(browser) }
                    #expect(try browser.count(".desk") == 1)
                    #expect(try browser.count("main .narrow") == 0)
                }
            }
        }
    }
}
