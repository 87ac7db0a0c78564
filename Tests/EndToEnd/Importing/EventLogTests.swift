import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Event logs imported through branches")
    struct EventLogTests {
        /// Incidents with 12 versions each, two of a minute, the lines of all in disorder; `?` is null.
        private static func log(incidents: Int, _ random: inout SeededGenerator) -> String {
            let states = ["New", "Active", "Awaiting User Info", "Active", "Resolved", "Closed"]
            var lines: [String] = []
            for incident in 0..<incidents {
                for version in 0..<12 {
                    lines.append(
                        "INC\(incident),\(states[version / 2]),\(version * 3),\(version / 2 + 1)/3/2016 06:42,"
                            + "Updated by \(version),Location \(incident % 7),Group \(version / 3),extra \(version)")
                }
            }
            lines.shuffle(using: &random)
            return "number,state,mod,updated,by,location,team,other\n" + lines.joined(separator: "\n") + "\n"
        }

        private static let map = """
            {"format": 1, "source": "log", "null": ["?"], "key": {"column": "number"},
             "type": {"constant": "incident"},
             "home": {"column": "location", "rotate": ["nx-yinchuan", "nx-wuzhong"]},
             "events": {"version": {"column": "mod", "kind": "integer"}, "actor": {"column": "by"},
                        "time": {"column": "updated", "format": "d/M/yyyy HH:mm", "zone": "+00:00"}},
             "fields": {"subject": {"column": "location"}, "assignmentGroup": {"column": "team"},
                "state": {"column": "state", "values": {"New": "new", "Active": "inProgress",
                    "Awaiting User Info": "pending", "Resolved": "resolved", "Closed": "closed"}}}}
            """

        @Test("every version is one change of its ticket, in order, although nodes are killed and the import repeated")
        func interrupted() throws {
            var random = SeededGenerator.announced("event log")
            let scratch = try Scratch()
            let (file, map) = (scratch.file("log.csv"), scratch.file("map.json"))
            try Self.log(incidents: 60, &random).write(toFile: file, atomically: true, encoding: .utf8)
            try Self.map.write(toFile: map, atomically: true, encoding: .utf8)
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let branches = try ["yinchuan", "wuzhong"].map { try province.branch($0) }
                let command = ["import", file, "--map", map, "--json"] + branches.flatMap { ["--via", $0.folder] }
                let first = try Child(
                    command, output: scratch.file("out"), log: scratch.file("errors"))
                first.closeInput()
                try Moment.wait(for: "some tickets") { try branches[0].status().number("tickets") > 0 }
                try branches[0].kill()
                _ = try first.wait(seconds: 60, "the interrupted import")
                try branches[0].start()
                let again = try Tool.done(command).json
                #expect(try again.number("rejected") == 0)
                #expect(try again.number("read") == 720)
                let last = try Tool.done(command).json
                #expect(try last.number("unchanged") == 720)
                try province.waitUntilEqual()
                let tickets = try province.hub.tickets("source=log")
                #expect(tickets.count == 60)
                for summary in tickets { try check(try province.hub.ticket(try summary.text("id"))) }
                for node in branches + [province.hub] {
                    #expect(try Tool(["verify", "--data", node.folder]).code == 0)
                }
            }
        }

        private func check(_ ticket: JSONValue) throws {
            #expect(try ticket.text("state") == "closed")
            let timeline = try ticket.list("timeline")
            #expect(try timeline.map { try $0.text("actor") } == (0..<12).map { "Updated by \($0)" })
            #expect(try ticket.number("source", "version") == 33)
            #expect(try ticket.text("source", "columns", "other") == "extra 11")
            #expect(try ticket.text("fields", "assignmentGroup") == "Group 3")
        }

        @Test(
            "the public log of 70,986 incident events gives 70,983 versions, and again nothing",
            .enabled(if: ProjectFiles.data != nil, "the data sets are not beside the project: ../shared/data"),
            .enabled(if: ProjectFiles.isLong, "takes minutes: set TRIBUTARY_LONG_TESTS=1"))
        func incidents() throws {
            try whole(
                "uci_incidents/incident_events_even.csv.gz", "uci-incidents", read: 70_986, tickets: 12_438,
                versions: 70_983)
        }

        @Test(
            "the public log of 65,533 hand-overs between support lines comes in whole, and again nothing",
            .enabled(if: ProjectFiles.data != nil, "the data sets are not beside the project: ../shared/data"),
            .enabled(if: ProjectFiles.isLong, "takes minutes: set TRIBUTARY_LONG_TESTS=1"))
        func handovers() throws {
            try whole(
                "volvo_bpi2013/volvo_incidents.csv.gz", "volvo-incidents", read: 65_533, tickets: 7_554,
                versions: 65_533)
        }

        private func whole(_ file: String, _ map: String, read: Int, tickets: Int, versions: Int) throws {
            let cities = ["yinchuan", "wuzhong", "shizuishan", "guyuan", "zhongwei"]
            try TestProvince.with(cities) { province in
                let command =
                    [
                        "import", try ProjectFiles.dataPath(file), "--map",
                        ProjectFiles.path("Topology/imports/\(map).json"),
                    ]
                    + (try cities.flatMap { ["--via", try province.branch($0).folder] }) + ["--json"]
                let first = try Tool(command, seconds: 1_200).json
                let counts = try ["read", "created", "updated", "unchanged", "rejected"].map { try first.number($0) }
                #expect(counts == [read, tickets, versions - tickets, 0, read - versions])
                let again = try Tool(command, seconds: 1_200).json
                #expect(try again.number("unchanged") == versions)
                try province.waitUntilEqual(seconds: 600)
                #expect(try province.hub.status().number("tickets") == tickets)
                for node in [province.hub] + (try cities.map { try province.branch($0) }) {
                    #expect(try Tool(["verify", "--data", node.folder], seconds: 600).code == 0)
                }
            }
        }
    }
}
