import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Databases that were put back or copied")
    struct PutBackTests {
        @Test("yesterday's database beside today's side file is told at the start, and the hub takes nothing from it")
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
                try expectStopped(province, saying: ["side file", "join the site again"])
            }
        }

        @Test("yesterday's whole folder, side file and all, is told by the hub, which takes nothing from it")
        func wholeFolder() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let backup = try liveOnAfterBackup(province)
                try Scratch.copy(backup, to: province.branch("yinchuan").folder)
                try expectStopped(province, saying: ["join the site again", "join the site again"])
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

        @Test("of two copies of one folder that run at once, no more than one goes on, and the hub stays whole")
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
                try Moment.wait(for: "one of the two to be stopped") {
                    try [branch, copy].contains { try $0.status().text("exchange", "phase") == "stopped" }
                }
                for node in [branch, copy] where try node.status().text("exchange", "phase") == "stopped" {
                    let error = try node.status().text("exchange", "lastError")
                    #expect(error.contains("copied") || error.contains("join the site again"), "\(error)")
                }
                _ = try province.hub.digest(for: "nx-yinchuan")
                #expect(try ids.filter { try province.hub.holds($0) }.count <= 1)
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

        /// Started on what was put back, the branch works on by itself and the hub takes nothing from it.
        /// - Parameter words: what the branch shows at its first start, and when it is started once more.
        private func expectStopped(_ province: TestProvince, saying words: [String]) throws {
            let branch = try province.branch("yinchuan")
            let changes = try province.hub.status().number("changes")
            for words in words {
                try branch.start()
                try Moment.wait(for: "the exchange to be stopped") {
                    try branch.status().text("exchange", "phase") == "stopped"
                }
                let error = try branch.status().text("exchange", "lastError")
                #expect(error.contains(words), "\(error)")
                let id = try branch.open("恢复之后")
                #expect(try branch.holds(id))
                #expect(try province.hub.holds(id) == false)
                #expect(try branch.stop().code == 0)
            }
            #expect(try province.hub.status().number("changes") == changes)
            #expect(try province.hub.get("/api/verify")["clean"] == true)
        }
    }
}
