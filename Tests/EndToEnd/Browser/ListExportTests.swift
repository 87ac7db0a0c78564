import Standards
import Testing

extension RealProcesses {
    @Suite("The list as a file, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct ListExportTests {
        @Test("the link beside a list writes the tickets of that list, whatever it was narrowed by")
        func asShown() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let mine = try node.open("我的工单")
                try node.open("别人的工单")
                try node.assign(mine, ["assignee": "Wang"])
                try Moment.wait(for: "the queue") { try node.get("/api/tickets?assignee=Wang").number("total") == 1 }
                try Browser.with(province, at: node, "/?assignee=Wang") { browser in
                    try Moment.wait(for: "the list") { try browser.count("tbody .c-subject") == 1 }
                    let link = try browser.run(
                        "return document.querySelector('.filters a[download]').getAttribute('href')"
                    ).stringValue
                    #expect(link == "/api/export/tickets?format=csv&assignee=Wang")
                    // It comes in chunks, whose lengths stand between its rows.
                    let file = try node.call("GET", link ?? "").text
                    #expect(file.contains("我的工单") && !file.contains("别人的工单"))
                }
            }
        }
    }
}
