import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("Signing in")
    struct SignInFlowTests {
        private static let password = "一个很长的密码 of words"

        /// Somebody at a browser.
        private struct Visitor {
            let node: TestNode
            let cookie: String
            let csrf: String

            init(_ node: TestNode, _ answer: WebAnswer) throws {
                guard answer.status == 200, let set = answer.headers["set-cookie"] else {
                    throw Failure("\(answer.status) \(answer.text)")
                }
                self.node = node
                cookie = String(set.prefix { $0 != ";" })
                csrf = try answer.json.text("csrf")
            }

            func send(_ method: String, _ path: String, _ body: JSONValue? = nil) throws -> WebAnswer {
                try node.client.send(
                    method, path, headers: [("Cookie", cookie), ("Tributary-CSRF", csrf)], body: body?.bytes() ?? [])
            }
        }

        private static func attempt(_ node: TestNode, _ name: String, _ password: String) throws -> WebAnswer {
            let body: JSONValue = ["name": .string(name), "password": .string(password)]
            return try node.client.send("POST", "/api/session", body: body.bytes())
        }

        /// Uses the link that a command has printed.
        private static func welcome(_ node: TestNode, _ printed: String, _ name: String) throws -> Visitor {
            let key = printed.components(separatedBy: "key=").dropFirst().first?.prefix { $0.isHexDigit } ?? ""
            #expect(key.count == 64)
            let body: JSONValue = ["key": .string(String(key)), "name": .string(name), "password": .string(password)]
            return try Visitor(node, try node.client.send("POST", "/api/welcome", body: body.bytes()))
        }

        @Test(
            "a branch gets its first administrator by a printed link, who lets a clerk in, with the hub away and after")
        func firstDay() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                try province.cut("yinchuan")
                let printed = try Tool.done(["account", "invite", "--data", branch.folder]).output
                let chief = try Self.welcome(branch, printed, "站长")
                #expect(try Self.attempt(branch, "站长", "admin").status == 401)
                let made = try chief.send("POST", "/api/accounts", ["name": "王芳", "access": "clerk"])
                let clerk = try Self.welcome(branch, made.text, "王芳")
                #expect(try clerk.send("GET", "/api/accounts").status == 403)
                let form: JSONValue = ["type": "complaint", "fields": ["subject": "断网时受理"]]
                let ticket = try clerk.send("POST", "/api/tickets", form).json.text("ticket", "id")
                let first = try branch.ticket(ticket).list("timeline").first
                #expect(try first?.text("actor") == "王芳")

                for _ in 0..<5 { #expect(try Self.attempt(branch, "王芳", "not the password").status == 401) }
                #expect(try Self.attempt(branch, "王芳", Self.password).status == 429)
                // A refusal does not wait for its record.
                try Moment.wait(for: "the record of the lockout") {
                    try Tool.done(["account", "sign-ins", "--data", branch.folder]).output.contains("locked out")
                }
                try branch.kill()
                try branch.start()
                #expect(try Self.attempt(branch, "王芳", Self.password).status == 429)
                #expect(try clerk.send("GET", "/api/tickets").status == 200)
                try Tool.done(["account", "unlock", "王芳", "--data", branch.folder])
                let again = try Visitor(branch, try Self.attempt(branch, "王芳", Self.password))
                #expect(try again.send("DELETE", "/api/session").status == 204)
                #expect(try again.send("GET", "/api/tickets").status == 401)

                try province.heal("yinchuan")
                try Moment.wait(for: "the ticket at the hub") { try province.hub.holds(ticket) }
                #expect(try Self.attempt(province.hub, "王芳", Self.password).status == 401)
                for node in [branch, province.hub] {
                    let said = Scratch.text(of: node.logPath) + Scratch.text(of: node.folder + ".out")
                    #expect(!said.contains("welcome?key") && !said.contains(Self.password))
                }
            }
        }

        @Test("another system uses a token that was made for it, from the command line too, until it is removed")
        func systems() throws {
            try TestProvince.with([]) { province in
                let hub = province.hub
                let token = try Tool.done([
                    "token", "create", "计费系统", "--scope", "observer", "--data", hub.folder,
                ]).output.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(token.hasPrefix("trb_"))
                try Tool.done(["status", "--node", hub.url, "--token", token])
                let refused = try Tool(["account", "list", "--node", hub.url, "--token", token])
                #expect(refused.code == 4 && refused.errors.contains("administrator"))
                #expect(try Tool.done(["token", "list", "--data", hub.folder]).output.contains("计费系统"))
                try Tool.done(["token", "remove", "计费系统", "--data", hub.folder])
                #expect(try Tool(["status", "--node", hub.url, "--token", token]).code == 4)
            }
        }

        @Test("the page on who may sign in holds")
        func page() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let settings = [
                    "HUB_DATA": province.hub.folder, "BRANCH_DATA": try province.branch("yinchuan").folder,
                ]
                let differences = try Runbook("accounts.md").type(settings)
                #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
            }
        }

        @Test("a restored branch has its accounts, and nobody is signed in")
        func restored() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let link = try Tool.done(["account", "invite", "--data", branch.folder]).output
                let chief = try Self.welcome(branch, link, "站长")
                let backup = province.scratch.file("backup")
                try Tool.done(["backup", "--data", branch.folder, "--to", backup])
                try branch.stop()
                try Tool.done(["restore", "--from", backup, "--data", branch.folder])
                try branch.start()
                #expect(try chief.send("GET", "/api/session").status == 401)
                let back = try Visitor(branch, try Self.attempt(branch, "站长", Self.password))
                #expect(try back.send("GET", "/api/accounts").status == 200)
            }
        }
    }
}
