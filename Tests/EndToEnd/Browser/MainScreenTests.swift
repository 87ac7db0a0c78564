import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite(
        "The main screens in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine")
    )
    struct MainScreenTests {
        private static let subject = "手机信号弱，室内无法通话"

        /// A branch and a hub with something on every main screen.
        private func with(_ body: (TestProvince, TestNode, [(MainScreen, TestNode)], Browser) throws -> Void) throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open(
                    Self.subject,
                    fields: [
                        "address": "金凤区正源北街40号", "description": "客户称晚间尤其明显", "customerName": "马建国",
                        "contactPhone": "13995012345",
                    ])
                try node.note(id, "已电话联系客户")
                try Moment.wait(for: "the hub to have it") { try province.hub.holds(id) }
                try province.cut("yinchuan")
                try Moment.wait(for: "the branch to notice") { try node.status().text("exchange", "phase") != "open" }
                try province.hub.assign(id, ["customerGrade": "gold"], actor: "周敏")
                try node.assign(id, ["customerGrade": "silver"])
                try province.heal("yinchuan")
                try Moment.wait(for: "the conflict") { try node.ticket(id).number("openConflicts") == 1 }
                let screens =
                    MainScreen.atBranch(id).map { ($0, node) } + MainScreen.atHub.map { ($0, province.hub) }
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try body(province, node, screens, browser)
            }
        }

        /// Opens each main screen, the door last.
        private func each(
            _ screens: [(MainScreen, TestNode)], _ browser: Browser, _ body: (MainScreen) throws -> Void
        ) throws {
            var before: TestNode?
            for (screen, node) in screens + [(MainScreen.door, screens[0].1)] {
                if node !== before { try browser.letIn(at: node) }
                before = node
                try browser.open(node.url + screen.path, until: screen.sign)
                try body(screen)
            }
        }

        @Test(
            "each is named, labelled, in order and readable, light and dark, and on a phone no wider than the screen")
        func fitForEverybody() throws {
            try with { _, _, screens, browser in
                for (width, isDark) in [(1_280, false), (1_280, true), (390, false), (390, true)] {
                    try browser.resize(width: Int64(width), height: width < 600 ? 844 : 800)
                    try browser.see(dark: isDark)
                    try each(screens, browser) { screen in
                        let look = "\(screen.name)-\(width < 600 ? "phone" : "wide")-\(isDark ? "dark" : "light")"
                        let problems = try PageCheck.problems(browser)
                        #expect(problems.isEmpty, "\(look):\n\(problems.joined(separator: "\n"))")
                        let theme = try browser.run("return document.documentElement.dataset.theme")
                        #expect(theme == (isDark ? "dark" : "light"))
                        let found = try browser.run("return document.documentElement.scrollWidth").intValue ?? 0
                        #expect(found <= width, "\(look) is \(found) wide")
                        if screen.name == "desk" {
                            let top = try browser.run(
                                "return document.querySelector('td.c-subject').getBoundingClientRect().top")
                            #expect(top.numberValue ?? 999 < 400, "\(look): the first ticket begins at \(top)")
                        }
                        try browser.keepPicture(look)
                    }
                }
            }
        }

        @Test("the tabulator leads through each and out again, and one sees where it is")
        func walkedByKeys() throws {
            try with { _, _, screens, browser in
                try browser.see()
                try each(screens, browser) { screen in
                    let problems = try PageCheck.walk(browser)
                    #expect(problems.isEmpty, "\(screen.name):\n\(problems.joined(separator: "\n"))")
                }
            }
        }

        @Test("in English no Chinese is left but what people wrote, in Chinese the words of the pages are Chinese")
        func oneLanguage() throws {
            try with { _, node, screens, browser in
                try browser.see()
                try browser.open(node.url + MainScreen.door.path, until: MainScreen.door.sign)
                let chinese = try wordsOf(screens, browser)
                for server in [node, screens[screens.count - 1].1] {
                    try browser.open(server.url + MainScreen.door.path, until: MainScreen.door.sign)
                    _ = try browser.run("localStorage.setItem('language', 'en')")
                }
                let written = [
                    Self.subject, "金凤区正源北街40号", "客户称晚间尤其明显", "马建国", "已电话联系客户", "王芳", "周敏", "中文",
                ]
                try each(screens, browser) { screen in
                    let left = try PageCheck.chineseLeft(browser, except: written)
                    #expect(left.isEmpty, "\(screen.name): \(left)")
                }
                // What stands in both languages alike is data, a figure or a name of ours.
                let english = try wordsOf(screens, browser)
                for (screen, words) in chinese.sorted(by: { $0.key < $1.key }) {
                    let same = words.intersection(english[screen] ?? []).filter { text in
                        text.split(whereSeparator: { !$0.isLetter }).contains { word in
                            word.count > 3 && word.allSatisfy { $0.isASCII && $0.isLowercase }
                        }
                    }
                    #expect(same.isEmpty, "\(screen): \(same.sorted())")
                }
            }
        }

        /// The words of headings, buttons and labels on each screen.
        private func wordsOf(
            _ screens: [(MainScreen, TestNode)], _ browser: Browser
        ) throws -> [String: Set<String>] {
            var words: [String: Set<String>] = [:]
            try each(screens, browser) { screen in
                words[screen.name] = Set(
                    try browser.texts(":is(#app, #main) :is(h1, h2, button, label, th)"))
            }
            return words
        }

        @Test("on paper there is the content in dark ink, and nothing to press")
        func printed() throws {
            try with { _, _, screens, browser in
                try browser.see(dark: true, medium: "print")
                for (screen, node) in screens.prefix(2) {
                    try browser.letIn(at: node)
                    try browser.open(node.url + screen.path, until: screen.sign)
                    let shown = try browser.run(
                        """
                        return [...document.querySelectorAll('header.top, nav, .filters, button, .bulk')]
                          .filter((one) => one.checkVisibility()).length
                        """)
                    #expect(shown == 0, "\(screen.name)")
                    #expect(try browser.count("article h1, td.c-subject") > 0)
                    let ink = try browser.run("return getComputedStyle(document.querySelector('main')).color")
                    #expect(ink == "rgb(0, 0, 0)")
                    let problems = try PageCheck.problems(browser).filter { $0.hasPrefix("contrast") }
                    #expect(problems.isEmpty, "\(screen.name): \(problems)")
                }
            }
        }
    }
}
