import Foundation
import Glibc
import Standards
import Testing

extension RealProcesses {
    @Suite("Years that are not announced yet")
    struct UnannouncedYearTests {
        /// The project's own standard with other years in its calendar.
        private func standard(_ version: String, _ years: [JSONValue], in scratch: Scratch) throws -> String {
            let folder = scratch.file(version)
            try Scratch.copy(ProjectFiles.path("Topology/standards/province"), to: folder)
            func change(_ file: String, _ body: (inout [String: JSONValue]) throws -> Void) throws {
                let path = folder + "/" + file
                let read = try JSONValue(parsing: Scratch.text(of: path), sizeLimit: 1 << 20)
                var members = read.objectValue ?? [:]
                try body(&members)
                try Data(JSONValue.object(members).bytes()).write(to: URL(fileURLWithPath: path))
            }
            try change("00-pack.json") { $0["version"] = .string(version) }
            try change("80-calendar.json") { members in
                var calendar = members["calendar"]?.objectValue ?? [:]
                calendar["years"] = .array(years)
                members["calendar"] = .object(calendar)
            }
            return folder
        }

        private func year(_ year: Int, _ holidays: [CivilDate]) -> JSONValue {
            [
                "year": .integer(Int64(year)), "source": "a notice",
                "holidays": .array(holidays.filter { $0.year == year }.map { .string($0.description) }),
                "makeUpWorkdays": [],
            ]
        }

        private func solution(of ticket: String, at node: TestNode) throws -> JSONValue {
            let clock = try node.ticket(ticket).list("clocks").first { $0["clock"] == "solution" }
            return try #require(clock, "no clock at \(node.folder)")
        }

        @Test("a due time in such a year is provisional; announced, the year moves it, and what it was stays beside it")
        func announced() throws {
            let scratch = try Scratch()
            let old = try standard("2001.1", [year(2001, [])], in: scratch)
            let today = Glibc.time(nil) / 86_400
            let holidays = (0..<10).compactMap { CivilDate(daysSince1970: today + $0) }
            let years = try #require(holidays.first).year
            let new = try standard("2001.2", (years...years + 1).map { year($0, holidays) }, in: scratch)
            try TestProvince.with(["yinchuan"], standard: old) { province in
                let clerk = Counter("王芳", at: try province.branch("yinchuan"))
                try province.cutOff("yinchuan")
                let ticket = try clerk.open("resourceCheck", ["subject=核查"])
                let before = try solution(of: ticket, at: clerk.node)
                #expect(before["provisional"] == true)
                #expect(before["provisionally"] == nil)
                let due = try before.text("dueAt")
                let shown = try Tool.done(["ticket", "show", ticket, "--data", clerk.node.folder]).output
                #expect(shown.contains("due \(due), provisional"), "\(shown)")

                try Tool.done(["standards", "publish", new, "--data", province.hub.folder])
                #expect(try solution(of: ticket, at: clerk.node) == before, "it has not heard")
                try province.heal("yinchuan")
                try province.waitUntilEqual()
                for place in [clerk.node, province.hub] {
                    let after = try solution(of: ticket, at: place)
                    #expect(after["provisional"] == false)
                    #expect(try after.text("dueAt") > due)
                    #expect(after["provisionally"] == [["dueAt": .string(due), "calendar": "2001.1"]])
                    let shown = try Tool.done(["ticket", "show", ticket, "--data", place.folder]).output
                    #expect(shown.contains("was due \(due) by the calendar of 2001.1, provisionally"), "\(shown)")
                }
            }
        }
    }
}
