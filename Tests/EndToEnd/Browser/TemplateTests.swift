import Standards
import Testing

extension RealProcesses {
    @Suite(
        "Templates and suggestions, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct TemplateTests {
        private func open(_ node: TestNode, _ browser: Browser) throws {
            try browser.open(node.url + "/new", until: "[name=subject]")
        }

        @Test("the form is kept as a template without what is one customer's, fills another form, and is forgotten")
        func templates() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try Browser.with(province, at: node, "/new") { browser in
                    try Moment.wait(for: "the form") { try browser.count("[name=subject]") == 1 }
                    try browser.write("宽带速率太慢", into: "[name=subject]")
                    try browser.write("马建国", into: "[name=customerName]")
                    try browser.choose("counter", in: "[name=channel]")
                    try browser.choose("broadband-speed", in: "#category")
                    try browser.click(".create form .buttons button.quiet")
                    try Moment.wait(for: "the template") { try browser.text(".create span.chip") == "宽带速率太慢×" }
                    try browser.clickAtOnce(".create form button.first")
                    let first = try browser.numberShown(subject: "宽带速率太慢")
                    #expect(try node.ticket(first).text("fields", "customerName") == "马建国")
                    try open(node, browser)
                    #expect(try browser.value("[name=subject]") == "")
                    try browser.clickAtOnce(".create span.chip button")
                    try Moment.wait(for: "a filled form") { try browser.value("[name=subject]") == "宽带速率太慢" }
                    #expect(try browser.value("[name=channel]") == "counter")
                    #expect(try browser.value("#category") == "broadband-speed")
                    #expect(try browser.value("[name=customerName]") == "")
                    try browser.rewrite("宽带速率太慢，网页打不开", into: "[name=subject]")
                    try browser.clickAtOnce(".create form button.first")
                    let second = try node.ticket(browser.numberShown(subject: "宽带速率太慢，网页打不开"))
                    #expect(try second.text("category") == "broadband-speed")
                    #expect(try second.text("fields", "channel") == "counter")
                    #expect(second["fields"]?["customerName"]?.stringValue == nil)
                    try open(node, browser)
                    try browser.clickAtOnce(".create span.chip button:last-child")
                    #expect(try browser.count(".create span.chip") == 0)
                    try open(node, browser)
                    #expect(try browser.count(".create span.chip") == 0)
                }
            }
        }

        @Test("a category is suggested from what is typed, and stays as it was chosen whatever is typed after")
        func suggested() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try Browser.with(province, at: node, "/new") { browser in
                    let suggestion = ".create .hints button.chip"
                    try Moment.wait(for: "the form") { try browser.count("[name=subject]") == 1 }
                    #expect(try browser.count(suggestion) == 0)
                    try browser.write("宽带速率太慢", into: "[name=subject]")
                    try Moment.wait(for: "what fits") { try browser.value("#category") == "broadband-speed" }
                    #expect(try browser.texts(suggestion) == ["宽带速率", "宽带不稳定"])
                    #expect(try browser.texts(suggestion + "[aria-pressed=true]") == ["宽带速率"])
                    try browser.clickAtOnce(suggestion + ":last-child")
                    #expect(try browser.value("#category") == "broadband-stability")
                    try browser.write("，客户还问计费错误", into: "[name=subject]")
                    try Moment.wait(for: "what fits now") { try browser.texts(suggestion).first == "计费错误" }
                    #expect(try browser.value("#category") == "broadband-stability")
                    #expect(try browser.texts(suggestion + "[aria-pressed=true]") == ["宽带不稳定"])
                    try browser.clickAtOnce(".create form button.first")
                    let number = try browser.numberShown(subject: "宽带速率太慢，客户还问计费错误")
                    #expect(try node.ticket(number).text("category") == "broadband-stability")
                }
            }
        }
    }
}
