import Foundation
import SQLite
import Standards
import Testing

extension RealProcesses {
    @Suite("A branch whose disk is lost")
    struct BranchLostTests {
        @Test("a branch whose disk is destroyed joins again and gets everything that the hub holds of it")
        func joinedAgain() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let branch = try province.branch("yinchuan")
                let ids = [try branch.open("银川一"), try branch.open("银川二")]
                try branch.note(ids[0], "已电话联系")
                try province.waitUntilEqual()
                let before = try province.tickets(at: "yinchuan")
                try province.destroy(branch)
                try province.join("yinchuan")
                let again = try province.branch("yinchuan")
                try again.start()
                try province.waitUntilEqual()
                #expect(try province.tickets(at: "yinchuan") == before)
                #expect(try again.notes(of: ids[0]) == ["已电话联系"])
                let incidents = try Tool.done(["incidents", "--data", province.hub.folder])
                #expect(incidents.output.contains("nx-yinchuan has joined with an empty database"))
                #expect(incidents.output.contains("last spoke of no change"), "\(incidents.output)")
                let id = try again.open("重新加入之后")
                try Moment.wait(for: "new work to arrive") { try province.hub.holds(id) }
            }
        }

        @Test("a new machine begins with a snapshot, offers its tickets before it is heard, and gets what came after")
        func withSnapshot() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let before = try branch.open("快照之前")
                try province.waitUntilEqual()
                let file = province.scratch.file("yinchuan.snapshot")
                let made = try Tool.done([
                    "site", "snapshot", "nx-yinchuan", "--data", province.hub.folder, "--to", file,
                ])
                #expect(made.output.contains("changes for nx-yinchuan"), "\(made.output)")
                let after = try branch.open("快照之后")
                try province.waitUntilEqual()
                try province.destroy(branch)
                try province.join("yinchuan", snapshot: file)
                let again = try province.branch("yinchuan")
                try province.cut("yinchuan")
                try again.start()
                #expect(try again.holds(before))
                #expect(try !again.holds(after))
                try province.heal("yinchuan")
                try province.waitUntilEqual()
                #expect(try again.holds(after))
            }
        }

        @Test("what is no snapshot, or another site's, is refused, and the token is good for the right one")
        func wrongSnapshot() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let branch = try province.branch("yinchuan")
                let ticket = try branch.open("还在")
                try province.waitUntilEqual()
                let (own, others) = (province.scratch.file("own"), province.scratch.file("others"))
                for (site, file) in [("nx-yinchuan", own), ("nx-wuzhong", others)] {
                    try Tool.done(["site", "snapshot", site, "--data", province.hub.folder, "--to", file])
                }
                #expect(
                    try Tool(["site", "snapshot", "nx-yinchuan", "--data", province.hub.folder, "--to", own]).code == 2)
                try province.destroy(branch)
                let token = try province.token("yinchuan")
                let join = { (file: String) in
                    try Tool([
                        "branch", "join", "--hub", "http://\(province.hubAddress)", "--token", token, "--data",
                        branch.folder, "--listen", "127.0.0.1:0", "--snapshot", file,
                    ])
                }
                let none = try join(branch.folder + "-none")
                #expect(none.code == 2 && none.errors.contains("is no snapshot"), "\(none.errors)")
                let foreign = try join(others)
                #expect(foreign.code == 4 && foreign.errors.contains("for nx-wuzhong"), "\(foreign.errors)")
                let newer = province.scratch.file("newer")
                try Scratch.copy(own, to: newer)
                let database = try Database(path: newer, mode: .readWriteCreate)
                try database.execute("PRAGMA user_version = 9999")
                try database.checkpoint(truncate: true)
                database.close()
                let later = try join(newer)
                #expect(later.code == 4 && later.errors.contains("later version"), "\(later.errors)")
                #expect(!FileManager.default.fileExists(atPath: branch.folder + "/tributary.db"))
                #expect(try join(own).code == 0)
                try branch.start()
                #expect(try branch.holds(ticket))
            }
        }

        @Test("a branch restored from a backup goes on under a new origin and gets back what it had sent since")
        func restored() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let first = try branch.open("备份之前")
                try province.waitUntilEqual()
                let backup = province.scratch.file("backup")
                try Tool.done(["backup", "--data", branch.folder, "--to", backup])
                let second = try branch.open("备份之后")
                try province.waitUntilEqual()
                try province.destroy(branch)
                let restore = try Tool.done(["restore", "--from", backup, "--data", branch.folder])
                #expect(restore.output.contains("nx-yinchuan (branch): 1 tickets"), "\(restore.output)")
                try branch.start()
                let third = try branch.open("恢复之后")
                try province.waitUntilEqual()
                for id in [first, second, third] {
                    #expect(try branch.holds(id))
                    #expect(try province.hub.holds(id))
                }
                let incidents = try Tool.done(["incidents", "--data", branch.folder])
                #expect(incidents.output.contains("new origin"), "\(incidents.output)")
                // It goes on by itself: nobody is told to do something.
                #expect(!incidents.output.contains("join"), "\(incidents.output)")
            }
        }

        @Test("a damaged database is put aside and not deleted, and what it alone held is counted")
        func aside() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try province.waitUntilEqual()
                let backup = province.scratch.file("backup")
                try Tool.done(["backup", "--data", branch.folder, "--to", backup])
                #expect(try Tool(["backup", "--data", branch.folder, "--to", backup]).code == 2)
                try province.cut("yinchuan")
                for number in 1...3 { try branch.open("断线时受理 \(number)") }
                #expect(try Tool(["restore", "--from", backup, "--data", branch.folder]).code == 4)
                try branch.stop()
                let restore = try Tool.done(["restore", "--from", backup, "--data", branch.folder])
                #expect(restore.output.contains("3 changes in it had never left this site"), "\(restore.output)")
                #expect(FileManager.default.fileExists(atPath: branch.folder + "/aside/tributary.db"))
                try province.heal("yinchuan")
                try branch.start()
                try province.waitUntilEqual()
                #expect(try Tool(["restore", "--from", province.hub.folder, "--data", branch.folder]).code == 2)
            }
        }

        @Test("a hub that has moved is found again by a branch that is told its new address")
        func pointed() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try province.waitUntilEqual()
                try branch.stop()
                try Tool.done([
                    "branch", "point", "--hub", "http://\(province.hubAddress)", "--data", branch.folder,
                ])
                // The line that it called before leads nowhere any more.
                try province.cut("yinchuan")
                try branch.start()
                let id = try branch.open("迁移之后")
                try Moment.wait(for: "the ticket to reach the hub at its new address") { try province.hub.holds(id) }
            }
        }
    }
}
