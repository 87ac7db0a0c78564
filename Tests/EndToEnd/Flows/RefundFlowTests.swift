import Standards
import Testing

extension RealProcesses {
    @Suite("Money and roles while the line is down")
    struct RefundFlowTests {
        private func refund(_ charge: String, _ fen: Int) -> [String] {
            ["--charge", charge, "--amount", "\(fen)", "--reason", "重复扣费"]
        }

        private func decisions(_ node: TestNode) throws -> [String: String] {
            let listed = try Tool.done(["decisions", "list", "--json", "--data", node.folder]).json["decisions"]
            var found: [String: String] = [:]
            for item in listed?.arrayValue ?? [] { found[try item.text("charge")] = try item.text("state") }
            return found
        }

        @Test("R8: a refund above the clerk's limit becomes an approval; what is within it is granted without one")
        func approval() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let clerk = Counter("王芳", at: node)
                try staff("王芳", "clerk", "nx-yinchuan", province)
                try staff("省主管", "provinceSupervisor", "nx-hub", province)
                try staff("省坐席", "provinceAgent", "nx-hub", province)
                try Moment.wait(for: "the roster at the branch") {
                    try Tool.done(["staff", "list", "--json", "--data", node.folder]).json["begun"] == .bool(true)
                }
                try province.cutOff("yinchuan")
                let ticket = try clerk.open("complaint", ["subject=重复扣费"])
                try clerk.act(ticket, "request-refund", refund("C-1", 5_000))
                try clerk.act(ticket, "request-refund", refund("C-2", 20_001))
                let stranger = try Tool(
                    ["ticket", "act", ticket, "note", "--text", "x", "--as", "路人", "--data", node.folder])
                #expect(stranger.code == 4, "\(stranger.output)")
                try province.heal("yinchuan")
                try Moment.wait(for: "the small one to be granted") {
                    try decisions(node)["C-1"] == "granted"
                }
                #expect(try decisions(province.hub)["C-2"] == "open")
                let listed = try Tool.done(["decisions", "list", "--json", "--data", province.hub.folder]).json
                let open = try listed["decisions"]?.arrayValue?.first { try $0.text("charge") == "C-2" }
                let request = try #require(open).text("request")
                let words = [
                    "decisions", "decide", request, "--outcome", "granted", "--reason", "核实无误", "--data",
                    province.hub.folder,
                ]
                let agent = try Tool(words + ["--as", "省坐席"])
                #expect(agent.code == 4, "\(agent.output)")
                #expect(agent.errors.contains("refunds of 20000 fen"), "\(agent.errors)")
                try Tool.done(words + ["--as", "省主管"])
                try Moment.wait(for: "the large one to be granted") { try decisions(node)["C-2"] == "granted" }
            }
        }

        @Test("R8: an allowance is spent while the line is down, survives kill -9, and is returned")
        func allowance() throws {
            try TestProvince.withStandard { province in
                let node = try province.branch("yinchuan")
                let clerk = Counter("王芳", at: node)
                let hub = ["--data", province.hub.folder, "--json"]
                let made = try Tool.done(["allowance", "grant", "nx-yinchuan", "YC-", "10000"] + hub).json
                let name = try made.text("allowance", "allowance")
                try Moment.wait(for: "the allowance at the branch") {
                    try Tool(["allowance", "show", name, "--data", node.folder]).code == 0
                }
                try province.cutOff("yinchuan")
                let ticket = try clerk.open("complaint", ["subject=重复扣费"])
                let pay = { (charge: String, fen: Int) in
                    try Tool(
                        [
                            "allowance", "pay", ticket, charge, "\(fen)", "--reason", "重复扣费", "--as", "王芳", "--data",
                            node.folder,
                        ])
                }
                #expect(try pay("YC-1", 6_000).code == 0)
                try node.kill()
                try node.start()
                #expect(try pay("YC-1", 6_000).code == 4)
                #expect(try pay("YC-2", 4_001).code == 4)
                #expect(try pay("YC-2", 4_000).code == 0)
                try Tool.done(["allowance", "return", name, "--data", node.folder])
                #expect(try pay("YC-3", 1).code == 4)
                try province.heal("yinchuan")
                try Moment.wait(for: "the return at the hub") {
                    try Tool.done(["allowance", "show", name] + hub).json.text("allowance", "state") == "returned"
                }
                let shown = try Tool.done(["allowance", "show", name] + hub).json["allowance"]
                #expect(shown?["spentFen"] == 10_000)
                let charges = shown?["payments"]?.arrayValue?.compactMap { $0["charge"]?.stringValue }
                #expect(charges == ["YC-1", "YC-2"])
            }
        }

        private func staff(_ person: String, _ role: String, _ site: String, _ province: TestProvince) throws {
            try Tool.done(["staff", "grant", person, role, "--site", site, "--data", province.hub.folder])
        }
    }
}
