import Standards
import Testing

extension RealProcesses {
    @Suite("Filters that are kept, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct SavedFilterTests {
        @Test("a filter is saved under a name, leads to its tickets after a reload, and is forgotten")
        func saved() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带掉线")
                try node.open("话费争议")
                try node.act(id, ["action": "transition", "name": "accept"])
                let entry = ".queues .saved a"
                try Browser.with(province, at: node, "/?state=inProgress") { browser in
                    try Moment.wait(for: "what is in progress") { try browser.count("tbody .c-subject") == 1 }
                    try browser.click(".filters button.quiet")
                    try Moment.wait(for: "the question") { try browser.count("dialog[open] #filter-name") == 1 }
                    try browser.write("处理中的", into: "#filter-name")
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "it among the queues") { try browser.text(entry) == "处理中的" }
                    #expect(try browser.run(current, [.string(entry)]) == true)
                    try browser.open(node.url + "/?view=all", until: entry)
                    try Moment.wait(for: "all") { try browser.count("tbody .c-subject") == 2 }
                    #expect(try browser.run(current, [.string(entry)]) == false)
                    try browser.clickAtOnce(entry)
                    try Moment.wait(for: "what is in progress") { try browser.count("tbody .c-subject") == 1 }
                    #expect(try browser.run("return location.search") == "?state=inProgress")
                    #expect(try browser.text("tbody .c-subject .cut") == "宽带掉线")
                    try Moment.wait(for: "its name") { try browser.text(entry) == "处理中的" }
                    try browser.clickAtOnce(".queues .saved button")
                    #expect(try browser.count(entry) == 0)
                    try browser.open(node.url + "/?view=all", until: ".queues li")
                    #expect(try browser.count(entry) == 0)
                }
            }
        }

        private let current = "return document.querySelector(arguments[0]).getAttribute('aria-current') === 'page'"
    }
}
