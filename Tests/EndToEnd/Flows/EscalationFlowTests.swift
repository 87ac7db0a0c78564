import Standards
import Testing

extension RealProcesses {
    @Suite("Escalation to the province while the line is down")
    struct EscalationFlowTests {
        @Test("A4: one owner throughout, and a branch killed in the middle loses nothing that was acknowledged")
        func there() throws {
            try TestProvince.withStandard { province in
                let clerk = Counter("王芳", at: try province.branch("yinchuan"))
                let centre = Counter("省中心", at: province.hub)
                let other = Clerk("窗口二", at: clerk.node)
                try province.cutOff("yinchuan")
                other.begin()
                let ticket = try clerk.open("complaint", ["subject=三次投诉"])
                try clerk.share(ticket, with: "nx-wuzhong")
                try clerk.take("accept", ticket)
                try clerk.act(ticket, "escalate", ["--reason", "第三次投诉"])
                try kill(clerk.node, amid: other)
                #expect(try clerk.node.ticket(ticket).text("escalation") == "第三次投诉")
                let own = try Tool(["ticket", "act", ticket, "take", "--data", clerk.node.folder])
                #expect(own.code == 4, "only the province takes: \(own.output)")
                try province.heal("yinchuan")
                try Moment.wait(for: "the ticket at the hub") { try province.hub.holds(ticket) }
                try expectOwner("nx-yinchuan", of: ticket, province)

                try centre.act(ticket, "take", [])
                try expectOwner("nx-hub", of: ticket, province)
                try province.cutOff("yinchuan")
                let refused = try clerk.refusal(of: "resolve", ticket, ["resolution=已处理"])
                #expect(refused.contains("The province has taken the ticket."), "\(refused)")
                try clerk.act(ticket, "note", ["--text", "用户又来电"])
                try centre.act(ticket, "give-back", ["--reason", "见省中心意见"])
                try kill(clerk.node, amid: other)
                try expectOwner("nx-hub", of: ticket, at: [clerk.node])
                try province.heal("yinchuan")
                try expectOwner("nx-yinchuan", of: ticket, province)
                try clerk.take("resolve", ticket, ["resolution=已处理"])
                try other.finish()
                #expect(other.unanswered > 0, "it was killed in mid-work")
                try province.bringTogether()
                try province.oneResult(of: ticket, in: "resolved")
                for place in [clerk.node, province.hub] {
                    #expect(try place.notes(of: ticket).contains("用户又来电"))
                    try other.check(at: place)
                }
            }
        }

        /// Kills a branch while it acknowledges writes, and starts it again.
        private func kill(_ node: TestNode, amid clerk: Clerk) throws {
            let before = clerk.acknowledged
            try Moment.wait(for: "more writes") { clerk.acknowledged >= before + 10 }
            try node.kill()
            try node.start()
        }

        /// The hub, which alone gives it away, and every branch once it has heard, name the same owner.
        private func expectOwner(_ owner: String, of ticket: String, _ province: TestProvince) throws {
            #expect(try province.hub.ticket(ticket).text("owner") == owner)
            for city in TestProvince.branchesOfFlows {
                try Moment.wait(for: "\(city) to hear that \(owner) has it") {
                    try province.branch(city).ticket(ticket).text("owner") == owner
                }
            }
        }

        private func expectOwner(_ owner: String, of ticket: String, at places: [TestNode]) throws {
            for place in places { #expect(try place.ticket(ticket).text("owner") == owner) }
        }
    }
}
