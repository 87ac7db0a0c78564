import Foundation
import SQLite
import Standards
import Testing

extension RealProcesses {
    @Suite("Who may exchange")
    struct CredentialTests {
        @Test("a branch whose credential is wrong gets nothing and shows what the hub said")
        func wrongCredential() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try province.waitUntilLevel()
                try branch.stop()
                let right = try branch.configuration().text("credential")
                let last = right.last == "0" ? "1" : "0"
                let text = Scratch.text(of: branch.folder + "/node.json")
                    .replacingOccurrences(of: right, with: right.dropLast() + last)
                try Data(text.utf8).write(to: URL(fileURLWithPath: branch.folder + "/node.json"))
                try branch.start()
                let id = try branch.open("凭据不对时受理")
                try Moment.wait(for: "the refusal") {
                    try branch.status().text("exchange", "lastError").contains("401")
                }
                #expect(try branch.status().text("exchange", "lastError").contains("Enrol"))
                #expect(try province.hub.holds(id) == false)
            }
        }

        @Test("a revoked site is told so, keeps working alone, and may come back with a new token")
        func revoked() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try province.waitUntilLevel()
                #expect(try province.hub.call("POST", "/api/sites/nx-yinchuan/revoke", [:]).status == 200)
                let id = try branch.open("撤销之后受理")
                try Moment.wait(for: "the refusal") {
                    try branch.status().text("exchange", "lastError").contains("revoked")
                }
                #expect(try branch.status().text("exchange", "lastError").contains("403"))
                #expect(try branch.holds(id))
                #expect(try province.hub.holds(id) == false)
                for lane in ["hello", "poll", "push"] {
                    let answer = try province.exchange(
                        lane, [], credential: branch.configuration().text("credential"))
                    #expect(answer.status == 403)
                    #expect(answer.detail.contains("revoked"))
                }
                #expect(try branch.stop().code == 0)
                let again = try Tool([
                    "branch", "join", "--hub", branch.configuration().text("hub"), "--token",
                    try province.token("yinchuan"), "--data", branch.folder,
                ])
                #expect(again.code == 0, "\(again.errors)")
                try branch.start()
                try Moment.wait(for: "what was taken meanwhile to reach the hub") { try province.hub.holds(id) }
            }
        }

        @Test("nobody exchanges without a credential of this hub")
        func noCredential() throws {
            try TestProvince.with([]) { province in
                for credential in ["", "nx-yinchuan", "nx-yinchuan.1.00", "nx-nowhere.1.00", "a.b.c.d"] {
                    for lane in ["hello", "poll", "push"] {
                        let answer = try province.exchange(lane, [], credential: credential)
                        #expect(answer.status == 401, "\(credential)")
                        #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
                    }
                }
                #expect(try province.hub.client.send("POST", "/exchange/v1/push").status == 401)
            }
        }

        @Test("an enrolment token is good for one site, once, for a day, and each refusal says which")
        func tokens() throws {
            try TestProvince.with([]) { province in
                let token = try province.token("yinchuan")
                #expect(try join(province, token: token, folder: "first").code == 0)
                let used = try join(province, token: token, folder: "second")
                #expect(used.code == 4)
                #expect(used.errors.contains("unknown or was used"), "\(used.errors)")
                let unknown = try join(province, token: "deadbeef", folder: "third")
                #expect(unknown.code == 4)
                #expect(unknown.errors.contains("unknown or was used"), "\(unknown.errors)")
                let old = try province.token("wuzhong")
                try letTokensExpire(province)
                let expired = try join(province, token: old, folder: "fourth")
                #expect(expired.code == 4)
                #expect(expired.errors.contains("expired"), "\(expired.errors)")
                for folder in ["second", "third", "fourth"] {
                    #expect(!FileManager.default.fileExists(atPath: province.scratch.file(folder) + "/node.json"))
                }
            }
        }

        private func join(_ province: TestProvince, token: String, folder: String) throws -> Tool {
            try Tool([
                "branch", "join", "--hub", province.hub.url, "--token", token, "--data", province.scratch.file(folder),
                "--listen", "127.0.0.1:0",
            ])
        }

        /// As if a day had gone by.
        private func letTokensExpire(_ province: TestProvince) throws {
            try province.hub.stop()
            let database = try Database(path: province.hub.folder + "/tributary.db", mode: .readWriteCreate)
            try database.run("UPDATE enrolment SET expires = 1")
            database.close()
            try province.hub.start()
        }
    }
}
