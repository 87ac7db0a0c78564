import Standards
import Testing

extension RealProcesses {
    @Suite("The search box, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct SearchBoxTests {
        @Test("where more is found than the box shows it says so, and no longer when what is typed fits fewer")
        func more() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                for number in 10...22 { try node.open("光缆中断 第\(number)处") }
                try Moment.wait(for: "all to be found") {
                    try node.get("/api/search?q=%E5%85%89%E7%BC%86").list("results").count == 13
                }
                try Browser.with(province, at: node, "/") { browser in
                    try Moment.wait(for: "the box") { try browser.count("#search") == 1 }
                    try browser.write("光缆", into: "#search")
                    try Moment.wait(for: "what was found") { try browser.count("#found [role=option]") == 12 }
                    #expect(try browser.text("#found .none") == "还有更多，请多输入几个字")
                    try browser.write("中断 第17", into: "#search")
                    try Moment.wait(for: "the one") { try browser.count("#found [role=option]") == 1 }
                    #expect(try browser.count("#found .none") == 0)
                }
            }
        }
    }
}
