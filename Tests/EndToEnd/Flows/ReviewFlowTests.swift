import Standards
import Testing

extension RealProcesses {
    @Suite("A readiness review over two branches without their lines")
    struct ReviewFlowTests {
        private static let departments = ["network", "billing", "marketing", "serviceManagement", "it"]

        private func submit(_ ticket: String, _ clerk: Counter) throws {
            let items = ["tariffWording", "unsubscribePath", "customerScript", "knowledgeArticle", "refundRule"]
            try clerk.take(
                "submit", ticket,
                ["plannedLaunch:=\(TestProvince.time(hours: 48))", "proposingDepartment=marketing"]
                    + items.map { "\($0)=已写" })
        }

        private func review(_ ticket: String, at node: TestNode) throws -> JSONValue {
            try node.ticket(ticket).value("review")
        }

        @Test(
            "P1, P2: one veto beside approvals at another branch ends the round everywhere; round 2 keeps its votes"
        )
        func veto() throws {
            try TestProvince.withStandard { province in
                let yinchuan = Counter("王芳", at: try province.branch("yinchuan"))
                let wuzhong = Counter("马静", at: try province.branch("wuzhong"))
                let ticket = try yinchuan.open("readinessReview", ["subject=新套餐", "productType=tariff"])
                try yinchuan.share(ticket, with: "nx-wuzhong")
                try submit(ticket, yinchuan)
                try Moment.wait(for: "the review at Wuzhong") { try wuzhong.node.holds(ticket) }
                try province.waitUntilEqual()

                for city in TestProvince.branchesOfFlows { try province.cutOff(city) }
                // The veto is the earlier: whatever sorts last, it counts.
                try wuzhong.vote(ticket, "serviceManagement", "veto")
                for department in Self.departments { try yinchuan.vote(ticket, department, "approve") }
                #expect(try review(ticket, at: wuzhong.node).text("outcome") == "vetoed")
                #expect(try review(ticket, at: yinchuan.node).text("outcome") == "passed")
                try province.bringTogether()
                #expect(try province.oneResult(of: ticket, in: "inReview").text("review", "outcome") == "vetoed")
                let hub = Counter("省评审", at: province.hub)
                for somebody in [yinchuan, wuzhong, hub] {
                    let refused = try somebody.refusal(of: "recordApproval", ticket)
                    #expect(refused.contains("Round 1 of the review is vetoed."), "\(refused)")
                }
                try secondRound(ticket, yinchuan, province)
            }
        }

        private func secondRound(_ ticket: String, _ clerk: Counter, _ province: TestProvince) throws {
            try province.cutOff("yinchuan")
            try clerk.take("recordVeto", ticket)
            try clerk.take("resubmit", ticket, ["revisionNote=写清退订路径"])
            try submit(ticket, clerk)
            let begun = try review(ticket, at: clerk.node)
            #expect(try begun.number("round") == 2)
            #expect(try begun.text("outcome") == "open")
            #expect(try begun.list("missing") == Self.departments.map(JSONValue.string))
            for department in Self.departments { try clerk.vote(ticket, department, "approve") }
            try clerk.take("recordApproval", ticket)
            try province.bringTogether()
            let result = try province.oneResult(of: ticket, in: "approved")
            #expect(try result.text("review", "outcome") == "passed")
            let votes = try result.list("timeline").flatMap { try $0.list("effects") }.filter { $0["kind"] == "voted" }
            #expect(votes.filter { $0["round"] == 1 }.count == 6)
            #expect(votes.filter { $0["round"] == 1 && $0["choice"] == "veto" }.count == 1)
            #expect(votes.filter { $0["round"] == 2 && $0["choice"] == "approve" }.count == 5)
        }
    }
}
