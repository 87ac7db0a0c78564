import Foundation
import SQLite
import Standards
import Testing

extension RealProcesses {
    @Suite("A second place for what a branch lets go of")
    struct SecondPlaceTests {
        @Test(
            "a backup of the hub on another disk lets a branch erase what has left it; one on the same disk does not",
            .enabled(if: SmallDisk.isAllowed))
        func backup() throws {
            let disk = try SmallDisk(megabytes: 32)
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                try province.cut("wuzhong")
                let yinchuan = try province.branch("yinchuan")
                // Taken down for a branch that is away: nobody but the hub has it besides.
                let id = try yinchuan.post(
                    "/api/tickets", ["type": "complaint", "home": "nx-wuzhong", "fields": ["subject": "代吴忠受理"]]
                ).text("ticket", "id")
                try Moment.wait(for: "the hub to wait with the erase") { try waiting(province) == 1 }
                #expect(try yinchuan.holds(id) == false)
                let same = try Tool.done([
                    "backup", "--data", province.hub.folder, "--to", province.scratch.file("same"), "--json",
                ]).json
                #expect(same["otherDisk"] == false && same["secondPlace"] == false)
                try yinchuan.open("另一张工单")
                try province.waitUntilLevel(["yinchuan"])
                #expect(try waiting(province) == 1)
                let other = try Tool.done(["backup", "--data", province.hub.folder, "--to", disk.path + "/hub"])
                #expect(other.output.contains("on another disk"), "\(other.output)\(other.errors)")
                try yinchuan.open("第三张工单")
                try Moment.wait(for: "the copy to be erased") { try waiting(province) == 0 }
                let status = try Tool.done(["status", "--data", province.hub.folder])
                #expect(status.output.contains("on another disk: \(disk.path)/hub"), "\(status.output)")
                try province.heal("wuzhong")
                try Moment.wait(for: "the ticket to reach its owner") { try province.branch("wuzhong").holds(id) }
            }
        }

        /// Copies that the hub would let go of if they were at a second place.
        private func waiting(_ province: TestProvince) throws -> Int {
            let database = try Database(path: province.hub.folder + "/tributary.db", mode: .readOnly)
            defer { database.close() }
            return try database.first("SELECT count(*) FROM erasing") { $0.int(0) } ?? 0
        }
    }
}
