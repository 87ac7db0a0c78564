import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Texts that programs are known to spoil")
    struct NaughtyStringTests {
        @Test("each goes in by the API and comes out byte for byte by list, page, exports and event: our own dirt")
        func ownByAPI() throws { try byAPI(NaughtyStrings.own) }

        @Test(
            "the same with the Big List of Naughty Strings",
            .enabled(if: NaughtyStrings.big != nil, "../shared/data/strings/blns.json is not beside the project"))
        func bigByAPI() throws { try byAPI(try #require(NaughtyStrings.big).filter { !$0.isEmpty }) }

        @Test("each goes in by import and comes out byte for byte: our own dirt")
        func ownByImport() throws { try byImport(NaughtyStrings.own) }

        @Test(
            "the same with the Big List of Naughty Strings",
            .enabled(if: NaughtyStrings.big != nil, "../shared/data/strings/blns.json is not beside the project"))
        func bigByImport() throws { try byImport(try #require(NaughtyStrings.big).filter { !$0.isEmpty }) }

        @Test("NUL is refused by the API, half a character is no JSON, and neither leaves a trace")
        func refused() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let before = try branch.status().number("changes")
                let nul: JSONValue = ["type": "complaint", "fields": ["subject": "a", "description": "秘\u{0}密"]]
                let answer = try branch.call("POST", "/api/tickets", nul)
                #expect(answer.status == 422)
                #expect(answer.text.contains("NUL"))
                #expect(!answer.text.contains("秘"))
                let half = Array("{\"type\":\"complaint\",\"fields\":{\"subject\":\"\\ud800\"}}".utf8)
                let headers = [("Authorization", "Bearer \(branch.token)")]
                #expect(try branch.client.send("POST", "/api/tickets", headers: headers, body: half).status == 400)
                #expect(try branch.status().number("changes") == before)
                let ticket = try branch.open("a")
                let note: JSONValue = ["action": "note", "text": "a\u{0}b"]
                #expect(try branch.call("POST", "/api/tickets/\(ticket)/actions", note).status == 422)
                let (path, map) = (province.scratch.file("nul.csv"), province.scratch.file("nul.json"))
                let file = csv(["a\u{0}b", "whole"])
                _ = FileManager.default.createFile(atPath: path, contents: Data(file))
                _ = FileManager.default.createFile(atPath: map, contents: Data(self.map("nul").bytes()))
                let outcome = try Tool(["import", path, "--map", map, "--data", branch.folder, "--json"]).json
                #expect(try outcome.number("created") == 1)
                #expect(try outcome.list("rejections").count == 1)
            }
        }

        private func byAPI(_ strings: [String]) throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let tap = try EventTap(branch)
                var ids: [String] = []
                for text in strings {
                    ids.append(try branch.open(Self.subject(text), fields: ["description": .string(text)]))
                }
                try check(strings, ids, at: branch)
                try Moment.wait(for: "an event of every ticket") { ids.allSatisfy { tap.tickets[$0] != nil } }
                let told = tap.tickets
                for (text, id) in zip(strings, ids) {
                    let event = try #require(told[id])
                    expect(try event.text("fields", "description"), text, "event")
                    expect(try event.text("summary", "subject"), Self.subject(text), "event")
                }
                try province.waitUntilLevel()
                try check(strings, ids, at: province.hub)
            }
        }

        private func byImport(_ strings: [String]) throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                for (name, file) in [("csv", csv(strings)), ("jsonl", jsonLines(strings))] {
                    let path = province.scratch.file("naughty.\(name)")
                    _ = FileManager.default.createFile(atPath: path, contents: Data(file))
                    let map = province.scratch.file("\(name).json")
                    _ = FileManager.default.createFile(atPath: map, contents: Data(self.map(name).bytes()))
                    let outcome = try Tool.done(["import", path, "--map", map, "--data", branch.folder, "--json"]).json
                    #expect(try outcome.number("created") == strings.count)
                    var ids: [String: String] = [:]
                    let tickets = try Table(export("tickets.jsonl", ["--source", name], of: branch, province)).rows
                    for row in tickets { ids[row["sourceKey"] ?? ""] = row["id"] }
                    try check(strings, try strings.indices.map { try #require(ids["\($0)"]) }, at: branch)
                }
            }
        }

        /// By list, page, and both kinds of export.
        private func check(_ strings: [String], _ ids: [String], at node: TestNode) throws {
            var listed: [String: String] = [:]
            for summary in try node.tickets() { listed[try summary.text("id")] = try summary.text("subject") }
            let scratch = try Scratch()
            var tables: [Table] = []
            for name in ["tickets.csv", "tickets.jsonl", "timelines.csv", "timelines.jsonl"] {
                let subject = String(name.prefix { $0 != "." })
                try Tool.done(["export", subject, "--data", node.folder, "--out", scratch.file(name)])
                tables.append(try Table(scratch.file(name)))
            }
            let byID = tables.map { $0.by("id") }
            for (text, id) in zip(strings, ids) {
                expect(try #require(listed[id]), Self.subject(text), "list")
                expect(try node.ticket(id).text("fields", "description"), text, "page")
                for (index, table) in byID.enumerated() {
                    let row = try #require(table[id])
                    expect(row["description"] ?? "", text, "export \(index)")
                    expect(row["subject"] ?? "", Self.subject(text), "export \(index)")
                }
            }
        }

        private func export(
            _ name: String, _ options: [String], of node: TestNode, _ province: TestProvince
        ) throws -> String {
            let path = province.scratch.file(name)
            let subject = String(name.prefix { $0 != "." })
            try Tool.done(["export", subject, "--data", node.folder, "--out", path] + options)
            return path
        }

        /// A subject has 1 to 300 characters.
        private static func subject(_ text: String) -> String { text.unicodeScalars.count <= 300 ? text : "long" }

        private func expect(_ found: String, _ text: String, _ where: String) {
            #expect(Array(found.utf8) == Array(text.utf8), "by \(`where`): \(text.unicodeScalars.map { $0.value })")
        }

        private func map(_ source: String) -> JSONValue {
            [
                "format": 1, "source": .string(source), "key": ["column": "key"], "type": ["constant": "complaint"],
                "home": ["constant": "nx-yinchuan"], "others": "drop",
                "fields": [
                    "subject": ["column": "subject", "trim": false], "description": ["column": "text", "trim": false],
                ],
            ]
        }

        private func csv(_ strings: [String]) -> [UInt8] {
            var bytes = Array("key,subject,text\r\n".utf8)
            for (index, text) in strings.enumerated() {
                bytes += Array("\(index)".utf8)
                for cell in [Self.subject(text), text] {
                    bytes += Array(",\"".utf8)
                    bytes += Array(cell.utf8).flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }
                    bytes.append(0x22)
                }
                bytes += [0x0D, 0x0A]
            }
            return bytes
        }

        private func jsonLines(_ strings: [String]) -> [UInt8] {
            strings.enumerated().flatMap { index, text in
                let line: JSONValue = [
                    "key": .string("\(index)"), "subject": .string(Self.subject(text)), "text": .string(text),
                ]
                return line.bytes() + [0x0A]
            }
        }
    }
}
