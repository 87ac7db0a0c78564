import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Files damaged in the ways that real files are")
    struct DamagedCopyTests {
        private static let map = "Topology/imports/comcast.json"

        private func load(_ data: Data, _ name: String, at node: TestNode, _ scratch: Scratch) throws -> JSONValue {
            let path = scratch.file(name + ".csv")
            try data.write(to: URL(fileURLWithPath: path))
            let report = scratch.file(name + ".json")
            let tool = try Tool([
                "import", path, "--map", ProjectFiles.path(Self.map), "--data", node.folder, "--report", report,
            ])
            #expect(tool.code == 0 || tool.code == 1, "\(tool.errors)")
            let json = try JSONValue(parsing: Scratch.text(of: report), sizeLimit: Tool.outputBytesMax)
            let sum = try ["created", "updated", "unchanged", "rejected"].reduce(0) { try $0 + json.number($1) }
            #expect(try json.number("read") == sum)
            return json
        }

        private func counts(_ report: JSONValue) throws -> [Int] {
            try ["created", "updated", "unchanged", "rejected"].map { try report.number($0) }
        }

        /// Every copy after the first, and none of them makes anything twice.
        private func check(_ file: DamagedFile) throws {
            let scratch = try Scratch()
            let count = file.lines.count
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                // A copy cut off half-way first, as an interrupted delivery would be.
                let torn = try load(file.torn, "torn", at: node, scratch)
                #expect(try counts(torn) == [count - 1, 0, 0, 1])
                #expect(try torn.list("rejections").first?["line"] == .integer(Int64(count + 1)))
                #expect(try !torn.list("warnings").isEmpty)
                #expect(try counts(load(file.twice, "twice", at: node, scratch)) == [1, 0, 2 * count - 1, 1])
                #expect(try counts(load(file.mixedLineEnds, "mixed", at: node, scratch)) == [0, 0, count, 0])
                let littered = file.littered
                let litter = try load(littered.file, "littered", at: node, scratch)
                #expect(try counts(litter) == [0, 0, count, littered.rejected])
                let swapped = file.swapped
                let report = try load(swapped.file, "swapped", at: node, scratch)
                #expect(try counts(report) == [0, 0, count, 0])
                let contradicted = try report.list("warnings").filter { $0["column"] == "Date" }
                #expect(contradicted.count == swapped.contradicted)
                #expect(try counts(load(try file.chinese(), "chinese", at: node, scratch)) == [count, 0, 0, 0])
                try province.waitUntilEqual(seconds: 60)
                #expect(try province.hub.status().number("tickets") == 2 * count)
                for folder in [node.folder, province.hub.folder] {
                    #expect(try Tool(["verify", "--data", folder]).code == 0)
                }
            }
        }

        @Test("a small file and its damaged copies come in once, and every fault is told by its line")
        func small() throws { try check(DamagedFile(rows: 60)) }

        @Test(
            "the public file of complaints and its damaged copies come in once",
            .enabled(if: ProjectFiles.data != nil, "the data sets are not beside the project: ../shared/data"))
        func comcast() throws {
            try check(DamagedFile(reading: try ProjectFiles.dataPath("comcast/comcast_complaints_clean.csv")))
        }
    }
}
