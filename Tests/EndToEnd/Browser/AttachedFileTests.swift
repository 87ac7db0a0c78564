import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Files of a ticket, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct AttachedFileTests {
        private static let name = "site-visit.txt"
        private static let link = "#panel .files a[download]"

        private func openFiles(_ ticket: String, at node: TestNode, _ browser: Browser) throws {
            try browser.open(node.url + "/tickets/" + ticket, until: "#tab-files")
            try browser.click("#tab-files")
        }

        /// The only file of a ticket, as a node knows it.
        private func file(of ticket: String, at node: TestNode) throws -> JSONValue {
            guard let file = try node.get("/api/tickets/\(ticket)/attachments").list("attachments").first else {
                throw Failure("\(node.folder) names no file")
            }
            return file
        }

        @Test("one is put in and taken out at a branch, and fetched at another that has the ticket without it")
        func journey() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let (author, other) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let ticket = try author.open("光缆中断")
                let (path, downloads) = (province.scratch.file(Self.name), province.scratch.file("downloads"))
                // Larger than what comes along unasked.
                let content = Data(String(repeating: "接头盒进水，已更换。\n", count: 50_000).utf8)
                try content.write(to: URL(fileURLWithPath: path))
                try FileManager.default.createDirectory(atPath: downloads, withIntermediateDirectories: true)
                let clerk = try Browser(scratch: province.scratch)
                defer { clerk.close() }
                // Let in by a cookie, which a download carries as well.
                try clerk.welcome(at: author, as: "王芳", password: "雨天 带伞 上班")
                try clerk.command(
                    "Browser.setDownloadBehavior", ["behavior": "allow", "downloadPath": .string(downloads)])
                try openFiles(ticket, at: author, clerk)
                #expect(try clerk.count(Self.link) == 0)
                try clerk.write(path, into: "#file")
                try Moment.wait(for: "the file on the page") { try clerk.text(Self.link) == Self.name }
                #expect(try clerk.text("#tab-files b") == "1")
                try clerk.click(Self.link)
                try Moment.wait(for: "the download") {
                    FileManager.default.contents(atPath: downloads + "/" + Self.name) == content
                }

                try author.act(ticket, ["action": "offerTransfer", "to": "nx-wuzhong"])
                try Moment.wait(for: "the ticket and the place of its file") {
                    try file(of: ticket, at: other).text("place") == "atTwoPlaces"
                }
                #expect(try file(of: ticket, at: other)["here"] == false)
                try Browser.with(province, at: other, "/") { browser in
                    try openFiles(ticket, at: other, browser)
                    try Moment.wait(for: "the way to fetch it") { try browser.text("#panel .files button") == "取回" }
                    #expect(try browser.count(Self.link) == 0)
                    try browser.click("#panel .files button")
                    try Moment.wait(for: "the file to come") { try file(of: ticket, at: other)["here"] == true }
                    try openFiles(ticket, at: other, browser)
                    try Moment.wait(for: "the file on the page") { try browser.text(Self.link) == Self.name }
                }
                let hash = try file(of: ticket, at: other).text("hash")
                let read = try other.call("GET", "/api/tickets/\(ticket)/attachments/\(hash)")
                #expect(read.status == 200 && Data(read.body) == content)
            }
        }
    }
}
