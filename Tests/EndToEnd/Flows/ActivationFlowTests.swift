import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Resource check and activation while the line is down")
    struct ActivationFlowTests {
        private let order = [
            "subject=专线开通", "accessClass=fibreSdh", "business=ethernet", "accountManager=Zhao", "serviceManager=Qian",
        ]

        /// A resource check that was answered.
        private func check(_ clerk: Counter, validFor hours: Int) throws -> String {
            let check = try clerk.open("resourceCheck", ["subject=核查"])
            try clerk.take("accept", check)
            try clerk.take(
                "report", check,
                [
                    "result=available", "port=1/2", "fibre=12", "route=east",
                    "validUntil:=\(TestProvince.time(hours: hours))",
                ])
            return try clerk.node.ticket(check).text("number")
        }

        private func accepted(_ clerk: Counter, mode: String) throws -> String {
            let ticket = try clerk.open("activation", order + ["mode=\(mode)"])
            try clerk.share(ticket, with: "nx-wuzhong")
            try clerk.take("accept", ticket)
            return ticket
        }

        private func start(_ clerk: Counter, _ ticket: String) throws {
            let number = try check(clerk, validFor: 24)
            try clerk.take("start", ticket, ["resourceCheckNumber=\(number)", "resourceResult=available"])
        }

        private func steps(of ticket: JSONValue) throws -> [String] {
            try ticket.list("steps").map { try $0.text("step") }
        }

        @Test("P9, I2: an activation builds on a valid check and on no other, and then nothing is constructed")
        func reuses() throws {
            try TestProvince.withStandard { province in
                let clerk = Counter("王芳", at: try province.branch("yinchuan"))
                try province.cutOff("yinchuan")
                let old = try check(clerk, validFor: -1)
                let ticket = try accepted(clerk, mode: "cable")
                #expect(try steps(of: clerk.node.ticket(ticket)).contains("construct"))
                let expired = try clerk.refusal(
                    of: "start", ticket, ["resourceCheckNumber=\(old)", "resourceResult=available"])
                #expect(expired.contains("What resourceCheckNumber names is no longer valid."), "\(expired)")
                try start(clerk, ticket)
                #expect(try province.hub.holds(ticket) == false)
                try province.bringTogether()
                let result = try province.oneResult(of: ticket, in: "inProgress")
                let left = try steps(of: result)
                #expect(left.contains("resourceAssign"))
                #expect(Set(left).isDisjoint(with: ["design", "construct", "cableLay"]), "\(left)")
            }
        }

        @Test("I1, I5: a leased circuit is complete only with every step done and its test report attached")
        func testReport() throws {
            try TestProvince.withStandard { province in
                let clerk = Counter("王芳", at: try province.branch("yinchuan"))
                try province.cutOff("yinchuan")
                let ticket = try accepted(clerk, mode: "device")
                try start(clerk, ticket)
                let done = ["circuit=NX-1", "completedAt:=\(TestProvince.time(hours: 0))", "resolution=已开通"]
                let undone = try clerk.refusal(of: "complete", ticket, done)
                #expect(undone.contains("Steps are not done: "), "\(undone)")
                for step in try steps(of: clerk.node.ticket(ticket)) {
                    try clerk.act(ticket, "step", ["--step", step, "--state", "done"])
                }
                let missing = try clerk.refusal(of: "complete", ticket, done)
                #expect(missing.contains("these are missing: testReport."), "\(missing)")
                let report = province.scratch.file("report.txt")
                try Data("attenuation 3 dB".utf8).write(to: URL(fileURLWithPath: report))
                try Tool.done(["ticket", "attach", ticket, report, "--as", "王芳", "--data", clerk.node.folder])
                let files = try clerk.node.get("/api/tickets/\(ticket)/attachments").list("attachments")
                let hash = try #require(try files.first?.text("hash"))
                try clerk.take("complete", ticket, done + ["testReport=\(hash)"])
                #expect(try province.hub.holds(ticket) == false)
                try province.bringTogether()
                let result = try province.oneResult(of: ticket, in: "resolved")
                #expect(try result.text("fields", "testReport") == hash)
                #expect(try result.list("steps").allSatisfy { $0["state"] == "done" })
                try Moment.wait(for: "the report at the hub") {
                    let held = try province.hub.get("/api/tickets/\(ticket)/attachments").list("attachments")
                    return held.first?["here"] == true
                }
            }
        }
    }
}
