import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("A hub that is lost or put back")
    struct HubLostTests {
        @Test("a hub whose disk is destroyed is rebuilt from its key, and loses nothing that a branch holds")
        func destroyed() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let key = try province.exportKey()
                let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let first = try yinchuan.open("中心毁坏之前")
                try wuzhong.open("吴忠的工单")
                let request = try province.requestRefund("C-1", on: first, at: yinchuan)
                try province.grant(request)
                try province.waitUntilEqual()
                let before = try province.tickets(at: "wuzhong")
                let address = province.hubAddress
                for city in ["yinchuan", "wuzhong"] { try province.cut(city) }
                try province.destroy(province.hub)
                let late = try yinchuan.open("没有中心时受理")
                try Tool.done([
                    "hub", "rebuild", "--data", province.hub.folder, "--key", key, "--topology",
                    ProjectFiles.path("Topology/ningxia.json"), "--listen", address,
                ])
                try province.hub.start()
                #expect(try province.hub.status().value("gathering") == true)
                let refused = try province.decide(request)
                #expect(refused.status == 409)
                #expect(refused.detail.contains("decides nothing"), "\(refused.detail)")
                for city in ["wuzhong", "yinchuan"] { try province.heal(city) }
                try province.waitUntilReigning()
                try province.waitUntilEqual()
                #expect(try province.tickets(at: "wuzhong") == before)
                #expect(try province.hub.holds(late))
                #expect(try province.hub.get("/api/standards").list("standards").count == 1)
                #expect(try province.decide(request).json.text("decision", "state") == "granted")
                #expect(province.payments().isEmpty)
                try expectWorkGoesOn(province)
                #expect(try province.hub.get("/api/sites").list("sites").count == 6)
            }
        }

        @Test("a hub restored from a backup decides nothing until its sites are heard, and pays no refund twice")
        func restored() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let first = try yinchuan.open("备份之前")
                try province.waitUntilEqual()
                let backup = province.scratch.file("backup")
                let made = try Tool.done(["backup", "--data", province.hub.folder, "--to", backup])
                #expect(made.output.contains("nx-hub (hub): 1 tickets"), "\(made.output)")
                let request = try province.requestRefund("C-2", on: first, at: yinchuan)
                try province.grant(request)
                let second = try wuzhong.open("备份之后")
                try province.waitUntilEqual()
                let before = try ["yinchuan", "wuzhong"].map(province.tickets)
                for city in ["yinchuan", "wuzhong"] { try province.cut(city) }
                try province.hub.kill()
                let restore = try Tool.done(["hub", "restore", "--data", province.hub.folder, "--from", backup])
                #expect(restore.output.contains("epoch 2"), "\(restore.output)")
                #expect(restore.output.contains("nx-wuzhong, nx-yinchuan"), "\(restore.output)")
                try province.hub.start()
                #expect(try province.hub.holds(second) == false)
                #expect(try province.hub.status().list("awaited") == ["nx-wuzhong", "nx-yinchuan"])
                for city in ["yinchuan", "wuzhong"] { try province.heal(city) }
                try province.waitUntilReigning()
                try province.waitUntilEqual()
                #expect(try ["yinchuan", "wuzhong"].map(province.tickets) == before)
                #expect(try province.decide(request).json.text("decision", "state") == "granted")
                let again = try province.requestRefund("C-2", on: second, at: wuzhong)
                #expect(try province.decide(again).json.text("decision", "state") == "refused")
                try expectWorkGoesOn(province)
                #expect(province.payments().count == 1)
            }
        }

        @Test("a hub put back unnoticed stops at the first branch that has heard more, and says what to type")
        func putBack() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let yinchuan = try province.branch("yinchuan")
                let backup = try stoppedCopy(province)
                let later = try yinchuan.open("副本之后")
                try province.waitUntilLevel()
                try province.hub.stop()
                try province.putBack(backup, into: province.hub, withSideFile: true)
                try province.hub.start()
                try Moment.wait(for: "the hub to stop") { try province.hub.status().value("doubt") != .null }
                let status = try Tool.done(["status", "--data", province.hub.folder])
                #expect(status.output.contains("neither exchanges nor decides"), "\(status.output)")
                #expect(status.output.contains("tributary hub restore --data"), "\(status.output)")
                #expect(try yinchuan.holds(later))
                try Moment.wait(for: "the branch to be told") {
                    try yinchuan.status().text("exchange", "lastError").contains("hub restore")
                }
                try province.hub.stop()
                try Tool.done(["hub", "restore", "--data", province.hub.folder])
                try province.hub.start()
                try province.waitUntilReigning()
                try province.waitUntilEqual()
                #expect(try province.hub.holds(later))
                try expectWorkGoesOn(province)
            }
        }

        @Test("a hub's database put back beside today's side file stops it at the start; who has looked may go on")
        func sideFile() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let backup = try stoppedCopy(province)
                for _ in 0..<2 {
                    try province.hub.stop()
                    try province.hub.start()
                }
                try province.waitUntilLevel()
                try province.hub.stop()
                try province.putBack(backup, into: province.hub, withSideFile: false)
                try province.hub.start()
                #expect(try province.hub.status().text("doubt").contains("starts"))
                #expect(try province.decide("0000000000000001-1").status == 409)
                try province.hub.stop()
                let stopped = try Tool.done(["status", "--data", province.hub.folder])
                #expect(stopped.output.contains("neither exchanges nor decides"), "\(stopped.output)")
                try Tool.done(["hub", "continue", "--data", province.hub.folder])
                try province.hub.start()
                #expect(try province.hub.status().value("doubt") == .null)
                #expect(try Tool(["hub", "continue", "--data", province.hub.folder]).code == 4)
            }
        }

        @Test("of a site that will not come back it can be said so, and then nobody waits for it")
        func siteLost() throws {
            try TestProvince.with(["yinchuan", "wuzhong", "guyuan"]) { province in
                let key = try province.exportKey()
                let address = province.hubAddress
                let ticket = try province.branch("yinchuan").open("留下的工单")
                try province.waitUntilEqual()
                for city in ["yinchuan", "wuzhong", "guyuan"] { try province.branch(city).stop() }
                try province.destroy(province.hub)
                try Tool.done([
                    "hub", "rebuild", "--data", province.hub.folder, "--key", key, "--topology",
                    ProjectFiles.path("Topology/ningxia.json"), "--listen", address,
                ])
                try province.hub.start()
                try province.branch("yinchuan").start()
                try Moment.wait(for: "the directory to come back") {
                    try province.hub.status().list("awaited") == ["nx-guyuan", "nx-wuzhong"]
                }
                try Tool.done(["site", "lost", "nx-guyuan", "--data", province.hub.folder])
                let last = try Tool.done(["site", "lost", "nx-wuzhong", "--data", province.hub.folder])
                #expect(last.output.contains("waits for nobody"), "\(last.output)")
                try province.waitUntilReigning()
                #expect(try province.hub.holds(ticket))
                let incidents = try Tool.done(["incidents", "--data", province.hub.folder])
                #expect(incidents.output.contains("nx-wuzhong was declared lost"), "\(incidents.output)")
                try province.branch("wuzhong").start()
                try province.waitUntilEqual(["yinchuan", "wuzhong"])
            }
        }

        /// A copy of the hub's folder, made while it was stopped.
        private func stoppedCopy(_ province: TestProvince) throws -> String {
            let copy = province.scratch.file("copy")
            try province.branch("yinchuan").open("副本之前")
            try province.waitUntilLevel()
            try province.hub.stop()
            try Scratch.copy(province.hub.folder, to: copy)
            try province.hub.start()
            try province.waitUntilLevel()
            return copy
        }

        /// What a branch writes reaches the hub, what the hub writes reaches the branch, and all agree.
        private func expectWorkGoesOn(_ province: TestProvince) throws {
            let branch = try province.branch("yinchuan")
            let id = try branch.open("之后的工单")
            try Moment.wait(for: "the ticket to reach the hub") { try province.hub.holds(id) }
            try province.hub.note(id, "省中心已知悉")
            try Moment.wait(for: "the note to reach the branch") { try branch.notes(of: id) == ["省中心已知悉"] }
            try province.waitUntilEqual()
        }
    }
}
