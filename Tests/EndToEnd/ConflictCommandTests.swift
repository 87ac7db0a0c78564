import Standards
import Testing

extension RealProcesses {
    @Suite("Conflicts on the command line")
    struct ConflictCommandTests {
        @Test("what two branches wrote into one field offline is listed alike, counted, and put back by one command")
        func reinstating() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let places = [province.hub, yinchuan, wuzhong]
                let id = try yinchuan.open("跨区专线故障", fields: ["area": "金凤区"])
                try yinchuan.act(id, ["action": "offerTransfer", "to": "nx-wuzhong"])
                try Moment.wait(for: "the ticket at Wuzhong") { try wuzhong.holds(id) }
                try province.waitUntilEqual()
                for city in ["yinchuan", "wuzhong"] { try province.cut(city) }
                try yinchuan.assign(id, ["area": "兴庆区"], actor: "王芳")
                try wuzhong.assign(id, ["area": "利通区"], actor: "马军")
                for city in ["yinchuan", "wuzhong"] { try province.heal(city) }
                try province.waitUntilEqual()
                let lists = try places.map { try list(at: $0) }
                #expect(lists[0].count == 1)
                #expect(lists[1] == lists[0])
                #expect(lists[2] == lists[0])
                let conflict = try #require(lists[0].first)
                #expect(try count(at: province.hub) == (open: 1, settled: 0))
                let number = try conflict.text("number")
                let text = try Tool.done(["conflicts", "--ticket", number, "--data", province.hub.folder]).output
                for part in ["area (", "兴庆区", "利通区", "王芳", "马军", "of two concurrent edits the later won"] {
                    #expect(text.contains(part), "\(part) in \(text)")
                }
                let losing = try conflict.text("losing", "change")
                try Tool.done(["conflict", "reinstate", losing, "--data", yinchuan.folder, "--as", "赵强"])
                try province.waitUntilEqual()
                for place in places {
                    #expect(try list(at: place).isEmpty)
                    let ticket = try place.ticket(id)
                    #expect(ticket["fields"]?["area"] == conflict["losing"]?["value"])
                    #expect(try ticket.list("conflicts").first?.text("settledBy", "actor") == "赵强")
                    #expect(try count(at: place) == (open: 0, settled: 1))
                }
                let again = try Tool(["conflict", "reinstate", losing, "--data", yinchuan.folder])
                #expect(again.code == 4)
                #expect(again.errors.contains("`tributary conflicts` lists"), "\(again.errors)")
                #expect(!again.errors.contains("GET /api"), "\(again.errors)")
            }
        }

        private func list(at place: TestNode) throws -> [JSONValue] {
            try Tool.done(["conflicts", "--data", place.folder, "--json"]).json.list("conflicts")
        }

        private func count(at place: TestNode) throws -> (open: Int, settled: Int) {
            let counts = try Tool.done(["conflicts", "--counts", "--data", place.folder, "--json"]).json
            let area = try #require(try counts.list("kinds").first { $0["field"] == "area" })
            #expect(try area.text("rule") == "laterWins")
            return (try area.number("open"), try area.number("settled"))
        }
    }
}
