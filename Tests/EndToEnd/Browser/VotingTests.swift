import Standards
import Testing

extension RealProcesses {
    @Suite("Votes of a review, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct VotingTests {
        private static let items = [
            "tariffWording", "unsubscribePath", "customerScript", "knowledgeArticle", "refundRule",
        ]

        private func vote(_ department: String, _ choice: String, _ browser: Browser, _ reason: String = "") throws {
            try browser.click(".actions button[title='评审']")
            try Moment.wait(for: "the form") { try browser.count("dialog[open] [name=department]") == 1 }
            try browser.click("dialog [name=department] option[value=\(department)]")
            try browser.click("dialog [name=choice] option[value=\(choice)]")
            if !reason.isEmpty { try browser.write(reason, into: "dialog [name=reason]") }
            try browser.click("dialog button.first")
            try Moment.wait(for: "the vote to be taken") { try browser.count("dialog[open]") == 0 }
        }

        @Test("a department agrees, who may veto does, and the veto leads on to the next stage")
        func voted() throws {
            let standard = ProjectFiles.path("Topology/standards/province")
            try TestProvince.with(["yinchuan"], standard: standard) { province in
                let node = try province.branch("yinchuan")
                let clerk = Counter("王芳", at: node)
                let ticket = try clerk.open("readinessReview", ["subject=新套餐", "productType=tariff"])
                try clerk.take(
                    "submit", ticket,
                    ["plannedLaunch:=\(TestProvince.time(hours: 48))", "proposingDepartment=marketing"]
                        + Self.items.map { "\($0)=已写" })
                try Browser.with(province, at: node, "/tickets/\(ticket)") { browser in
                    _ = try browser.numberShown(subject: "新套餐")
                    try vote("network", "approve", browser)
                    try Moment.wait(for: "the vote on the page") {
                        try browser.text(".timeline")?.contains("同意") == true
                    }
                    let review = try node.ticket(ticket).value("review")
                    #expect(try review.text("outcome") == "open")
                    #expect(try !review.list("missing").contains("network"))
                    #expect(try browser.text(".review")?.contains("网络维护") == false)
                    try vote("serviceManagement", "veto", browser, "退订路径不清楚")
                    try Moment.wait(for: "the veto on the page") {
                        try browser.text(".timeline")?.contains("退订路径不清楚") == true
                    }
                    #expect(try browser.text(".review .tag") == "已否决")
                    #expect(try node.ticket(ticket).text("review", "outcome") == "vetoed")
                    try browser.click(".actions button[title^='记录否决']")
                    try Moment.wait(for: "the next stage") { try browser.text(".line-of-stages .now b") == "已否决" }
                    #expect(try node.ticket(ticket).text("state") == "vetoed")
                }
            }
        }
    }
}
