import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("One action over many tickets", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct BulkTests {
        /// Brings tickets in, the newest `working` of them in progress.
        private func bring(_ count: Int, working: Int = 0, at node: TestNode) throws {
            let rows = (1...count).map { number -> JSONValue in
                let opened = 1_434_000_000_000 + Int64(number) * 1_000
                let state = number > count - working ? "inProgress" : "acknowledged"
                return [
                    "key": .string("\(number)"), "type": "complaint", "openedAt": .integer(opened),
                    "state": .string(state), "fields": ["subject": .string("宽带掉线 \(number)")],
                ]
            }
            for first in stride(from: 0, to: count, by: 500) {
                let some = Array(rows[first..<min(first + 500, count)])
                let results = try node.post("/api/import", ["source": "paper", "rows": .array(some)]).list("results")
                #expect(results.allSatisfy { $0["outcome"] == "created" })
            }
        }

        /// Selects what is shown and then, where there is more, everything.
        private func select(_ count: Int, _ browser: Browser) throws {
            try Moment.wait(for: "a list where nothing is selected") {
                try browser.count("tbody .c-subject") > 0 && browser.count(".bulk:not([hidden])") == 0
            }
            try browser.clickAtOnce("th.pick input")
            try Moment.wait(for: "those shown to be selected") { try browser.count(".bulk:not([hidden]) b") == 1 }
            let all = "已选 \(count) 条"
            if try browser.text(".bulk b") != all { try browser.clickAtOnce(".bulk b + button.quiet") }
            try Moment.wait(for: "\(count) to be selected") { try browser.text(".bulk b") == all }
        }

        /// Begins an action over what is selected.
        private func begin(_ action: String, filling filled: [String: String] = [:], _ browser: Browser) throws {
            try browser.clickAtOnce(".bulk button:not(.quiet)")
            try Moment.wait(for: "the dialog") { try browser.count("dialog[open] #bulk-action") == 1 }
            try browser.choose(action, in: "#bulk-action")
            for (name, text) in filled.sorted(by: { $0.key < $1.key }) {
                if try browser.count("dialog select[name=\(name)]") == 1 {
                    try browser.choose(text, in: "dialog [name=\(name)]")
                } else {
                    try browser.write(text, into: "dialog [name=\(name)]")
                }
            }
            try browser.click("dialog button.first")
        }

        /// Waits until it is over.
        /// - Returns: what each row says.
        private func results(_ done: Int, _ other: Int, left: Int = 0, _ browser: Browser) throws -> [String] {
            try Moment.wait(for: "the end", seconds: 180) { try browser.text("dialog button.first") == "关闭" }
            #expect(try browser.text("dialog [role=status]") == "完成 \(done)，未完成 \(other)，剩余 \(left)")
            return try browser.texts(".results tbody td:last-child")
        }

        private func close(_ browser: Browser) throws {
            try browser.click("dialog button.first")
            try Moment.wait(for: "the dialog to close") { try browser.count("dialog") == 0 }
        }

        @Test("a note and an assignment over 1,000 tickets say what became of each; who cannot take a step says why")
        func thousand() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try bring(1_000, working: 10, at: node)
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try select(1_000, browser)
                    try begin("note", filling: ["text": "请今日回访"], browser)
                    #expect(try results(1_000, 0, browser) == Array(repeating: "完成", count: 1_000))
                    try close(browser)
                    let tickets = try node.tickets()
                    for index in stride(from: 0, to: tickets.count, by: 100) {
                        #expect(try node.notes(of: tickets[index].text("id")) == ["请今日回访"])
                    }
                    try select(1_000, browser)
                    try begin("assignee", filling: ["assignee": "李强"], browser)
                    #expect(try results(1_000, 0, browser).count == 1_000)
                    try close(browser)
                    try waitUntilAssigned(1_000, at: node)
                    try select(1_000, browser)
                    try begin("complaint.accept", browser)
                    let rows = try results(990, 10, browser)
                    #expect(rows.filter { $0 == "跳过 当前环节：处理中" }.count == 10)
                    #expect(rows.filter { $0 == "完成" }.count == 990)
                }
            }
        }

        /// Waits until so many have the one who is assigned here.
        private func waitUntilAssigned(_ count: Int, at node: TestNode) throws {
            let path = "/api/tickets?limit=1&assignee=\(PercentCoding.encode("李强"))"
            try Moment.wait(for: "\(count) to be assigned") { try node.get(path).number("total") == count }
        }

        @Test("who stops it while it runs sees what was done and what is left, and the rest stays selected")
        func stopped() throws {
            let hold = """
                const real = window.fetch;
                window.kept = [];
                window.held = true;
                window.fetch = async (path, ...rest) => {
                  if (window.held && rest[0]?.method === 'POST') await new Promise((go) => window.kept.push(go));
                  return real(path, ...rest);
                };
                """
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try bring(20, at: node)
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try select(20, browser)
                    _ = try browser.run(hold)
                    try begin("assignee", filling: ["assignee": "李强"], browser)
                    try stop(browser) {
                        #expect(try browser.text("dialog button.first") == "停止")
                        try browser.click("dialog button.first")
                    }
                    let rows = try results(4, 0, left: 16, browser)
                    #expect(rows.filter { $0 == "完成" }.count == 4)
                    #expect(rows.filter { $0 == "未执行" }.count == 16)
                    try close(browser)
                    try Moment.wait(for: "the rest") { try browser.text(".bulk b") == "已选 16 条" }
                    try waitUntilAssigned(4, at: node)
                    _ = try browser.run("window.held = true")
                    try begin("assignee", filling: ["assignee": "李强"], browser)
                    try stop(browser) { try browser.press(Browser.Key.escape) }
                    #expect(try results(4, 0, left: 12, browser).count == 16)
                    try close(browser)
                    try Moment.wait(for: "the rest of that") { try browser.text(".bulk b") == "已选 12 条" }
                    try waitUntilAssigned(8, at: node)
                }
            }
        }

        /// Leaves a run while four are under way, and lets those go.
        private func stop(_ browser: Browser, _ leave: () throws -> Void) throws {
            try Moment.wait(for: "four under way") { try browser.run("return window.kept.length === 4") == true }
            try leave()
            #expect(try browser.count("dialog[open] .results") == 1)
            _ = try browser.run("window.held = false; for (const go of window.kept.splice(0)) go()")
        }

        @Test("the province takes over, supervises and moves many at once, and leaves out those where nothing is to do")
        func provincesOwn() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let (hub, yinchuan) = (province.hub, try province.branch("yinchuan"))
                let first = try yinchuan.open("宽带掉线")
                try yinchuan.open("话费争议")
                try province.branch("wuzhong").open("固话杂音")
                try province.waitUntilEqual()
                try hub.act(first, ["action": "supervise", "reason": "领导交办"])
                try Browser.with(province, at: hub, "/?view=all", as: "周敏") { browser in
                    try select(3, browser)
                    try begin("supervise", filling: ["reason": "集中督办"], browser)
                    #expect(try results(2, 1, browser).sorted() == ["完成", "完成", "跳过 已在督办"])
                    try close(browser)
                    try select(3, browser)
                    try begin("reassign", filling: ["to": "nx-wuzhong", "reason": "集中处理"], browser)
                    #expect(try results(2, 1, browser).sorted() == ["完成", "完成", "跳过 工单归 吴忠"])
                    try close(browser)
                    #expect(try hub.tickets("home=nx-wuzhong").count == 3)
                    try select(3, browser)
                    try begin("take", browser)
                    #expect(try results(3, 0, browser) == ["完成", "完成", "完成"])
                    try close(browser)
                    for ticket in try hub.tickets() {
                        #expect(try hub.ticket(ticket.text("id")).text("owner") == TestProvince.hubSite)
                    }
                }
                try Browser.with(province, at: province.branch("wuzhong"), "/?view=all") { browser in
                    try Moment.wait(for: "what was moved") { try browser.count("tbody .c-subject") == 3 }
                    try browser.clickAtOnce("th.pick input")
                    try browser.clickAtOnce(".bulk button:not(.quiet)")
                    try Moment.wait(for: "the dialog") { try browser.count("#bulk-action option[value=note]") == 1 }
                    #expect(try browser.count("#bulk-action option[value=take]") == 0)
                }
            }
        }
    }
}
