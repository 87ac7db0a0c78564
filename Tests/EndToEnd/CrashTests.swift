import Testing

extension RealProcesses {
    @Suite("Processes killed in the middle of writes")
    struct CrashTests {
        static let acknowledged = 200
        static let kills = 8

        @Test("a branch killed eight times among 200 acknowledged writes has each of them once, and so has the hub")
        func branch() throws {
            var random = SeededGenerator.announced("branch killed")
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let clerk = Clerk("窗口一", at: node)
                clerk.begin()
                for kill in 1...Self.kills {
                    let threshold = kill * Self.acknowledged / (Self.kills + 1) + Int.random(in: 0...8, using: &random)
                    try Moment.wait(for: "\(threshold) acknowledged writes") { clerk.acknowledged >= threshold }
                    Moment.pause(milliseconds: Int.random(in: 0...30, using: &random))
                    try node.kill()
                    try node.start()
                }
                try Moment.wait(for: "the last writes") { clerk.acknowledged >= Self.acknowledged }
                try clerk.finish()
                #expect(clerk.unanswered >= Self.kills)
                try province.waitUntilEqual()
                try clerk.check(at: node)
                try clerk.check(at: province.hub)
            }
        }

        @Test("a hub killed five times while two branches push has each of their writes once")
        func hub() throws {
            var random = SeededGenerator.announced("hub killed")
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let clerks = try ["yinchuan", "wuzhong"].map { Clerk("窗口\($0)", at: try province.branch($0)) }
                for clerk in clerks { clerk.begin() }
                var held = 0
                for _ in 1...5 {
                    // The hub must have taken something since the last kill: the branches wait longer after each.
                    try Moment.wait(for: "the hub to take more") { try province.hub.status().number("tickets") > held }
                    Moment.pause(milliseconds: Int.random(in: 0...60, using: &random))
                    try province.hub.kill()
                    try province.hub.start()
                    held = try province.hub.status().number("tickets")
                }
                for clerk in clerks { try clerk.finish() }
                #expect(clerks.allSatisfy { $0.unanswered == 0 }, "a branch never waits for the hub")
                try province.waitUntilEqual()
                for clerk in clerks { try clerk.check(at: province.hub) }
                #expect(
                    try province.hub.tickets().count
                        == province.branches.values.reduce(0) { try $0 + $1.tickets().count })
            }
        }

        @Test("a node that was killed serves the same data after its restart")
        func restart() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("宽带频繁掉线 🛜", fields: ["area": "金凤区"])
                try node.note(id, "已电话联系")
                let before = try node.ticket(id)
                let digest = try node.digest(for: "nx-yinchuan")
                try node.kill()
                try node.start()
                let after = try node.ticket(id)
                for member in ["id", "number", "state", "home", "subject", "fields", "openedAt"] {
                    #expect(after[member] == before[member], "\(member)")
                }
                #expect(try node.notes(of: id) == ["已电话联系"])
                #expect(try node.digest(for: "nx-yinchuan") == digest)
            }
        }
    }
}
