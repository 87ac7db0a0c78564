import Standards
import Testing

extension RealProcesses {
    @Suite("What was begun, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct DraftTests {
        /// Waits until the browser keeps something as a draft.
        private func waitUntilKept(_ text: String, _ browser: Browser) throws {
            let script = """
                return Object.entries(localStorage)
                  .some(([name, value]) => name.startsWith('draft.') && value.includes(arguments[0]));
                """
            try Moment.wait(for: "\(text) to be kept") { try browser.run(script, [.string(text)]) == true }
        }

        @Test(
            "the form of a new ticket is there again after a reload, a child's by its parent, and gone when it is taken"
        )
        func newTickets() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let parents = try ["宽带掉线", "话费争议"].map { try node.ticket(node.open($0)).text("number") }
                try Browser.with(province, at: node, "/new") { browser in
                    let forms = ["/new"] + parents.map { "/new?parent=" + $0 }
                    for (form, subject) in zip(forms, ["机顶盒无信号", "接入段故障", "退费核查"]) {
                        try browser.open(node.url + form, until: "[name=subject]")
                        #expect(try browser.count(".draft") == 0)
                        #expect(try browser.value("[name=subject]") == "")
                        try browser.write("13995012345", into: "[name=contactPhone]")
                        try browser.write(subject, into: "[name=subject]")
                        try waitUntilKept(subject, browser)
                    }
                    for (form, subject) in zip(forms, ["机顶盒无信号", "接入段故障", "退费核查"]) {
                        try browser.open(node.url + form, until: ".create .draft")
                        #expect(try browser.value("[name=subject]") == subject)
                        #expect(try browser.value("[name=contactPhone]") == "13995012345")
                    }
                    try browser.open(node.url + "/new", until: ".create .draft")
                    try browser.click(".create form button.first")
                    _ = try browser.numberShown(subject: "机顶盒无信号")
                    try browser.open(node.url + "/new", until: "[name=subject]")
                    #expect(try browser.count(".draft") == 0)
                    try browser.open(node.url + forms[1], until: ".create .draft")
                    try browser.click(".draft button")
                    try Moment.wait(for: "an empty form") { try browser.count(".draft") == 0 }
                    #expect(try browser.value("[name=subject]") == "")
                }
            }
        }

        @Test(
            "what was written in the dialog of an action is there again after a reload, until it is sent or discarded")
        func actions() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带掉线", fields: ["address": "金凤区正源北街40号"])
                let page = node.url + "/tickets/" + id
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "宽带掉线")
                    try browser.openForm("m", until: "text")
                    try browser.write("客户要求今日上门", into: "dialog [name=text]")
                    try waitUntilKept("客户要求今日上门", browser)
                    try browser.open(page, until: "article h1")
                    try browser.openForm("e", until: "address")
                    #expect(try browser.count("dialog .draft") == 0)
                    try browser.rewrite("西夏区贺兰山路8号", into: "dialog [name=address]")
                    try waitUntilKept("西夏区贺兰山路8号", browser)
                    try browser.open(page, until: "article h1")
                    try browser.openForm("m", until: "text")
                    #expect(try browser.count("dialog .draft") == 1)
                    #expect(try browser.value("dialog [name=text]") == "客户要求今日上门")
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "the note") {
                        try browser.count("dialog[open]") == 0 && browser.count(".timeline .note") == 1
                    }
                    try browser.openForm("m", until: "text")
                    #expect(try browser.count("dialog .draft") == 0)
                    try browser.press(Browser.Key.escape)
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    try browser.openForm("e", until: "address")
                    #expect(try browser.value("dialog [name=address]") == "西夏区贺兰山路8号")
                    try browser.click("dialog .draft button")
                    try Moment.wait(for: "the ticket's own value") {
                        try browser.value("dialog [name=address]") == "金凤区正源北街40号"
                    }
                    #expect(try browser.count("dialog .draft") == 0)
                }
            }
        }

        @Test(
            "the province's announcement, article and decision are there again after a reload, until sent or discarded")
        func provincesForms() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let hub = province.hub
                let node = try province.branch("yinchuan")
                try node.act(
                    node.open("话费争议"),
                    ["action": "requestRefund", "charge": "C-1001", "amountFen": 3_600, "reason": "重复扣费"])
                let (wall, opener) = (hub.url + "/wall", ".wall-head button:last-child")
                try Browser.with(province, at: hub, "/wall", as: "周敏") { browser in
                    try open(opener, on: wall, until: "until", browser)
                    try browser.choose("broadband-speed", in: "dialog [name=categories]")
                    try browser.write("光缆抢修中", into: "dialog [name=zh]")
                    try waitUntilKept("光缆抢修中", browser)
                    try open(opener, on: wall, until: "until", browser)
                    #expect(try browser.value("dialog [name=zh]") == "光缆抢修中")
                    #expect(try browser.value("dialog [name=categories]") == "broadband-speed")
                    try browser.click("dialog .draft button")
                    try Moment.wait(for: "an empty form") {
                        try browser.value("dialog [name=zh]") == "" && browser.count("dialog .draft") == 0
                    }
                    try article(browser, at: hub)
                    try decision(browser, at: hub)
                }
            }
        }

        private func article(_ browser: Browser, at hub: TestNode) throws {
            let (page, opener) = (hub.url + "/knowledge", ".toggles button.first")
            try open(opener, on: page, until: "title", browser)
            try browser.choose("broadband-speed", in: "dialog [name=category]")
            try browser.write("测速不达标", into: "dialog [name=title]")
            try browser.write("先核对资费速率", into: "dialog [name=agent]")
            try waitUntilKept("先核对资费速率", browser)
            try open(opener, on: page, until: "title", browser)
            #expect(try browser.count("dialog .draft") == 1)
            #expect(try browser.value("dialog [name=title]") == "测速不达标")
            try browser.click("dialog button.first")
            try Moment.wait(for: "the article") {
                try browser.count("dialog") == 0 && hub.get("/api/articles?state=draft").list("articles").count == 1
            }
            try open(opener, on: page, until: "title", browser)
            #expect(try browser.count("dialog .draft") == 0)
            #expect(try browser.value("dialog [name=title]") == "")
        }

        private func decision(_ browser: Browser, at hub: TestNode) throws {
            let (page, opener) = (hub.url + "/decisions", "td .buttons button:not(.first)")
            try open(opener, on: page, until: "reason", browser)
            try browser.write("账单核实无误", into: "dialog [name=reason]")
            try waitUntilKept("账单核实无误", browser)
            try open(opener, on: page, until: "reason", browser)
            #expect(try browser.count("dialog .draft") == 1)
            #expect(try browser.value("dialog [name=reason]") == "账单核实无误")
            try browser.click("dialog button.first")
            try Moment.wait(for: "the answer") {
                try hub.get("/api/decisions?state=refused").list("decisions").first?["answerReason"] == "账单核实无误"
            }
            try Moment.wait(for: "what became of it") { try browser.text(".toast") == "已驳回" }
        }

        @Test(
            "what a branch says of an article and what it adds to it are there again after a reload, each by itself")
        func branchsForms() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let (hub, node) = (province.hub, try province.branch("yinchuan"))
                let id = try hub.post("/api/articles", ["title": "测速不达标", "agent": "先核对资费速率"])
                    .text("article", "id")
                for step in ["submit", "publish"] { try hub.post("/api/articles/\(id)", ["action": .string(step)]) }
                try Moment.wait(for: "the article at the branch") {
                    try node.get("/api/articles").list("articles").count == 1
                }
                let forms = [("有误", "速率单位写错"), ("不清楚", "没有说用哪种网线"), ("本地补充", "夜间转八班")]
                try Browser.with(province, at: node, "/knowledge") { browser in
                    for (label, text) in forms {
                        try openForm(label, at: node, browser)
                        #expect(try browser.count("dialog .draft") == 0, "\(label)")
                        #expect(try browser.value("dialog [name=text]") == "", "\(label)")
                        try browser.write(text, into: "dialog [name=text]")
                        try waitUntilKept(text, browser)
                    }
                    for (label, text) in forms {
                        try openForm(label, at: node, browser)
                        #expect(try browser.count("dialog .draft") == 1, "\(label)")
                        #expect(try browser.value("dialog [name=text]") == text, "\(label)")
                    }
                    try send("the supplement", browser) {
                        try node.get("/api/articles/\(id)").value("article").list("supplements").first?["text"]
                    }
                    try openForm("不清楚", at: node, browser)
                    try send("the report", browser) {
                        try node.get("/api/contributions?state=all").list("contributions").first?["text"]
                    }
                    try openForm("不清楚", at: node, browser)
                    #expect(try browser.count("dialog .draft") == 0)
                    try openForm("有误", at: node, browser)
                    try browser.click("dialog .draft button")
                    try Moment.wait(for: "an empty form") {
                        try browser.value("dialog [name=text]") == "" && browser.count("dialog .draft") == 0
                    }
                }
            }
        }

        /// Sends what a form holds, and waits until the node has just that.
        private func send(_ what: String, _ browser: Browser, held: () throws -> JSONValue?) throws {
            let text = try #require(try browser.value("dialog [name=text]"))
            try browser.click("dialog button.first")
            try Moment.wait(for: what) { try browser.count("dialog") == 0 && held()?.stringValue == text }
        }

        /// Loads the knowledge anew, unfolds its one article and opens a form of it.
        private func openForm(_ label: String, at node: TestNode, _ browser: Browser) throws {
            let script = """
                const all = [...document.querySelectorAll('details.card .buttons button')];
                const one = all.find((one) => one.textContent === arguments[0]);
                one?.click();
                return one !== undefined;
                """
            try browser.open(node.url + "/knowledge", until: "details.card summary")
            try browser.clickAtOnce("details.card summary")
            try Moment.wait(for: "the button of \(label)") { try browser.run(script, [.string(label)]) == true }
            try Moment.wait(for: "the form") { try browser.count("dialog[open] [name=text]") == 1 }
        }

        /// Loads a page anew and opens a form of it.
        private func open(_ opener: String, on page: String, until field: String, _ browser: Browser) throws {
            try browser.open(page, until: opener)
            try browser.clickAtOnce(opener)
            try Moment.wait(for: "the form") { try browser.count("dialog[open] [name=\(field)]") == 1 }
        }
    }
}
