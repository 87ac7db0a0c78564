import Foundation
import Glibc
import SQLite
import Standards
import Testing

extension RealProcesses {
    @Suite("The runbook, typed word for word")
    struct RunbookTests {
        @Test("the page on planned backups holds")
        func plannedBackup() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let ticket = try province.branch("yinchuan").open("备份之前")
                try province.waitUntilEqual()
                try type("planned-backup.md", province)
                for backup in ["hub-monday", "nx-yinchuan-monday"] {
                    let database = try Database(
                        path: province.scratch.file(backup) + "/tributary.db", mode: .readOnly)
                    defer { database.close() }
                    let subject = try database.first(
                        """
                        SELECT subject FROM ticket JOIN entity ON entity.number = ticket.entity
                        WHERE hex(id) = upper(?)
                        """, ticket
                    ) { $0.text(0) }
                    #expect(subject == "备份之前", "\(backup)")
                }
            }
        }

        @Test("the page on standards holds, and a branch that was off meanwhile works by the new one too")
        func standards() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                defer { province.endStarted() }
                try province.waitUntilEqual()
                let away = try province.branch("wuzhong")
                try away.stop()
                try type("standards.md", province)
                try away.start()
                try Moment.wait(for: "the standard to reach Wuzhong") {
                    try Tool.done(["standards", "list", "--data", away.folder]).output.contains("2027.2")
                }
                let opened = try Tool.done([
                    "ticket", "new", "--type", "siteVisit", "--field", "subject=走访", "--data", away.folder, "--json",
                ])
                let ticket = try JSONValue(parsing: opened.output, sizeLimit: 1 << 20)["ticket"]
                let id = try #require(ticket?["id"]?.stringValue)
                let shown = try Tool.done(["ticket", "show", id, "--data", away.folder]).output
                #expect(shown.contains("10 working days"))
                #expect(shown.contains("2027.2"))
                let listed = try Tool.done(["standards", "show", "2027.2", "--data", away.folder]).output
                #expect(listed.contains("siteVisitSolution"))
            }
        }

        @Test("the page on roles and money holds")
        func staff() throws {
            let standard = ProjectFiles.path("Topology/standards/province")
            try TestProvince.with(["yinchuan"], standard: standard) { province in
                defer { province.endStarted() }
                try province.waitUntilEqual()
                try type("staff.md", province)
                let listed = try Tool.done(["allowance", "list", "--data", province.hub.folder]).output
                #expect(listed.contains("nx-yinchuan"))
            }
        }

        @Test("the page on a lost hub disk holds")
        func hubDiskLost() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                defer { province.endStarted() }
                let settings = settings(province)
                _ = try province.exportKey()
                let ticket = try province.branch("yinchuan").open("毁坏之前")
                try province.waitUntilEqual()
                try province.destroy(province.hub)
                try type("hub-disk-lost.md", province, settings)
                #expect(try province.hub.holds(ticket))
            }
        }

        @Test("the page on a hub put back holds")
        func hubPutBack() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let settings = settings(province)
                let copy = province.scratch.file("snapshot")
                try province.hub.stop()
                try Scratch.copy(province.hub.folder, to: copy)
                try province.hub.start()
                let ticket = try province.branch("yinchuan").open("快照之后")
                try province.waitUntilEqual()
                try province.hub.stop()
                try province.putBack(copy, into: province.hub, withSideFile: true)
                try province.hub.start()
                try Moment.wait(for: "the hub to stop") { try province.hub.status().value("doubt") != .null }
                try type("hub-put-back.md", province, settings)
                #expect(try province.hub.holds(ticket))
            }
        }

        @Test("the page on a lost branch disk holds")
        func branchDiskLost() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let ticket = try province.branch("yinchuan").open("毁坏之前")
                try province.waitUntilEqual()
                try province.destroy(province.branch("yinchuan"))
                try type("branch-disk-lost.md", province)
                let shown = try Tool.done(["ticket", "show", ticket, "--data", province.branch("yinchuan").folder])
                #expect(shown.output.contains("毁坏之前"))
            }
        }

        @Test("the page on a new machine that brings a snapshot along holds")
        func branchSnapshot() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let ticket = try province.branch("yinchuan").open("毁坏之前")
                try province.waitUntilEqual()
                try province.destroy(province.branch("yinchuan"))
                try type("branch-snapshot.md", province)
                let shown = try Tool.done(["ticket", "show", ticket, "--data", province.branch("yinchuan").folder])
                #expect(shown.output.contains("毁坏之前"))
            }
        }

        @Test("the page on a branch put back holds")
        func branchPutBack() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let branch = try province.branch("yinchuan")
                try branch.stop()
                let copy = province.scratch.file("snapshot")
                try Scratch.copy(branch.folder, to: copy)
                try branch.start()
                let ticket = try branch.open("快照之后")
                try province.waitUntilEqual()
                try branch.stop()
                try Scratch.copy(copy, to: branch.folder)
                try type("branch-put-back.md", province)
                let shown = try Tool.done(["ticket", "show", ticket, "--data", branch.folder])
                #expect(shown.output.contains("快照之后"))
            }
        }

        @Test("the page on two machines with one identity holds")
        func twoMachines() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let branch = try province.branch("yinchuan")
                try branch.stop()
                let copy = province.adopt(TestNode(.branch, folder: province.scratch.file("copy")))
                try Scratch.copy(branch.folder, to: copy.folder)
                try branch.start()
                try copy.start()
                let ids = [try branch.open("原件"), try copy.open("副本")]
                try Moment.wait(for: "the hub to see two") {
                    try ids.allSatisfy { try province.hub.holds($0) }
                        && province.hub.status().list("peers").contains { $0["superseded"] == true }
                }
                try Moment.wait(for: "both to have sent all") {
                    try branch.status().number("backlog") == 0 && copy.status().number("backlog") == 0
                }
                try type("two-machines-one-identity.md", province)
                #expect(try ids.allSatisfy { try province.hub.holds($0) })
            }
        }

        @Test("the page on the standby holds")
        func standby() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                _ = try province.exportKey()
                let ticket = try province.branch("yinchuan").open("损毁之前")
                try province.waitUntilEqual()
                try type("standby.md", province)
                let shown = try Tool.done(["ticket", "show", ticket, "--data", province.scratch.file("standby")])
                #expect(shown.output.contains("损毁之前"))
            }
        }

        @Test("the page on moving the hub holds")
        func movingTheHub() throws {
            try TestProvince.with(["yinchuan"]) { province in
                defer { province.endStarted() }
                let ticket = try province.branch("yinchuan").open("迁移之前")
                try province.waitUntilEqual()
                try type("moving-the-hub.md", province)
                let shown = try Tool.done([
                    "ticket", "show", ticket, "--data", province.scratch.file("hub-new"),
                ])
                #expect(shown.output.contains("迁移之前"))
            }
        }

        /// The variables that the pages name.
        private func settings(_ province: TestProvince) -> [String: String] {
            [
                "HUB_DATA": province.hub.folder, "HUB_ADDRESS": province.hubAddress,
                "HUB_KEY": province.scratch.file("hub.key"), "TOPOLOGY": ProjectFiles.path("Topology/ningxia.json"),
                "STANDARD": ProjectFiles.path("Topology/standards/province"),
                "NEW_STANDARD": province.scratch.file("new-standard"), "BACKUPS": province.scratch.path,
                "SITE": "nx-yinchuan",
                "BRANCH_DATA": province.scratch.file("yinchuan"), "BRANCH_COPY": province.scratch.file("copy"),
                "HUB_NEW_DATA": province.scratch.file("hub-new"),
                "HUB_NEW_ADDRESS": "127.0.0.1:\((try? FreePort.next()) ?? 0)", "STANDBY": "nx-standby",
                "STANDBY_DATA": province.scratch.file("standby"),
                "STANDBY_ADDRESS": "127.0.0.1:\((try? FreePort.next()) ?? 0)",
            ]
        }

        private func type(
            _ page: String, _ province: TestProvince, _ settings: [String: String]? = nil
        ) throws {
            let settings = settings ?? self.settings(province)
            for difference in try Runbook(page).type(settings) { Issue.record("\(page): \(difference)") }
        }
    }
}
