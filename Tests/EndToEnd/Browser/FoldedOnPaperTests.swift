import Standards
import Testing

extension RealProcesses {
    @Suite("What is folded, on paper", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct FoldedOnPaperTests {
        @Test("why a clock ends when it does is printed without being unfolded, and is folded again after")
        func printed() throws {
            let standard = ProjectFiles.path("Topology/standards/province")
            try TestProvince.with(["yinchuan"], standard: standard) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带频繁掉线", fields: ["contactPhone": "13900001234"])
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    try Moment.wait(for: "the clocks") { try browser.count(".clocks details:not([open])") > 0 }
                    // Heard after the page's own listener: what stands on paper.
                    _ = try browser.run(
                        """
                        addEventListener('beforeprint', () => {
                          const folds = [...document.querySelectorAll('.clocks .why')];
                          window.onPaper = folds.map((one) => one.checkVisibility());
                        });
                        """)
                    try browser.command("Page.printToPDF", [:])
                    let shown = try browser.run("return window.onPaper ?? []").arrayValue ?? []
                    #expect(!shown.isEmpty && shown.allSatisfy { $0 == true }, "\(shown)")
                    try Moment.wait(for: "it to be folded again") {
                        try browser.count(".clocks details") > 0 && browser.count(".clocks details[open]") == 0
                    }
                }
            }
        }
    }
}
