import Glibc
import Standards
import Synchronization
import Foundation
import Testing

extension RealProcesses {
    @Suite("One counter, one process")
    struct CounterTests {
        @Test("of two clerks who saw the same ticket, the second is shown both values and writes nothing")
        func twoClerks() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("同一张工单", fields: ["area": "金凤区"])
                let seen = try #require(try node.call("GET", "/api/tickets/\(id)").etag)
                let path = "/api/tickets/\(id)/actions"
                let first = try node.call("POST", path, assignment("兴庆区"), actor: "wang", match: seen)
                #expect(first.status == 200)
                #expect(first.etag != nil && first.etag != seen)
                let second = try node.call("POST", path, assignment("西夏区"), actor: "li", match: seen)
                #expect(second.status == 412)
                let changed = try #require(try second.json.list("changed").first)
                #expect(changed["field"] == "area")
                #expect(changed["shown"] == "金凤区")
                #expect(changed["current"] == "兴庆区")
                #expect(changed["wanted"] == "西夏区")
                #expect(try node.ticket(id).text("fields", "area") == "兴庆区")
                let third = try node.call("POST", path, assignment("西夏区"), actor: "li", match: first.etag)
                #expect(third.status == 200)
                let other = try node.call(
                    "POST", path, ["action": "assign", "fields": ["postcode": "750001"]], actor: "li", match: seen)
                #expect(other.status == 200, "another field has not changed since: \(other.text)")
            }
        }

        @Test("SIGTERM and SIGINT let what is in flight finish, remove run.json and end with 0")
        func stopping() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                for signal in [SIGTERM, SIGINT] {
                    let clerk = Clerk("窗口\(signal)", at: node)
                    clerk.begin()
                    try Moment.wait(for: "a few writes") { clerk.acknowledged >= 10 }
                    #expect(try node.stop(signal) == Child.Ending(code: 0, signal: nil))
                    #expect(!FileManager.default.fileExists(atPath: node.folder + "/run.json"))
                    try node.start()
                    try clerk.finish()
                    try clerk.check(at: node)
                }
                #expect(try province.hub.stop().code == 0, "with a poll of the branch held open")
            }
        }

        @Test("a node whose parent ends its standard input stops by itself")
        func endOfInput() throws {
            try TestProvince.with([]) { province in
                let ending = try province.hub.stopByInput()
                #expect(ending.code == 0)
            }
        }

        private func assignment(_ area: String) -> JSONValue {
            ["action": "assign", "fields": ["area": .string(area)]]
        }
    }
}
