import Standards
import Testing

extension RealProcesses {
    @Suite("Concurrent edits")
    struct ConvergenceTests {
        @Test("two branches and the hub that edit one ticket while cut end with one state and one list of conflicts")
        func threeSides() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let id = try shareOneTicket(province)
                try editOnAllSides(province, id)
                for city in ["yinchuan", "wuzhong"] { try province.heal(city) }
                try province.waitUntilEqual()
                let places = [province.hub] + (try ["yinchuan", "wuzhong"].map(province.branch))
                let lists = try places.map { try conflicts(of: id, at: $0) }
                #expect(lists[0] == lists[1])
                #expect(lists[0] == lists[2])
                #expect(lists[0].filter { $0.contains("area") }.count == 2, "\(lists[0])")
                #expect(lists[0].filter { $0.contains("\"subject\":\"stage\"") }.count == 1, "\(lists[0])")
                #expect(lists[0].filter { $0.contains("rejectReason") }.count == 1, "an overtaken step's field is kept")
                #expect(lists[0].count == 3, "a step and the field that it filled in are one: \(lists[0])")
                let tickets = try places.map { try $0.ticket(id) }
                for ticket in tickets {
                    #expect(ticket["state"] == tickets[0]["state"])
                    #expect(ticket["fields"] == tickets[0]["fields"])
                    #expect(try ticket.text("fields", "customerGrade") == "gold")
                    #expect(try ticket.text("fields", "postcode") == "750001")
                }
                for place in places { #expect(try Set(place.notes(of: id)) == ["银川备注", "吴忠备注", "省中心备注"]) }
                try settleAll(province, id)
            }
        }

        @Test("a losing value that a clerk reinstates is the value everywhere, and the conflict is settled everywhere")
        func reinstating() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let id = try branch.open("资费争议", fields: ["area": "金凤区"])
                try province.waitUntilLevel()
                try province.cut("yinchuan")
                try branch.assign(id, ["area": "西夏区"], actor: "王芳")
                try province.hub.assign(id, ["area": "贺兰县"], actor: "李明")
                try province.heal("yinchuan")
                try province.waitUntilEqual()
                let conflict = try #require(try province.hub.ticket(id).list("conflicts").first)
                #expect(
                    try Set([conflict.text("losing", "value"), conflict.text("winning", "value")]) == ["西夏区", "贺兰县"])
                #expect(try conflict.text("rule") == "laterWins")
                let losing = try conflict.value("losing", "change")
                try branch.act(id, ["action": "reinstate", "losing": losing])
                try province.waitUntilEqual()
                for place in [branch, province.hub] {
                    let ticket = try place.ticket(id)
                    #expect(ticket["fields"]?["area"] == conflict["losing"]?["value"])
                    #expect(try ticket.number("openConflicts") == 0)
                }
            }
        }

        /// Offered by its owner, the ticket is seen by both branches.
        private func shareOneTicket(_ province: TestProvince) throws -> String {
            let yinchuan = try province.branch("yinchuan")
            let id = try yinchuan.open("跨区专线故障", fields: ["area": "金凤区"])
            try yinchuan.act(id, ["action": "offerTransfer", "to": "nx-wuzhong"])
            try Moment.wait(for: "the ticket at Wuzhong") { try province.branch("wuzhong").holds(id) }
            try province.waitUntilEqual()
            return id
        }

        private func editOnAllSides(_ province: TestProvince, _ id: String) throws {
            let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
            for city in ["yinchuan", "wuzhong"] { try province.cut(city) }
            try yinchuan.assign(id, ["area": "兴庆区", "customerGrade": "gold"])
            try yinchuan.act(id, ["action": "transition", "name": "accept"])
            try yinchuan.note(id, "银川备注")
            try wuzhong.assign(id, ["area": "利通区", "postcode": "750001"])
            try wuzhong.act(id, ["action": "transition", "name": "reject", "fields": ["rejectReason": "重复申告"]])
            try wuzhong.note(id, "吴忠备注")
            try province.hub.assign(id, ["area": "永宁县"])
            try province.hub.note(id, "省中心备注")
        }

        private func settleAll(_ province: TestProvince, _ id: String) throws {
            for conflict in try province.hub.ticket(id).list("conflicts") where conflict["settled"] == false {
                let change = try conflict.value("losing", "change")
                let open = try province.hub.ticket(id).list("conflicts")
                guard open.contains(where: { $0["losing"]?["change"] == change && $0["settled"] == false }) else {
                    continue
                }
                try province.hub.act(id, ["action": "settle", "losing": change])
            }
            try province.waitUntilEqual()
            for place in [province.hub] + (try ["yinchuan", "wuzhong"].map(province.branch)) {
                #expect(try place.ticket(id).number("openConflicts") == 0)
            }
        }

        /// A ticket's conflicts as text, in an order of their own: from the list of all and from the ticket's page.
        private func conflicts(of id: String, at place: TestNode) throws -> [String] {
            let page = try place.ticket(id).list("conflicts").map { String(decoding: $0.bytes(), as: UTF8.self) }
            let listed = try place.conflicts().filter { $0["ticket"] == .string(id) }
            #expect(listed.map { String(decoding: $0.bytes(), as: UTF8.self) }.sorted() == page.sorted())
            return page.sorted()
        }
    }
}
