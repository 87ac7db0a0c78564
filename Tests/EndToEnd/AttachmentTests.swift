import Foundation
import Replication
import Standards
import Testing

extension RealProcesses {
    @Suite("Files of tickets")
    struct AttachmentTests {
        /// Bytes that no compressor and no luck makes equal.
        private func file(_ count: Int, in scratch: Scratch, _ name: String) throws -> (path: String, hash: String) {
            var random = SeededGenerator.announced("the file \(name)")
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count + 8)
            while bytes.count < count {
                withUnsafeBytes(of: random.next()) { bytes.append(contentsOf: $0) }
            }
            bytes.removeLast(bytes.count - count)
            let path = scratch.file(name)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            return (path, ContentHash(of: bytes).text)
        }

        private func attachment(_ hash: String, of ticket: String, at node: TestNode) throws -> JSONValue {
            let files = try node.get("/api/tickets/\(ticket)/attachments").list("attachments")
            guard let file = files.first(where: { $0["hash"] == .string(hash) }) else {
                throw Failure("\(node.folder) names no file \(hash)")
            }
            return file
        }

        private func place(_ hash: String, of ticket: String, at node: TestNode) throws -> String {
            try attachment(hash, of: ticket, at: node).text("place")
        }

        @Test("a file attached while the line is down is only here so far, then at the hub, then at the next owner")
        func journey() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let (author, next) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let report = try file(2_500_000, in: province.scratch, "report.pdf")
                let ticket = try author.open("光缆中断")
                try province.cut("yinchuan")
                let attached = try Tool.done(["ticket", "attach", ticket, report.path, "--data", author.folder])
                #expect(attached.output.contains("only here so far"))
                #expect(try place(report.hash, of: ticket, at: author) == "onlyHere")
                try province.heal("yinchuan")
                try Moment.wait(for: "the file to be at two places") {
                    try place(report.hash, of: ticket, at: author) == "atTwoPlaces"
                }
                #expect(try place(report.hash, of: ticket, at: province.hub) == "atTwoPlaces")
                #expect(try Tool.done(["attachments", "--data", province.hub.folder]).output.contains("two places"))

                try author.act(ticket, ["action": "offerTransfer", "to": "nx-wuzhong"])
                try Moment.wait(for: "the offer") { try next.holds(ticket) }
                try Moment.wait(for: "the place of the file") {
                    try place(report.hash, of: ticket, at: next) == "atTwoPlaces"
                }
                #expect(try attachment(report.hash, of: ticket, at: next)["here"] == false)
                #expect(try next.call("GET", "/api/tickets/\(ticket)/attachments/\(report.hash)").status == 409)
                let fetched = province.scratch.file("fetched.pdf")
                try Tool.done([
                    "ticket", "fetch", ticket, String(report.hash.prefix(12)), "--to", fetched, "--data", next.folder,
                ])
                #expect(FileManager.default.contentsEqual(atPath: fetched, andPath: report.path))

                try next.act(ticket, ["action": "acceptTransfer"])
                try Moment.wait(for: "the author's copy to go") { try !author.holds(ticket) }
                #expect(try place(report.hash, of: ticket, at: next) == "atTwoPlaces")
            }
        }

        @Test("a branch and its hub killed in the middle of a file go on where they were")
        func killed() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let (branch, hub) = (try province.branch("yinchuan"), province.hub)
                let report = try file(40 << 20, in: province.scratch, "large.pdf")
                let size = 40 << 20
                let ticket = try branch.open("光缆中断")
                try Tool.done(["ticket", "attach", ticket, report.path, "--data", branch.folder])
                var come = 0
                for (node, other) in [(branch, hub), (hub, branch)] {
                    try Moment.wait(for: "some more of the file at the hub") {
                        let now = try attachment(report.hash, of: ticket, at: hub).number("bytesHere")
                        defer { if now > come { come = now } }
                        return now > come
                    }
                    try #require(come < size, "the file was there before anything could be killed")
                    try node.kill()
                    #expect(try other.call("GET", "/healthz").status == 200)
                    try node.start()
                    let kept = try attachment(report.hash, of: ticket, at: hub).number("bytesHere")
                    #expect(kept >= come)
                }
                try Moment.wait(for: "the file to be at two places", seconds: 90) {
                    try place(report.hash, of: ticket, at: branch) == "atTwoPlaces"
                }
                let fetched = province.scratch.file("fetched.pdf")
                try Tool.done(["ticket", "fetch", ticket, report.hash, "--to", fetched, "--data", hub.folder])
                #expect(FileManager.default.contentsEqual(atPath: fetched, andPath: report.path))
            }
        }
    }
}
