import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Databases that were put back or copied")
    struct PutBackTests {
        @Test("yesterday's database beside today's side file is told at the start, goes on by itself and loses nothing")
        func databaseAlone() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let backup = try liveOnAfterBackup(province)
                try FileManager.default.removeItem(atPath: branch.folder + "/tributary.db")
                try? FileManager.default.removeItem(atPath: branch.folder + "/tributary.db-wal")
                try? FileManager.default.removeItem(atPath: branch.folder + "/tributary.db-shm")
                for name in ["tributary.db", "tributary.db-wal"]
                where FileManager.default.fileExists(atPath: "\(backup)/\(name)") {
                    try Scratch.copy("\(backup)/\(name)", to: "\(branch.folder)/\(name)")
                }
                try expectHealed(province)
            }
        }

        @Test("yesterday's whole folder, side file and all, is told by the hub, goes on by itself and loses nothing")
        func wholeFolder() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let backup = try liveOnAfterBackup(province)
                try Scratch.copy(backup, to: province.branch("yinchuan").folder)
                try expectHealed(province)
            }
        }

        @Test("a second process on one data folder is refused by the name of the first")
        func sameFolder() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let second = try Tool(["branch", "run", "--data", branch.folder])
                #expect(second.code == 4)
                #expect(second.errors.contains("nx-yinchuan"), "\(second.errors)")
                #expect(second.errors.contains("in use"), "\(second.errors)")
                try branch.open("仍可受理")
            }
        }

        @Test("of two copies of one folder that run at once both are heard, and one is told that it is not fed")
        func runningCopy() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try branch.open("复制之前")
                try province.waitUntilLevel()
                try branch.stop()
                try Scratch.copy(branch.folder, to: province.scratch.file("copy"))
                let copy = province.adopt(TestNode(.branch, folder: province.scratch.file("copy")))
                try branch.start()
                try copy.start()
                let ids = [try branch.open("原件之后"), try copy.open("副本之后")]
                try Moment.wait(for: "the hub to hold what both have written") {
                    try ids.allSatisfy { try province.hub.holds($0) }
                }
                try Moment.wait(for: "one of the two to be told of the other") {
                    try [branch, copy].contains {
                        try $0.status()["exchange"]?["lastError"]?.stringValue?.contains("Two databases") ?? false
                    }
                }
                #expect(try province.hub.get("/api/verify")["clean"] == true)
            }
        }

        /// Works a day, keeps a backup, and works another day, with a few starts of the process in between.
        private func liveOnAfterBackup(_ province: TestProvince) throws -> String {
            let branch = try province.branch("yinchuan")
            let backup = province.scratch.file("backup")
            try branch.open("昨天的工单")
            try province.waitUntilLevel()
            try branch.stop()
            try Scratch.copy(branch.folder, to: backup)
            for day in 1...2 {
                try branch.start()
                try branch.open("之后的工单 \(day)")
                try province.waitUntilLevel()
                try branch.stop()
            }
            return backup
        }

        /// Started on what was put back, the branch works on at once; what it had sent since comes back to it, and what
        /// it writes now arrives.
        private func expectHealed(_ province: TestProvince) throws {
            let branch = try province.branch("yinchuan")
            let before = try province.hub.tickets().count
            try branch.start()
            let id = try branch.open("恢复之后")
            #expect(try branch.holds(id))
            try province.waitUntilEqual()
            #expect(try province.hub.holds(id))
            #expect(try province.hub.tickets().count == before + 1)
            #expect(try branch.tickets().count == before + 1)
            for node in [branch, province.hub] { #expect(try node.get("/api/verify")["clean"] == true) }
            #expect(try branch.stop().code == 0)
        }
    }
}
