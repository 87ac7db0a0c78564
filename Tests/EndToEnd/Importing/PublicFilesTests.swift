import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite(
        "The public files imported through branches",
        .enabled(if: ProjectFiles.data != nil, "the data sets are not beside the project: ../shared/data"))
    struct PublicFilesTests {
        @Test("every complaint comes in once, spread as its state says, however often and wherever it is imported")
        func comcast() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let file = try ProjectFiles.dataPath("comcast/comcast_complaints_clean.csv")
                let map = "Topology/imports/comcast.json"
                let first = try load(file, map, at: province.branch("yinchuan"))
                #expect(try first.number("read") == 2_224)
                #expect(try first.number("created") == 2_224)
                #expect(try first.number("rejected") == 0)
                try province.waitUntilLevel(seconds: 60)
                try expectComplaints(province.hub)
                let again = try load(file, map, at: province.branch("yinchuan"))
                #expect(try again.number("unchanged") == 2_224)
                #expect(try load(file, map, at: province.branch("wuzhong")).number("rejected") == 0)
                try province.waitUntilEqual(seconds: 60)
                try expectComplaints(province.hub)
                #expect(try province.branch("wuzhong").tickets("home=nx-wuzhong").count == 444)
                for city in ["yinchuan", "wuzhong"] {
                    #expect(try Tool(["verify", "--data", province.branch(city).folder]).code == 0)
                }
                #expect(try Tool(["verify", "--data", province.hub.folder]).code == 0)
            }
        }

        @Test("faults count by city and month as the operator's own report does, but for the one cell it has wrong")
        func metrofiber() throws {
            try TestProvince.with(["wuzhong"]) { province in
                let file = try ProjectFiles.dataPath("metrofiber2_faults/faults_2023.csv")
                let result = try load(file, "Topology/imports/metrofiber2.json", at: province.branch("wuzhong"))
                #expect(try result.number("created") == 637)
                try province.waitUntilEqual()
                let counts = try countByCityAndMonth(province.hub)
                #expect(counts.values.reduce(0, +) == 637)
                #expect(try differences(counts) == ["Canoas 6"])
                let again = try load(file, "Topology/imports/metrofiber2.json", at: province.hub)
                #expect(try again.number("unchanged") == 637)
                #expect(try province.hub.tickets("source=metrofiber2").count == 637)
            }
        }

        private func load(_ file: String, _ map: String, at node: TestNode) throws -> JSONValue {
            try Tool.done(["import", file, "--map", ProjectFiles.path(map), "--data", node.folder, "--json"]).json
        }

        private func expectComplaints(_ hub: TestNode) throws {
            let tickets = try hub.tickets("source=comcast")
            var homes: [String: Int] = [:]
            var states: [String: Int] = [:]
            for ticket in tickets {
                homes[try ticket.text("home"), default: 0] += 1
                states[try ticket.text("state"), default: 0] += 1
            }
            #expect(tickets.count == 2_224)
            #expect(Set(try tickets.map { try $0.text("number") }).count == 2_224)
            #expect(states == ["acknowledged": 363, "pending": 154, "resolved": 973, "closed": 734])
            #expect(
                homes == [
                    "nx-yinchuan": 759, "nx-wuzhong": 444, "nx-shizuishan": 400, "nx-zhongwei": 333, "nx-guyuan": 288,
                ])
        }

        /// Months as the operator counts them, three hours behind UTC.
        private func countByCityAndMonth(_ hub: TestNode) throws -> [String: Int] {
            var counts: [String: Int] = [:]
            for summary in try hub.tickets("type=fault") {
                let ticket = try hub.ticket(summary.text("id"))
                let area = try ticket.text("fields", "area")
                counts["\(area) \(try month(ticket.text("openedAt")))", default: 0] += 1
            }
            return counts
        }

        private func month(_ text: String) throws -> Int {
            let reader = ISO8601DateFormatter()
            reader.formatOptions =
                text.contains(".") ? [.withInternetDateTime, .withFractionalSeconds] : .withInternetDateTime
            guard let date = reader.date(from: text) else { throw Failure("\(text) is not a time") }
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = try #require(TimeZone(secondsFromGMT: -3 * 3_600))
            return calendar.component(.month, from: date)
        }

        private func differences(_ counts: [String: Int]) throws -> [String] {
            let report = Scratch.text(
                of: try ProjectFiles.dataPath("metrofiber2_faults/monthly_counts_by_city_2023.csv"))
            let rows = report.split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let cities = try #require(rows.first).dropFirst().dropLast()
            var differences: [String] = []
            for row in rows.dropFirst() where row.count == cities.count + 2 && !row[0].isEmpty {
                let month = try #require(Int(row[0].split(separator: "-")[1]))
                for (city, cell) in zip(cities, row.dropFirst())
                where counts[
                    "\(city) "
                        + "\(month)", default: 0] != Int(cell)
                {
                    differences.append("\(city) \(month)")
                }
            }
            return differences
        }
    }
}
