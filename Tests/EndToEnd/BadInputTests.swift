import Foundation
import ServiceDesk
import Standards
import Testing

extension RealProcesses {
    @Suite("What is asked wrongly")
    struct BadInputTests {
        @Test(
            "a step from a page that is no longer true is refused with what was shown and what is, and nothing is done")
        func stalePage() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("同一张工单")
                let seen = try #require(try node.call("GET", "/api/tickets/\(id)").etag)
                try node.act(id, ["action": "transition", "name": "accept"], actor: "wang")
                let before = try node.ticket(id).list("timeline").count
                let answer = try node.call(
                    "POST", "/api/tickets/\(id)/actions",
                    ["action": "transition", "name": "reject", "fields": ["rejectReason": "重复申告"]], actor: "li",
                    match: seen)
                #expect(answer.status == 412, "\(answer.text)")
                let changed = try #require(try answer.json.list("changed").first { $0["subject"] == "stage" })
                #expect(changed["shown"] == "acknowledged")
                #expect(changed["current"] == "inProgress")
                #expect(changed["wanted"] == "rejected")
                #expect(try node.ticket(id).text("state") == "inProgress")
                #expect(try node.ticket(id).list("timeline").count == before)
                let typed = try Tool([
                    "ticket", "act", id, "transition", "--name", "reject", "--field", "rejectReason=重复申告", "--if-match",
                    seen, "--data", node.folder,
                ])
                #expect(typed.code == 4)
                #expect(typed.errors.contains("acknowledged") && typed.errors.contains("inProgress"), "\(typed.errors)")
                #expect(try node.ticket(id).text("state") == "inProgress")
                #expect(try node.ticket(id).list("timeline").count == before)
            }
        }

        @Test("a step on a ticket that has just moved away is refused, and nothing of it is told")
        func movedAway() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let (author, next) = (try province.branch("yinchuan"), try province.branch("wuzhong"))
                let id = try author.open("移机")
                try author.act(id, ["action": "offerTransfer", "to": "nx-wuzhong"])
                try Moment.wait(for: "the offer") { try next.holds(id) }
                let seen = try #require(try author.call("GET", "/api/tickets/\(id)").etag)
                try next.act(id, ["action": "acceptTransfer"])
                try Moment.wait(for: "the author's copy to go") { try !author.holds(id) }
                let answer = try author.call(
                    "POST", "/api/tickets/\(id)/actions", ["action": "transition", "name": "accept"], match: seen)
                #expect(answer.status == 404)
                #expect(answer.detail.contains("or one that has moved there, is not held here"), "\(answer.text)")
                #expect(!answer.text.contains("移机"))
                try province.waitUntilEqual()
                #expect(try next.ticket(id).text("state") == "acknowledged")
                #expect(try next.ticket(id).list("refused").isEmpty)
            }
        }

        @Test("a pack of 50 MB is refused wherever it is brought, and nothing of it is kept")
        func largePack() throws {
            try TestProvince.with([]) { province in
                let first = Scratch.text(of: ProjectFiles.path("Topology/standards/first.json"))
                let large = Data((first + String(repeating: " ", count: 50 << 20)).utf8)
                let path = province.scratch.file("large.json")
                try large.write(to: URL(fileURLWithPath: path))
                let before = try province.hub.get("/api/standards")
                for words in [["check", path], ["publish", path, "--data", province.hub.folder]] {
                    let tool = try Tool(["standards"] + words)
                    #expect(tool.code == 2, "\(tool.output)\(tool.errors)")
                    #expect(tool.errors.contains("more than \(StandardPack.sizeLimit) bytes"), "\(tool.errors)")
                }
                let headers = [
                    ("Authorization", "Bearer \(province.hub.token)"), ("Content-Type", "application/json"),
                ]
                let answer = try province.hub.client.send(
                    "POST", "/api/standards", headers: headers, body: Array(large))
                #expect(answer.status == 413, "\(answer.text)")
                #expect(try province.hub.get("/api/standards") == before)
                let clean = try Tool(["verify", "--data", province.hub.folder])
                #expect(clean.code == 0, "\(clean.output)\(clean.errors)")
            }
        }

        @Test("fields of a pack that fall on one number are found by check, with place and remedy")
        func fieldNumbers() throws {
            var words: [UInt16: String] = [:]
            var pair: [String] = []
            for index in 0..<10_000 where pair.isEmpty {
                let word = "field\(index)"
                if let other = words.updateValue(word, forKey: FieldNumbers.number(word)) { pair = [other, word] }
            }
            let pack = Scratch.text(of: ProjectFiles.path("Topology/standards/first.json"))
            let fields = pair.map {
                #"{"id": "\#($0)", "name": {"zh": "项", "en": "Item"}, "kind": "text"},"#
            }
            let scratch = try Scratch()
            let place = try #require(pack.range(of: "\"fields\": ["))
            try pack.replacingCharacters(in: place, with: "\"fields\": [" + fields.joined())
                .write(toFile: scratch.file("pack.json"), atomically: true, encoding: .utf8)
            let tool = try Tool(["standards", "check", scratch.file("pack.json")])
            #expect(tool.code == 1)
            #expect(tool.output.contains("/ticketTypes/0/fields/1/id"), "\(tool.output)")
            #expect(tool.output.contains("falls on one number with \"\(pair[0])\""))
            #expect(tool.output.contains("rename one of them"))
        }
    }
}
