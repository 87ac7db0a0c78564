import Standards
import Testing

extension RealProcesses {
    @Suite(
        "A form that is out of date, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here")
    )
    struct StaleFormPageTests {
        private static let (shown, theirs, mine) = ("金凤区正源北街40号", "兴庆区解放西街1号", "西夏区贺兰山路8号")

        @Test(
            "what was changed meanwhile is shown beside what one wrote; each is chosen, and a step is not taken blindly"
        )
        func chosenEach() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带掉线", fields: ["address": .string(Self.shown), "area": "金凤区"])
                try node.act(id, ["action": "transition", "name": "accept"])
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "宽带掉线")
                    try fields(of: id, at: node, browser)
                    try stage(of: id, at: node, browser)
                }
            }
        }

        @Test("what was begun before somebody else's change is not written over it when it is taken up again")
        func begunBefore() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带掉线", fields: ["address": .string(Self.shown)])
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "宽带掉线")
                    try browser.openForm("e", until: "address")
                    try browser.rewrite(Self.mine, into: "dialog [name=address]")
                    try browser.press(Browser.Key.escape)
                    try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
                    try node.assign(id, ["address": .string(Self.theirs)], actor: "周敏")
                    try Moment.wait(for: "theirs on the page") {
                        try browser.text(".timeline")?.contains(Self.theirs) == true
                    }
                    try browser.openForm("e", until: "address")
                    #expect(try browser.value("dialog [name=address]") == Self.mine)
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "both values") {
                        try browser.count("dialog[open] .compare tbody tr") == 1
                    }
                    #expect(try node.ticket(id).text("fields", "address") == Self.theirs)
                }
            }
        }

        /// Two fields: of one the other's value is kept, of the other one's own.
        private func fields(of id: String, at node: TestNode, _ browser: Browser) throws {
            try browser.openForm("e", until: "address")
            try browser.rewrite(Self.mine, into: "dialog [name=address]")
            try browser.rewrite("西夏区", into: "dialog [name=area]")
            try node.assign(id, ["address": .string(Self.theirs), "area": "兴庆区"], actor: "周敏")
            try browser.click("dialog button.first")
            try Moment.wait(for: "both values") { try browser.count("dialog[open] .compare tbody tr") == 2 }
            let rows = try browser.texts("dialog .compare tbody tr")
            let address = try #require(rows.first { $0.hasPrefix("地址") })
            for value in [Self.shown, Self.theirs, Self.mine] { #expect(address.contains(value), "\(address)") }
            let area = try #require(rows.firstIndex { $0.hasPrefix("区域") })
            for value in ["金凤区", "兴庆区", "西夏区"] { #expect(rows[area].contains(value), "\(rows[area])") }
            #expect(try node.ticket(id).text("fields", "area") == "兴庆区")
            try browser.click("#pick-\(area)-mine")
            try browser.click("dialog[open] button.first")
            try Moment.wait(for: "what was chosen") { try node.ticket(id).text("fields", "area") == "西夏区" }
            #expect(try node.ticket(id).text("fields", "address") == Self.theirs)
            try Moment.wait(for: "the page") {
                try browser.count("dialog[open]") == 0 && browser.text(".timeline")?.contains("西夏区") == true
            }
            try browser.openForm("e", until: "address")
            #expect(try browser.value("dialog [name=address]") == Self.theirs)
            #expect(try browser.count("dialog .draft") == 0)
            try browser.press(Browser.Key.escape)
            try Moment.wait(for: "the form to close") { try browser.count("dialog[open]") == 0 }
        }

        /// Somebody else moves the ticket on while one fills in the same step.
        private func stage(of id: String, at node: TestNode, _ browser: Browser) throws {
            _ = try browser.run(
                """
                [...document.querySelectorAll('.actions button')]
                  .find((one) => one.textContent.startsWith('回单')).click()
                """)
            try Moment.wait(for: "the form") { try browser.count("dialog[open] [name=resolution]") == 1 }
            try browser.write("已更换光猫", into: "dialog [name=resolution]")
            try node.act(
                id, ["action": "transition", "name": "resolve", "fields": ["resolution": "远程重启后恢复"]], actor: "周敏")
            try browser.click("dialog button.first")
            try Moment.wait(for: "that it has moved") { try browser.count("dialog[open] .compare") == 1 }
            #expect(try browser.text("dialog[open] form p") == "工单环节已变，您的操作没有执行。")
            #expect(try browser.text("dialog .compare")?.contains("已回单待回访") == true)
            #expect(try browser.text("dialog[open] button.first") == "查看最新")
            try browser.click("dialog[open] button.first")
            try Moment.wait(for: "it as it is now") {
                try browser.count("dialog[open]") == 0 && browser.text(".line-of-stages .now b") == "已回单待回访"
            }
            #expect(try node.ticket(id).text("fields", "resolution") == "远程重启后恢复")
        }
    }
}
