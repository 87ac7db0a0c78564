import Standards
import Testing

extension RealProcesses {
    @Suite("A branch that is cut off")
    struct CutOffTests {
        @Test("a branch that never reached its hub since it started answers everything, says so, and catches up later")
        func hubIsDown() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let branch = try province.branch("yinchuan")
                try province.waitUntilLevel()
                try branch.stop()
                try province.hub.stop()
                try branch.start()
                let ticket = try workThroughADay(branch)
                let status = try branch.status()
                #expect(try status.text("exchange", "phase") != "open")
                #expect(try !status.text("exchange", "lastError").isEmpty)
                #expect(try status.number("backlog") > 0)
                #expect(try status.text("mode") == "writing")
                #expect(try status.text("oldestUnsent").hasSuffix("+08:00"))
                #expect(try branch.ticket(ticket)["onlyHere"] == true)
                try province.hub.start()
                try province.waitUntilEqual()
                #expect(try province.hub.ticket(ticket).text("fields", "area") == "兴庆区")
                #expect(try branch.ticket(ticket)["onlyHere"] == false)
                #expect(try branch.status().value("exchange", "lastError").isNull)
            }
        }

        @Test("a line cut under way delays nothing at the branch, and what was written meanwhile arrives when it heals")
        func lineIsCut() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try province.waitUntilLevel()
                try province.cut("yinchuan")
                let ticket = try workThroughADay(branch, other: "nx-wuzhong")
                try Moment.wait(for: "the branch to notice") { try branch.status().text("exchange", "phase") != "open" }
                #expect(try province.hub.holds(ticket) == false)
                try province.heal("yinchuan")
                try province.waitUntilEqual()
                #expect(try province.hub.ticket(ticket).text("state") == "inProgress")
            }
        }

        /// Every kind of read and write that a branch offers; each must be answered.
        private func workThroughADay(_ branch: TestNode, other: String = "nx-wuzhong") throws -> String {
            let id = try branch.open("光猫指示灯异常", fields: ["area": "金凤区"])
            try branch.assign(id, ["area": "兴庆区"])
            try branch.act(id, ["action": "transition", "name": "accept"])
            try branch.note(id, "已派装维人员")
            try branch.act(id, ["action": "offerTransfer", "to": .string(other)])
            try branch.act(
                id, ["action": "requestRefund", "charge": "C-2001", "amountFen": 3_600, "reason": "重复扣费"])
            let imported: JSONValue = [
                "source": "paper", "rows": [["key": "1", "type": "complaint", "fields": ["subject": "纸质单"]]],
            ]
            #expect(try branch.post("/api/import", imported).list("results").first?["outcome"] == "created")
            for path in [
                "tickets", "tickets?state=inProgress", "tickets/\(id)", "conflicts", "decisions", "sites", "standards",
                "verify",
            ] {
                #expect(try branch.call("GET", "/api/\(path)").status == 200, "\(path)")
            }
            #expect(try branch.get("/api/verify")["clean"] == true)
            return id
        }
    }
}
