import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("A standby, and the hub that is made of it")
    struct StandbyTests {
        @Test("a hub killed with its disk is made anew of its standby, and what the standby or a branch held is there")
        func promoted() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let key = try province.exportKey()
                let standby = try province.joinStandby()
                let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let first = try yinchuan.open("备用中心读到的")
                let paid = try province.requestRefund("C-1", on: first, at: yinchuan)
                try province.grant(paid)
                try province.waitUntilEqual()
                #expect(try standby.holds(first))
                try expectNoWork(at: standby)
                let token = try standby.post("/api/api-tokens", ["name": "监控系统", "scopes": ["observer"]])
                // From here on the standby hears nothing: the hub and its branches know more.
                try province.cut("standby")
                let late = try wuzhong.open("备用中心没有读到的")
                let open = try province.requestRefund("C-2", on: late, at: wuzhong)
                #expect(try province.decide(open).json.text("decision", "state") == "marked")
                try province.waitUntilLevel(["yinchuan", "wuzhong"])
                let address = province.hubAddress
                for city in ["yinchuan", "wuzhong"] { try province.cut(city) }
                try province.destroy(province.hub)
                let offline = try yinchuan.open("没有中心时受理")
                try standby.kill()
                let made = try promote(standby, key, address)
                #expect(try made.number("uncertain") == 0, "\(made)")
                let hub = province.adopt(TestNode(.hub, folder: standby.folder))
                try hub.start()
                #expect(try hub.status().list("awaited") == ["nx-wuzhong", "nx-yinchuan"])
                #expect(try hub.holds(first))
                let shown = [("Authorization", "Bearer \(try token.text("secret"))")]
                #expect(try hub.client.send("GET", "/api/tickets/\(first)", headers: shown).status == 200)
                #expect(try decide(open, at: hub).status == 409)
                for city in ["yinchuan", "wuzhong"] { try province.heal(city) }
                try waitUntilReigning(hub)
                try Moment.wait(for: "both branches and the new hub to be equal") {
                    try ["yinchuan", "wuzhong"].allSatisfy { city in
                        let site = TestProvince.site(city)
                        return try province.branch(city).digest(for: site) == hub.digest(for: site)
                    }
                }
                for ticket in [first, late, offline] { #expect(try hub.holds(ticket)) }
                #expect(try decide(paid, at: hub).json.text("decision", "state") == "granted")
                try Moment.wait(for: "the open request to be granted") {
                    try decide(open, at: hub).json.text("decision", "state") == "granted"
                }
                try Moment.wait(for: "the second refund to be paid, and the first not again") {
                    let lines = Scratch.text(of: hub.folder + "/payments.jsonl").split(separator: "\n")
                    return lines.count == 1 && lines[0].contains(late)
                }
                #expect(FileManager.default.fileExists(atPath: standby.folder + "/aside/tributary.db"))
                let sites = try hub.get("/api/sites").list("sites")
                #expect(sites.contains { $0["site"] == "nx-standby" && $0["revoked"] == true })
            }
        }

        @Test("an old hub that comes back stops at the first branch that has followed the promoted one")
        func oldHub() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let key = try province.exportKey()
                let standby = try province.joinStandby()
                let yinchuan = try province.branch("yinchuan")
                let ticket = try yinchuan.open("升格之前")
                try province.waitUntilEqual()
                let old = province.hubAddress
                try province.hub.kill()
                for node in [standby, yinchuan] { try node.stop() }
                let address = "127.0.0.1:\(try FreePort.next())"
                _ = try promote(standby, key, address)
                let hub = province.adopt(TestNode(.hub, folder: standby.folder))
                try hub.start()
                try point(yinchuan, to: address)
                try waitUntilReigning(hub)
                let request = try requestRefund("C-3", on: ticket, at: yinchuan, hub)
                try province.hub.start()
                try yinchuan.stop()
                try point(yinchuan, to: old)
                try Moment.wait(for: "the old hub to stop") { try province.hub.status().value("doubt") != .null }
                #expect(try province.hub.status().text("doubt").contains("epoch 2"))
                #expect(try province.decide(request).status != 200)
                let refused = try Tool(["hub", "promote", "--data", standby.folder, "--key", key])
                #expect(refused.code != 0 && refused.errors.contains("holds a hub"), "\(refused.errors)")
            }
        }

        @Test("a promotion with another hub's key changes nothing, and one that was cut off is carried on")
        func cutOff() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let key = try province.exportKey()
                let standby = try province.joinStandby()
                let ticket = try province.branch("yinchuan").open("升格之前")
                try province.waitUntilEqual()
                let address = province.hubAddress
                try province.destroy(province.hub)
                try standby.kill()
                let wrong = province.scratch.file("wrong.key")
                try Data(String(repeating: "0", count: 64).utf8).write(to: URL(fileURLWithPath: wrong))
                let refused = try Tool(["hub", "promote", "--data", standby.folder, "--key", wrong])
                #expect(refused.code == 2 && refused.errors.contains("is not the key"), "\(refused.errors)")
                let before = Scratch.text(of: standby.folder + "/node.json")
                _ = try promote(standby, key, address)
                // As if the power had gone before the last file was written.
                try Data(before.utf8).write(to: URL(fileURLWithPath: standby.folder + "/node.json"))
                let halfway = try Tool(["branch", "run", "--data", standby.folder])
                #expect(halfway.code != 0 && halfway.errors.contains("hub promote"), "\(halfway.errors)")
                _ = try promote(standby, key, address)
                let hub = province.adopt(TestNode(.hub, folder: standby.folder))
                try hub.start()
                try waitUntilReigning(hub)
                #expect(try hub.holds(ticket))
            }
        }

        private func expectNoWork(at standby: TestNode) throws {
            let refused = try standby.call("POST", "/api/tickets", ["type": "complaint", "fields": [:]])
            #expect(refused.status == 409 && refused.detail.contains("takes no work"), "\(refused.detail)")
            let words = try Tool.done(["status", "--data", standby.folder]).output
            #expect(words.contains("nx-standby, standby") && words.contains("copy       whole"), "\(words)")
        }

        private func promote(_ standby: TestNode, _ key: String, _ address: String) throws -> JSONValue {
            let made = try Tool.done([
                "hub", "promote", "--data", standby.folder, "--key", key, "--listen", address, "--json",
            ]).json
            #expect(made["differing"] == 0 && made["damaged"] == 0, "\(made)")
            guard case .object(var members) = made else { throw Failure("no answer") }
            members["uncertain"] = .integer(Int64(try made.list("uncertain").count))
            return .object(members)
        }

        private func point(_ branch: TestNode, to address: String) throws {
            try Tool.done(["branch", "point", "--hub", "http://\(address)", "--data", branch.folder])
            try branch.start()
        }

        private func waitUntilReigning(_ hub: TestNode) throws {
            try Moment.wait(for: "the new hub to have gathered") { try hub.status().value("gathering") == false }
        }

        private func decide(_ request: String, at hub: TestNode) throws -> WebAnswer {
            try hub.call(
                "POST", "/api/decisions",
                ["request": .string(request), "outcome": "granted", "reason": "核实无误"], actor: "supervisor")
        }

        private func requestRefund(
            _ charge: String, on ticket: String, at node: TestNode, _ hub: TestNode
        ) throws -> String {
            try node.act(
                ticket, ["action": "requestRefund", "charge": .string(charge), "amountFen": 3_600, "reason": "重复扣费"])
            var name: String?
            try Moment.wait(for: "the request to reach the new hub") {
                name = try hub.get("/api/decisions").list("decisions").first { $0["ticket"] == .string(ticket) }?
                    .text("request")
                return name != nil
            }
            guard let name else { throw Failure("no request") }
            return name
        }
    }
}
