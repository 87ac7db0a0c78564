import Foundation
import Standards
import Testing

extension RealProcesses {
    /// What was exported from one province is imported in another that is empty, and exported there again.
    @Suite("Exports that are imported again")
    struct RoundTripTests {
        /// What an empty province cannot know, of a ticket: when a change was written down *there*; an offer that
        /// waited for an answer; conflicts, which are between changes of the past.
        private static let notOfTickets: Set<String> = ["updatedAt", "transferTo", "openConflicts"]
        /// And of a change: its own name, where and when it was written down, its words; who owned the ticket before;
        /// that it is a state of a log now.
        private static let notOfChanges = notOfTickets.union([
            "at", "site", "change", "what", "home", "sourceVersion", "sourceTime",
        ])

        @Test("tickets and timelines show the same on an empty province, by both formats, at the hub and by branches")
        func roundTrip() throws {
            let scratch = try Scratch()
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                try fill(province)
                for name in ["tickets.csv", "tickets.jsonl", "timelines.csv", "timelines.jsonl"] {
                    try export(name, of: province.hub, to: scratch)
                }
                let conflicts = scratch.file("conflicts.csv")
                try Tool.done(["export", "conflicts", "--data", province.hub.folder, "--out", conflicts])
                #expect(try Table(conflicts).rows.count == 1)
            }
            for name in ["tickets.csv", "tickets.jsonl", "timelines.csv", "timelines.jsonl"] {
                try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                    try restore(name, of: scratch, in: province)
                }
            }
        }

        private func export(_ name: String, of node: TestNode, to scratch: Scratch, folder: String = "first") throws {
            let subject = String(name.prefix { $0 != "." })
            let file = scratch.file("\(folder)-\(name)")
            try Tool.done([
                "export", subject, "--data", node.folder, "--out", file, "--map", file + ".map",
            ])
        }

        private func restore(_ name: String, of scratch: Scratch, in province: TestProvince) throws {
            let first = scratch.file("first-\(name)")
            let before = try Table(first)
            #expect(before.rows.count >= 9)
            let arguments = ["import", first, "--map", first + ".map", "--data", province.hub.folder, "--json"]
            let outcome = try Tool(arguments).json
            #expect(try outcome.list("rejections") == [], "\(name)")
            #expect(try outcome.number("created") == Set(before.rows.map { $0["id"] }).count)
            #expect(try outcome.number("read") == before.rows.count)
            try province.waitUntilEqual()
            try export(name, of: province.hub, to: scratch, folder: "second")
            let after = try Table(scratch.file("second-\(name)"))
            let excepted = name.hasPrefix("tickets") ? Self.notOfTickets : Self.notOfChanges
            compare(before, after, but: excepted, name)
            let again = try Tool.done(arguments).json
            #expect(try again.number("unchanged") == before.rows.count, "\(name) imported twice")
            for node in [province.hub] + (try ["yinchuan", "wuzhong"].map(province.branch)) {
                #expect(try Tool(["verify", "--data", node.folder]).code == 0)
            }
        }

        private func compare(_ before: Table, _ after: Table, but excepted: Set<String>, _ name: String) {
            #expect(before.columns == after.columns)
            #expect(before.rows.count == after.rows.count)
            var differences: [String] = []
            for (old, new) in zip(before.rows, after.rows) {
                // An empty text is no value to an import.
                for column in before.columns where !excepted.contains(column) {
                    let (was, now) = (Array((old[column] ?? "").utf8), Array((new[column] ?? "").utf8))
                    if was != now { differences.append("\(old["number"] ?? "?") \(old["version"] ?? "") \(column)") }
                }
            }
            #expect(differences.isEmpty, "\(name)")
        }

        @Test("what was exported by way of the branches is imported by way of the branches")
        func viaBranches() throws {
            let scratch = try Scratch()
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                try transferred(province)
                try worked(try province.branch("wuzhong"))
                try province.waitUntilLevel()
                try export("timelines.csv", of: province.hub, to: scratch)
            }
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let first = scratch.file("first-timelines.csv")
                let folders = try ["yinchuan", "wuzhong"].map { try province.branch($0).folder }
                let outcome = try Tool(
                    ["import", first, "--map", first + ".map", "--json"] + folders.flatMap { ["--via", $0] }
                ).json
                #expect(try outcome.list("rejections") == [])
                try province.waitUntilEqual()
                try export("timelines.csv", of: province.hub, to: scratch, folder: "second")
                let tables = (try Table(first), try Table(scratch.file("second-timelines.csv")))
                compare(tables.0, tables.1, but: Self.notOfChanges, "via branches")
            }
        }

        @Test("a stopped site is exported as the running one is")
        func stopped() throws {
            let scratch = try Scratch()
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try worked(branch)
                try province.waitUntilLevel()
                try export("timelines.csv", of: branch, to: scratch)
                try branch.stop()
                try export("timelines.csv", of: branch, to: scratch, folder: "second")
                #expect(Scratch.text(of: scratch.file("first-timelines.csv")).count > 500)
                for end in ["", ".map"] {
                    let names = ["first", "second"].map { scratch.file("\($0)-timelines.csv\(end)") }
                    #expect(Scratch.text(of: names[0]) == Scratch.text(of: names[1]))
                }
            }
        }

        // A province in which everything has happened.

        private func fill(_ province: TestProvince) throws {
            let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
            try worked(yinchuan)
            try fault(wuzhong)
            try answered(wuzhong)
            try incident(wuzhong)
            try transferred(province)
            try imported(yinchuan, province.scratch)
            for text in ["=1+1", "'=1", "a,\"b\"\r\nc", "\u{FEFF}x", " blanks ", "e\u{301}", "\t"] {
                try yinchuan.open(text, fields: ["description": .string(text)])
            }
            try yinchuan.open("an empty text", fields: ["description": ""])
            let offered = try yinchuan.open("on offer")
            try yinchuan.act(offered, ["action": "offerTransfer", "to": "nx-wuzhong"])
            try contested(province)
            let refund = try yinchuan.open("退费")
            try yinchuan.act(
                refund, ["action": "requestRefund", "charge": "C-1", "amountFen": 100, "reason": "重复"])
            let watched = try yinchuan.open("督办")
            try province.waitUntilLevel()
            try province.hub.assign(watched, ["supervised": true])
            try province.waitUntilEqual()
        }

        private func worked(_ node: TestNode) throws {
            let body: JSONValue = [
                "type": "complaint", "category": "billing-error",
                "fields": [
                    "subject": "多扣", "disputedFen": -3_600, "onBehalf": true,
                    "occurredAt": "2026-03-01T08:00:00.123+08:00",
                ],
                "customer": ["name": "=李\"雷\"", "phone": "+86 130"],
            ]
            let id = try node.post("/api/tickets", body, actor: "王芳").text("ticket", "id")
            func step(_ name: String, _ fields: JSONValue = [:]) throws {
                try node.act(id, ["action": "transition", "name": .string(name), "fields": fields], actor: "张伟")
            }
            try step("accept")
            try node.act(id, ["action": "note", "text": "给客户：已受理\n请等待", "visibility": "public"])
            try node.note(id, "-内部")
            try node.assign(id, ["area": "金凤区", "customerGrade": "gold"])
            try node.assign(id, ["area": .null])
            try step("askCustomer", ["pendingQuestion": "何时？"])
            try step("customerAnswered")
            try step("resolve", ["resolution": "退费", "responsibility": "billing"])
        }

        private func fault(_ node: TestNode) throws {
            let body: JSONValue = ["type": "fault", "fields": ["subject": "光缆中断", "isRural": true, "circuit": "0001"]]
            let id = try node.post("/api/tickets", body).text("ticket", "id")
            try node.act(id, ["action": "transition", "name": "accept"])
        }

        private func incident(_ node: TestNode) throws {
            let body: JSONValue = ["type": "incident", "fields": ["subject": "邮件"]]
            let id = try node.post("/api/tickets", body).text("ticket", "id")
            for name in ["start", "queue", "start"] {
                try node.act(id, ["action": "transition", "name": .string(name)])
            }
        }

        private func answered(_ node: TestNode) throws {
            let body: JSONValue = ["type": "enquiry", "fields": ["subject": "套餐"]]
            let id = try node.post("/api/tickets", body).text("ticket", "id")
            try node.act(id, ["action": "transition", "name": "answer", "fields": ["answer": "可以"]])
        }

        private func transferred(_ province: TestProvince) throws {
            let (yinchuan, wuzhong) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
            let id = try yinchuan.open("移交")
            try yinchuan.act(id, ["action": "offerTransfer", "to": "nx-wuzhong"])
            try Moment.wait(for: "the offer at Wuzhong") { try wuzhong.holds(id) }
            try wuzhong.act(id, ["action": "acceptTransfer"])
            try wuzhong.note(id, "已接手")
            try province.waitUntilEqual()
        }

        private func contested(_ province: TestProvince) throws {
            let yinchuan = try province.branch("yinchuan")
            let id = try yinchuan.open("冲突")
            try province.waitUntilLevel()
            try province.cut("yinchuan")
            try yinchuan.assign(id, ["customerGrade": "silver", "area": "A"])
            try province.hub.assign(id, ["customerGrade": "gold"])
            try province.heal("yinchuan")
            try Moment.wait(for: "the conflict") { try yinchuan.conflicts().count == 1 }
        }

        /// Of another system, with columns that no field takes.
        private func imported(_ node: TestNode, _ scratch: Scratch) throws {
            let (file, map) = (scratch.file("legacy.csv"), scratch.file("legacy.json"))
            let text = "number,title,\"odd, column\"\n7,旧单,\"=x\"\"y\"\n8,旧单二,\n"
            _ = FileManager.default.createFile(atPath: file, contents: Data(text.utf8))
            let rules: JSONValue = [
                "format": 1, "source": "legacy", "key": ["column": "number"], "type": ["constant": "complaint"],
                "home": ["constant": "nx-yinchuan"], "fields": ["subject": ["column": "title"]],
            ]
            _ = FileManager.default.createFile(atPath: map, contents: Data(rules.bytes()))
            try Tool.done(["import", file, "--map", map, "--data", node.folder])
        }
    }
}
