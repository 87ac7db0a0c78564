import Standards
import Testing

extension RealProcesses {
    @Suite("A cut-over while the line is down")
    struct CutOverFlowTests {
        /// The parts of the plan beside the window.
        private let plan = [
            "originalNetwork=A环", "circuitRoutes=东，西", "planSteps=一，二", "rollbackPlan=退回A环",
        ]

        @Test("I7, I8, I9: not without the five parts of the plan, rehearsal and agreement; the way back is timed")
        func cutOver() throws {
            try TestProvince.withStandard { province in
                let planner = Counter("赵工", at: try province.branch("yinchuan"))
                let supervisor = Counter("孙主任", at: planner.node)
                try province.cutOff("yinchuan")
                let ticket = try planned(planner)
                try approve(ticket, planner, supervisor)
                try agree(ticket, planner)
                try planner.take("start", ticket)
                try planner.take("rollBack", ticket, ["rollbackReason=无光"])
                try planner.take(
                    "finishRollBack", ticket, ["restoredAt:=\(TestProvince.time(hours: 0))", "resolution=已恢复"])
                #expect(try province.hub.holds(ticket) == false)
                try province.bringTogether()
                let result = try province.oneResult(of: ticket, in: "rolledBack")
                #expect(try result.list("sets", "agreedCustomers").count == 2)
                let taken = try [province.hub, province.branch("wuzhong"), planner.node].map { place in
                    let shown = try place.ticket(ticket)
                    return try ["rollBack", "finishRollBack"].map { try time(of: $0, in: shown) }
                }
                #expect(taken[0][0] < taken[0][1])
                #expect(Set(taken).count == 1, "\(taken)")
            }
        }

        private func planned(_ planner: Counter) throws -> String {
            let ticket = try planner.open("cutOver", ["subject=割接"])
            try planner.share(ticket, with: "nx-wuzhong")
            let scope = ["changeKind=cableCutOver", "affectedCircuits:=60"]
            let unplanned = try planner.refusal(of: "submit", ticket, scope)
            #expect(unplanned.contains("windowFrom") && unplanned.contains("windowTo"), "\(unplanned)")
            let window = [
                "windowFrom:=\(TestProvince.time(hours: -1))", "windowTo:=\(TestProvince.time(hours: 6))",
            ]
            try planner.take("submit", ticket, scope + window)
            return ticket
        }

        private func approve(_ ticket: String, _ planner: Counter, _ supervisor: Counter) throws {
            for part in plan {
                let refused = try supervisor.refusal(of: "approve", ticket)
                #expect(refused.contains(part.prefix { $0 != "=" }), "\(refused)")
                try planner.assign(ticket, [part])
            }
            let own = try planner.refusal(of: "approve", ticket)
            #expect(own.contains("Whoever took submit may not take this step too."), "\(own)")
            try supervisor.take("approve", ticket)
        }

        private func agree(_ ticket: String, _ planner: Counter) throws {
            let unrehearsed = try planner.refusal(of: "start", ticket)
            #expect(unrehearsed.contains("From 50 in affectedCircuits on, rehearsal must be passed."), "\(unrehearsed)")
            try planner.assign(ticket, ["rehearsal=passed"])
            try planner.act(ticket, "change", ["--set", "affectedKeyCustomers", "--add", "工商银行,法院"])
            try planner.act(ticket, "change", ["--set", "agreedCustomers", "--add", "法院"])
            let one = try planner.refusal(of: "start", ticket)
            #expect(one.contains("1 of affectedKeyCustomers are not in agreedCustomers."), "\(one)")
            try planner.act(ticket, "change", ["--set", "agreedCustomers", "--add", "工商银行"])
        }

        /// When a step was taken.
        private func time(of step: String, in ticket: JSONValue) throws -> Int64 {
            let entry = try ticket.list("timeline").first { entry in
                let effects = entry["effects"]?.arrayValue ?? []
                return effects.contains { $0["kind"] == "moved" && $0["name"] == .string(step) }
            }
            return try #require(entry?["at"]?.stringValue.flatMap(InstantText.milliseconds), "no \(step)")
        }
    }
}
